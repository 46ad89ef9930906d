"""The form that adds an action: by the same checks as a file, each refusal said with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from data.importing.findings import render_finding
from data.records.actions import ACTIONS, STATUSES
from data.records.layout import SheetLayout
from data.store import StoreError
from data.support_form import FILE_NAME, add_row
from pages.widgets import store_action
from pages.widgets.screen import Screen

ACTION = "support-action"
Row = Mapping[str, str | float | date | None]


def render_form(screen: Screen, need: str) -> None:
    """What, where, for whom, how much, at which stage, with whose money, and who says so."""
    t, layout, edition = screen.t, ACTIONS.layout(), store_action.edition(ACTION)
    store_action.show_outcome(ACTION)
    st.caption(t("support.form_lead"))
    with st.form(f"support-{edition}", border=False):
        columns = st.columns(3, gap="medium")
        with columns[0]:
            row: dict[str, str | float | date | None] = {
                "organisation": _choose_organisation(screen, layout),
                "activity": _text(screen, layout, "activity"),
                "need": _word(screen, layout, "need", need),
                **_ask_quantity(screen, layout),
                "sector": _word(screen, layout, "sector"),
                "action_id": _text(screen, layout, "action_id"),
            }
        with columns[1]:
            row |= _ask_where(screen, layout)
        with columns[2]:
            row |= _ask_stage(screen, layout)
        saved = st.form_submit_button(t("support.save"), icon=":material/save:", type="primary")
    if saved:
        store_action.do(screen, ACTION, lambda: _save(screen, row))


def _ask_where(screen: Screen, layout: SheetLayout) -> Row:
    codes = ["", *screen.figures.territory]
    name = lambda code: screen.name(code) if code else screen.t("support.whole_province")  # noqa: E731
    commune = st.selectbox(_label(screen, layout, "commune_code"), codes, format_func=name, key=_key("commune_code"))
    return {
        "commune_code": str(commune),
        "cercle": _text(screen, layout, "cercle"),
        "douar": _text(screen, layout, "douar"),
        "population": _word(screen, layout, "population"),
        "person_group": _word(screen, layout, "person_group"),
        "disability": _word(screen, layout, "disability"),
        **{name: _number(screen, layout, name) for name in ("targeted", "reached")},
    }


def _ask_quantity(screen: Screen, layout: SheetLayout) -> Row:
    return {"quantity": _number(screen, layout, "quantity"), "unit": _word(screen, layout, "unit")}


def _ask_stage(screen: Screen, layout: SheetLayout) -> Row:
    days = {
        name: st.date_input(_label(screen, layout, name), None, format="DD/MM/YYYY", key=_key(name))
        for name in ("start_date", "end_date")
    }
    status = st.selectbox(
        _label(screen, layout, "action_status"),
        STATUSES,
        format_func=lambda word: screen.t.label(layout["action_status"].words[word]["labels"]),
        key=_key("action_status"),
    )
    money = {name: _number(screen, layout, name) for name in ("budget_mad", "committed_mad", "spent_mad")}
    texts = {name: _text(screen, layout, name) for name in ("stop_reason", "funder", "verification", "source")}
    return {"action_status": str(status), **days, **money, **texts, "reported_on": date.today()}


def _choose_organisation(screen: Screen, layout: SheetLayout) -> str:
    support = screen.figures.records.support
    known = list(support.actors.index)
    chosen = st.selectbox(
        _label(screen, layout, "organisation"),
        known,
        index=None,
        format_func=lambda name: support.name(name, screen.t.language),
        accept_new_options=True,
        key=_key("organisation"),
    )
    return str(chosen or "")


def _word(screen: Screen, layout: SheetLayout, name: str, first: str = "") -> str:
    words_of = ["", *layout[name].words]
    label = lambda word: screen.t.label(layout[name].words[word]["labels"]) if word else "—"  # noqa: E731
    at = words_of.index(first) if first in words_of else 0
    return str(st.selectbox(_label(screen, layout, name), words_of, index=at, format_func=label, key=_key(name)))


def _number(screen: Screen, layout: SheetLayout, name: str) -> float | None:
    return st.number_input(_label(screen, layout, name), 0.0, value=None, step=1.0, key=_key(name))


def _text(screen: Screen, layout: SheetLayout, name: str) -> str:
    return st.text_input(_label(screen, layout, name), max_chars=300, help=screen.t.label(layout[name].help), key=_key(name))


def _label(screen: Screen, layout: SheetLayout, name: str) -> str:
    return screen.t.label(layout[name].labels)


def _key(name: str) -> str:
    return f"support_{name}_{store_action.edition(ACTION)}"


def _save(screen: Screen, row: Row) -> str:
    """Write the row.

    Raises:
        StoreError: what the checks say of it, with the remedies; nothing is written then.
    """
    if found := add_row(screen.store, ACTIONS, row):
        raise StoreError("support.refused", findings=" ".join(render_finding(f, FILE_NAME, screen.t) for f in found))
    return screen.t("support.saved")
