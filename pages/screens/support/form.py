"""The form that adds or corrects an actor or an action: by the same checks as a file, each refusal said with its remedy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.importing.findings import render_finding
from data.records.actions import ACTIONS, STATUSES
from data.records.actors import ACTORS
from data.records.layout import SheetField
from data.records.sheet_kind import SheetKind
from data.store import StoreError
from data.support_form import FILE_NAME, add_row
from pages.widgets import store_action
from pages.widgets.screen import Screen
from pages.words import support as words
from pages.words.support_actors import sector_words

NEW, LONGEST = "", 300
Row = Mapping[str, str | float | date | None]
# Of each kind what stands in which column of the form; the day of the information is that of writing.
COLUMNS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    ACTIONS.id: (
        ("organisation", "partner", "activity", "need", "quantity", "unit", "sector", "action_id"),
        ("commune_code", "cercle", "douar", "population", "person_group", "disability", "targeted", "reached"),
        ("action_status", "stop_reason", "start_date", "end_date", "funder", "budget_mad", "committed_mad", "spent_mad",
         "verification", "source"),
    ),
    ACTORS.id: (
        ("name_fr", "name_ar", "organisation_id", "organisation_type"),
        ("role", "sectors", "territory"),
        ("focal_function", "agreement_from", "agreement_to", "source"),
    ),
}  # fmt: skip
# Words of which one is always said.
ALWAYS: Mapping[str, tuple[str, ...]] = {"action_status": STATUSES}


def render_form(screen: Screen, need: str) -> None:
    """Which kind, which row to begin from, its fields."""
    t, kinds = screen.t, {kind.id: kind for kind in (ACTIONS, ACTORS)}
    chosen = st.segmented_control(
        t("support.kind"), list(kinds), format_func=lambda kind: kinds[kind].label(t), key="support_kind", required=True,
        default=ACTIONS.id, label_visibility="collapsed",
    )  # fmt: skip
    kind = kinds[str(chosen)]
    store_action.show_outcome(kind.id)
    st.caption(t(f"support.form_lead_{kind.id}"))
    known = _choose_begin(screen, kind, need)
    row = _render_fields(screen, kind, known, need)
    if row is not None:
        store_action.do(screen, kind.id, lambda: _save(screen, kind, row))
    screen.link("data", t("support.send_workbook"), ":material/upload_file:")


def _choose_begin(screen: Screen, kind: SheetKind, need: str) -> Row:
    """A row that is there already, to be corrected; an empty one otherwise."""
    t, support = screen.t, screen.figures.records.support
    if kind is ACTORS:
        rows = support.actors.set_index("organisation_id", drop=False)
        named = {str(code): support.name(str(code), t.language) for code in rows.index}
    else:
        own = words.read_own_actions(screen)
        rows = own[own["need_id"] == need].set_index("action_id", drop=False)
        rows = rows.assign(organisation=rows["organisation_name"])
        between = t("sign.between")
        named = {
            str(row.action_id): between.join((support.name(row.organisation, t.language), row.activity or row.action_id))
            for row in rows.itertuples()
        }
    begun = st.selectbox(
        t("register.begin"),
        [NEW, *named],
        format_func=lambda code: named.get(code, t("register.new")),
        key=f"support_begin_{kind.id}_{need if kind is ACTIONS else ''}_{store_action.edition(kind.id)}",
    )
    return {str(name): value for name, value in rows.loc[begun].items()} if begun in named else {}


def _render_fields(screen: Screen, kind: SheetKind, known: Row, need: str) -> Row | None:
    """The row as it is typed, once it is sent."""
    begun = str(known.get(kind.key[0], ""))
    layout, edition = kind.layout(), store_action.edition(kind.id)
    row: dict[str, str | float | date | None] = {}
    with st.form(f"support-{kind.id}-{edition}-{begun}", border=False):
        for column, names in zip(st.columns(3, gap="medium"), COLUMNS[kind.id], strict=True):
            with column:
                for name in names:
                    first = known.get(name, need if name == "need" else None)
                    row[name] = _ask(screen, layout[name], first, f"support_{kind.id}_{name}_{begun}_{need}_{edition}")
        saved = st.form_submit_button(screen.t(f"support.save_{kind.id}"), icon=":material/save:", type="primary")
    return {**row, "reported_on": date.today()} if saved else None


def _ask(screen: Screen, field: SheetField, first: Any, key: str) -> Any:
    """The control of a field, with what stood there before."""
    label, own = screen.t.label(field.labels), _OWN.get(field.id)
    if own is not None:
        return own(screen, label, first, key)
    if field.type == "word":
        return _ask_word(screen, field, label, first, key)
    if field.type == "day":
        return st.date_input(label, None if pd.isna(first) else pd.Timestamp(first).date(), format="DD/MM/YYYY", key=key)
    if field.type in ("number", "persons"):
        return st.number_input(label, 0.0, value=None if pd.isna(first) else float(first), step=1.0, key=key)
    return st.text_input(label, str(first or ""), max_chars=LONGEST, help=screen.t.label(field.help), key=key)


def _ask_word(screen: Screen, field: SheetField, label: str, first: Any, key: str) -> str:
    offered = [*ALWAYS.get(field.id, ("", *field.words))]
    at = offered.index(first) if first in offered else 0
    said = lambda word: screen.t.label(field.words[word]["labels"]) if word else "—"  # noqa: E731
    return str(st.selectbox(label, offered, index=at, format_func=said, key=key))


def _ask_commune(screen: Screen, label: str, first: Any, key: str) -> str:
    codes = ["", *sorted(screen.figures.territory, key=screen.name)]
    name = lambda code: screen.name(code) if code else screen.t("support.whole_province")  # noqa: E731
    at = codes.index(first) if first in codes else 0
    return str(st.selectbox(label, codes, index=at, format_func=name, key=key))


def _ask_organisation(screen: Screen, label: str, first: Any, key: str) -> str:
    support = screen.figures.records.support
    known = list(dict.fromkeys([*support.actors.index, *([str(first)] if first else [])]))
    chosen = st.selectbox(
        label,
        known,
        index=known.index(str(first)) if first else None,
        format_func=lambda name: support.name(name, screen.t.language),
        accept_new_options=True,
        placeholder=screen.t("support.choose_or_write"),
        key=key,
    )
    return str(chosen or "")


def _ask_sectors(screen: Screen, label: str, first: Any, key: str) -> str:
    labels = sector_words(screen.t)
    chosen = st.multiselect(
        label, list(labels), [word for word in labels if word in sector_words(screen.t, str(first or ""))],
        format_func=labels.__getitem__, key=key, placeholder=screen.t("support.choose"),
    )  # fmt: skip
    return ", ".join(chosen)


_OWN: Mapping[str, Callable[[Screen, str, Any, str], str]] = {
    "commune_code": _ask_commune,
    "organisation": _ask_organisation,
    "sectors": _ask_sectors,
}


def _save(screen: Screen, kind: SheetKind, row: Row) -> str:
    """Write the row.

    Raises:
        StoreError: what the checks say of it, with the remedies; nothing is written then.
    """
    if found := add_row(screen.store, kind, row):
        raise StoreError("support.refused", findings=" ".join(render_finding(f, FILE_NAME, screen.t) for f in found))
    return screen.t(f"support.saved_{kind.id}")
