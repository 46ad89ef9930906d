"""The form that writes a row of a register, new or begun from one that is there; checked as a file is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.records.entry_checks import read_places
from data.records.register import Register, RegisterField, first_problem, tidy, write_row
from pages.address.selection import territory_options
from pages.widgets import store_action
from pages.widgets.confirm import confirmed_draft
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen
from pages.words.registers import write_place, write_word

NEW = ""
COLUMNS = 2
_EXAMPLES = {"quarters": "Q1 Q2", "languages": "ar tachelhit"}


def render_form(screen: Screen, kind: Register) -> None:
    """Which row to begin from, its fields, whether to withdraw it; says what is refused and why."""
    t, edition = screen.t, store_action.edition(kind.id)
    st.caption(t("register.how"))
    rows = _list_rows(screen, kind)
    begun = st.selectbox(
        t("register.begin"),
        [NEW, *rows],
        format_func=lambda key: t("register.new") if key == NEW else _name_row(kind, rows[key]),
        key=f"{kind.id}-begin-{edition}",
    )
    known = rows.get(begun, {})
    with st.form(f"register-{kind.id}-{edition}-{begun}", border=False):
        columns = st.columns(COLUMNS)
        values = {}
        for at, field in enumerate(kind.typed):
            with columns[at % COLUMNS]:
                values[field.id] = _control(screen, field, known, f"{kind.id}-{field.id}-{edition}-{begun}")
        withdrawn = st.checkbox(t("register.withdraw"), key=f"{kind.id}-withdraw-{edition}-{begun}") if known else False
        saved = st.form_submit_button(t("register.save"), icon=":material/save:")
    entry = tidy(kind, values)
    if saved and not withdrawn:
        _save(screen, kind, entry, withdrawn=False)
    sure = t("register.withdraw_sure", row=plain_markdown(_name_row(kind, known)) if known else "")
    if gone := confirmed_draft(t, f"{kind.id}-{begun}", entry if saved and withdrawn else None, lambda _: sure):
        _save(screen, kind, gone, withdrawn=True)


def _save(screen: Screen, kind: Register, entry: dict[str, str], *, withdrawn: bool) -> None:
    t = screen.t
    if problem := first_problem(kind, entry, read_places(screen.figures.communes)):
        st.error(t("register.refused", field=t(f"register.{problem.field}"), why=t(f"check.{problem.key}")))
        return

    def act() -> str:
        write_row(screen.store, kind, entry, withdrawn=withdrawn)
        return t("register.withdrawn" if withdrawn else "register.saved", kind=kind.label(t))

    store_action.do(screen, kind.id, act)


def _list_rows(screen: Screen, kind: Register) -> dict[str, dict[str, Any]]:
    """The rows in force by what names their thing."""
    rows = screen.figures.records.register(kind)
    return {_key(kind, row): row for row in rows.to_dict("records")}


def _key(kind: Register, row: Mapping[str, Any]) -> str:
    return " / ".join(str(row[name])[:24] for name in kind.thing)


def _name_row(kind: Register, row: Mapping[str, Any]) -> str:
    return f"{_key(kind, row)} · {row[kind.shown]}"


def _control(screen: Screen, field: RegisterField, known: Mapping[str, Any], key: str) -> Any:
    t, label, value = screen.t, screen.t(f"register.{field.id}"), known.get(field.id, "")
    label = label if field.required else t("register.optional", label=label)
    if field.form in ("choice", "commune", "place"):
        options = _options(screen, field)
        at = options.index(value) if value in options else 0
        return st.selectbox(label, options, at, format_func=lambda option: _write_option(screen, field, option), key=key)
    if field.form == "number":
        return st.number_input(label, value=float(value) if value else None, step=1.0, format="%g", key=key)
    if field.form == "day":
        return st.date_input(label, _day(screen, field, value), format="DD/MM/YYYY", key=key)
    if field.form == "lines":
        return st.text_area(label, value, max_chars=field.longest, key=key)
    return st.text_input(label, value, max_chars=field.longest, key=key, placeholder=_EXAMPLES.get(field.id))


def _day(screen: Screen, field: RegisterField, value: Any) -> date | None:
    """A row is of the last day of the month that is shown, or of today where that is to come: it stands in the table at once. A
    correction is never older than what it corrects."""
    if field.id == "reference_date":
        shown = min(date.today(), (screen.chosen.month + pd.offsets.MonthEnd(0)).date())
        return shown if value == "" else max(shown, value.date())
    return date.fromisoformat(value) if value else None


def _options(screen: Screen, field: RegisterField) -> list[str]:
    communes = sorted(screen.figures.territory, key=screen.name)
    if field.form == "commune":
        return communes
    if field.form == "place":
        return [*territory_options(screen.figures), *communes]
    return [*([] if field.required else [""]), *field.words()]


def _write_option(screen: Screen, field: RegisterField, option: str) -> str:
    return write_word(screen, field.id, option) if field.form == "choice" else write_place(screen, option)
