"""What each command of ``python -m data`` does, and its answer to a person and to a machine."""

from __future__ import annotations

import argparse
from datetime import date

import pandas as pd

from data import queries
from data.actor import current_actor
from data.answer import DONE, REFUSED, WRONG_CALL, Answer, WrongCallError
from data.exporting.full_export import export_store, export_tables
from data.exporting.month_before import ask_one_month, read_month_before
from data.exporting.one_month_form import build_form
from data.exporting.one_page_form import build_page
from data.exporting.template import build_long_template, build_template
from data.exporting.xlsform import build_xlsform
from data.i18n import Translator
from data.ingest import drop_demonstration
from data.initialise import initialise
from data.keeping.revert import revert_action
from data.kept_definitions import adopt_today
from data.loaders.today import load_today, require_sound
from data.months import last_months, months_between
from data.store import Store
from geo.names import build_name_index, find_commune

__all__ = ["DONE", "REFUSED", "WRONG_CALL", "Answer", "WrongCallError"]


def check(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Read every definition and compare it with the others."""
    require_sound(store.province)
    count = len(load_today(store.province).contents)
    return Answer([t("cli.sound", count=count)], {"status": "done", "files": count})


def init(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Make the first snapshot, or follow the definitions where there is one already (``--if-missing``)."""
    require_sound(store.province)
    if trouble := store.trouble():
        # Somebody's figures are there: a new store over them would show demonstration figures in their place.
        raise trouble
    existing = store.snapshot_id()
    if call.if_missing and existing:
        return _follow_definitions(store, existing, t)
    snapshot = initialise(
        store,
        reference=not call.without_reference,
        demonstration=not (call.without_demonstration or call.without_reference),
        until=_last_month(call.until),
    )
    return Answer([t("cli.initialised", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id})


def _last_month(asked: str | None) -> date:
    """The last month of the demonstration: the one asked for, the past one otherwise, so that its plans lie ahead."""
    try:
        return months_between(asked, asked)[0] if asked else last_months(date.today(), 2)[0]
    except ValueError:
        raise WrongCallError("cli.month_unreadable", text=str(asked)) from None


def _follow_definitions(store: Store, existing: str, t: Translator) -> Answer:
    """A store that is there already: its figures are published again where the definitions are others than theirs."""
    adopted = adopt_today(store)
    if adopted is None:
        return Answer([t("cli.already_initialised", snapshot=existing)], {"status": "done", "snapshot": existing})
    line = t("cli.definitions_adopted", snapshot=adopted.id, moved=adopted.detail)
    return Answer([line], {"status": "done", "snapshot": adopted.id, "moved": adopted.detail})


def write_template(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Write the template for a commune or for all."""
    require_sound(store.province)
    suffix = call.file.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise WrongCallError("cli.template_suffix", file=str(call.file))
    try:
        months = months_between(*call.months) if call.months else last_months(date.today())
    except ValueError:
        raise WrongCallError("cli.month_unreadable", text=" ".join(call.months)) from None
    communes = _communes(store, call.commune)
    is_book = suffix == ".xlsx"
    is_form = call.form or call.one_page
    if call.prefilled and (is_form or not is_book):
        raise WrongCallError("cli.prefilled_template")
    if is_form:
        if not is_book or len(communes) != 1 or (call.months and len(months) != 1):
            raise WrongCallError("cli.form_of_one")
        asked = ask_one_month(store, communes.iloc[0], months[-1], counts_of_people=True)
        content = build_page(asked) if call.one_page else build_form(asked)
    elif is_book:
        codes = list(communes["commune_code"])
        before = read_month_before(store, codes, months[0], counts_of_people=True) if call.prefilled else None
        content = build_template(communes, months, t, _communes(store, None), before)
    else:
        content = build_long_template(communes, months, t)
    try:
        call.file.write_bytes(content)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.file), reason=error.strerror or "") from None
    return Answer([t("cli.written", file=str(call.file))], {"status": "done", "file": str(call.file)})


def write_xlsform(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Write the collection form of every commune."""
    require_sound(store.province)
    version = f"{date.today():%Y%m%d}"
    content = build_xlsform(_communes(store, None), f"{store.province.id}_monthly", version)
    try:
        call.file.write_bytes(content)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.file), reason=error.strerror or "") from None
    return Answer([t("cli.written", file=str(call.file))], {"status": "done", "file": str(call.file)})


def _communes(store: Store, text: str | None) -> pd.DataFrame:
    """All communes, or the one that was asked for by code or name."""
    with store.open() as connection:
        communes = queries.read_communes(connection, queries.whole_territory(connection))
    if text is None:
        return communes
    match = find_commune(build_name_index(communes, store.province.aliases), text)
    if match.commune_code is None:
        names = communes.set_index("commune_code")["name_fr"]
        candidates = ", ".join(f"{names[c]} ({c})" for c in match.candidates) or "—"
        raise WrongCallError("cli.commune_unknown", text=text, candidates=candidates)
    return communes[communes["commune_code"] == match.commune_code]


def list_history(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """List the snapshots that are kept."""
    snapshots = store.history()
    lines = [
        f"{'*' if s.is_current else ' '} {s.id}  {t.moment(s.created_at)}  {t(f'action.{s.action}')}  {s.detail}".rstrip()
        for s in snapshots
    ]
    entries = [
        {"id": s.id, "parent_id": s.parent_id, "created_at": s.created_at.isoformat(), "action": s.action, "detail": s.detail,
         "definitions": s.definitions, "is_current": s.is_current}
        for s in snapshots
    ]  # fmt: skip
    return Answer(lines or [t("store.empty")], {"status": "done", "snapshots": entries})


def undo(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Publish the snapshot before; with ``--only`` take back one action and leave what was done since."""
    snapshot = revert_action(store, call.only) if call.only else store.undo()
    return Answer([t("cli.undone", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id})


def remove_demonstration(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Take every demonstration figure out."""
    with store.write("drop-demonstration") as connection:
        removed = drop_demonstration(connection)
    snapshot = store.current().id
    return Answer(
        [t("cli.dropped", count=removed, snapshot=snapshot)], {"status": "done", "snapshot": snapshot, "removed": removed}
    )


def export(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Write every figure and record to a folder."""
    require_sound(store.province)
    try:
        files = export_tables(store, call.folder) if call.parquet else export_store(store, call.folder, hxl=call.hxl)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.folder), reason=error.strerror or "") from None
    store.audit.record(current_actor(), "export", {"snapshot": store.snapshot_id()})
    return Answer([t("cli.written", file=str(f)) for f in files], {"status": "done", "files": [str(f) for f in files]})
