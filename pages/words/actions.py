"""What was done, in the reader's words: communes by name, months and roles as they are said, versions by their moment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from data.audit import Entry
from data.i18n import Translator, isolate
from data.keeping.revert import ACTION as REVERT
from data.records.table import KINDS, actions_without_figures
from data.store import Snapshot
from pages.words.data_version import name_version
from pages.words.view import View

_COMMUNE, _MONTH, _VARIABLE = "commune_code", "reference_date", "variable"
# Of an action whose detail is made of these, each is a word of the detail.
_FIELDS = {
    a.name: a.detail
    for kind in KINDS.values()
    for a in kind.actions
    if a.detail and set(a.detail) <= {_COMMUNE, _MONTH, _VARIABLE}
}


def newest_of_each_kind(snapshots: Sequence[Snapshot], most: int) -> list[Snapshot]:
    """The newest of what changed a figure or a right and the newest of what people wrote, ``most`` of each, in the order given: the
    notes of one meeting do not push out the import of the day before."""
    writings, left = actions_without_figures(), {True: most, False: most}
    found = []
    for snapshot in snapshots:
        is_writing = snapshot.action in writings
        if left[is_writing]:
            left[is_writing] -= 1
            found.append(snapshot)
    return found


def describe_snapshot(snapshot: Snapshot, view: View) -> str:
    """A snapshot in one line: when, what, about what."""
    t, about = view.t, write_detail(snapshot.action, snapshot.detail, view)
    return " · ".join(p for p in (t.moment(snapshot.created_at), t(f"action.{snapshot.action}"), about) if p)


def write_detail(action: str, detail: str, view: View) -> str:
    """What an action was about; a name of a file, or words that somebody typed, as they stand; of an action that was taken back, when
    it was done, what it was, and what that was about."""
    if action == REVERT:
        return _write_reverted(detail, view)
    said, fields = detail.split(" "), _FIELDS.get(action, ())
    if len(said) != len(fields):
        return isolate(detail) if detail else ""
    return " · ".join(_name(field, word, view) for field, word in zip(fields, said, strict=True))


def _write_reverted(detail: str, view: View) -> str:
    """``detail`` is the version that an action made, the action and its own detail (``data.keeping.revert``)."""
    version, action, about = [*detail.split(" ", 2), "", ""][:3]
    done = view.t(f"action.{action}") if view.t.has(f"action.{action}") else action
    return " · ".join(
        part for part in (isolate(name_version(view.t, version)), done, write_detail(action, about, view)) if part
    )


def write_actor(actor: str, t: Translator) -> str:
    """Who acted: a role and a pseudonym, the terminal, this machine."""
    if t.has(f"actor.{actor}"):
        return t(f"actor.{actor}")
    role, _, account = actor.partition(":")
    return " · ".join(isolate(part) for part in (t(f"role.{role}") if t.has(f"role.{role}") else role, account) if part)


def write_entry(entry: Entry, view: View) -> str:
    """What an entry of the audit log is about, without the names that a machine needs."""
    try:
        said = json.loads(entry.detail)
    except ValueError:
        said = entry.detail
    if not isinstance(said, dict):
        return isolate(entry.detail)
    return " · ".join(filter(None, (_write_part(name, str(value), entry.action, view) for name, value in said.items())))


def _write_part(name: str, value: str, action: str, view: View) -> str:
    t = view.t
    if name == "snapshot":
        return isolate(name_version(t, value))
    if name == "detail":
        return write_detail(action, value, view)
    if name == "role":
        return t(f"role.{value}") if t.has(f"role.{value}") else value
    if name == "communes":
        return t("sign.comma").join(_name(_COMMUNE, code, view) for code in value.split())
    return isolate(value) if value else ""


def _name(field: str, word: str, view: View) -> str:
    if field == _MONTH:
        return view.t.month(date.fromisoformat(word))
    if field == _VARIABLE:
        known = view.figures.definition_set.variables
        return isolate(view.t.label(known[word].labels)) if word in known else word
    return view.name(word) if word in view.figures.names["name_fr"] else word
