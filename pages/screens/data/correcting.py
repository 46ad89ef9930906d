"""Cells of a file that are set aside, each with a field for its right value: typed on a telephone as on a desk."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from data.i18n import Translator, isolate
from data.importing.corrections import LONGEST_REASON, LONGEST_VALUE, Correction
from data.importing.report import ImportReport
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen

CELLS_AT_ONCE = 20
_LONGEST_WRITTEN = 40


def render_corrections(screen: Screen, report: ImportReport, key: str) -> dict[str, Correction] | None:
    """The first cells that are set aside, each with a field, and one reason for what is typed; None until it is sent.

    Fields of the page itself: the cells of a table take what is typed only once their editor has come over the line.
    """
    t, aside = screen.t, report.aside.head(CELLS_AT_ONCE)
    if aside.empty:
        return None
    names = screen.figures.communes["name_ar" if t.language == "ar" else "name_fr"]
    with st.expander(t("report.correct")), st.form(f"correct-{key}", border=False):
        st.caption(t("report.correct_help"))
        typed = {str(cell.cell): _field(_label(cell, names, t), f"typed-{key}-{cell.cell}") for cell in aside.itertuples()}
        reason = st.text_input(t("report.reason"), max_chars=LONGEST_REASON, key=f"reason-{key}", autocomplete="off")
        if len(report.aside) > len(aside):
            st.caption(t("report.correct_more", shown=len(aside), total=len(report.aside)))
        if not st.form_submit_button(t("report.apply")):
            return None
    return _corrections_of(typed, reason, t)


def _field(label: str, key: str) -> str:
    """What is typed below a label: a screen reader is told it as it is, without the signs that keep it plain on the screen."""
    st.markdown(plain_markdown(label))
    return st.text_input(label, max_chars=LONGEST_VALUE, key=key, autocomplete="off", label_visibility="collapsed")


def _label(cell: Any, names: pd.Series, t: Translator) -> str:
    """Where a cell stands, of which commune and figure it is, and what is written in it."""
    code, raw = cell.commune_code, cell.raw
    about = [str(names.get(code, "")) if code else "", t.label(cell.labels) if cell.labels else ""]
    apart = isolate if t.direction == "rtl" else str
    place = [apart(str(cell.cell)), *(part for part in about if part)]
    written = apart(str(raw).strip()[:_LONGEST_WRITTEN]) if raw is not None else t("report.blank")
    return t("report.correct_label", cell=" · ".join(place), written=written)


def _corrections_of(typed: dict[str, str], reason: str, t: Translator) -> dict[str, Correction] | None:
    """What was typed, by cell: value and reason; None where one of them is missing, which is said."""
    found = {cell: Correction(value, reason) for cell, value in typed.items() if value.strip()}
    if reason.strip() and not found:
        st.error(t("report.value_missing"))
        return None
    if not all(correction.is_sound for correction in found.values()):
        st.error(t("report.reason_missing"))
        return None
    return found
