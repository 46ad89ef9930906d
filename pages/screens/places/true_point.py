"""The form that sets the true place of a service: written by the same checks as an imported list of facilities."""

from __future__ import annotations

import csv
import io
from datetime import date

import streamlit as st

from data.importing.accept import accept_import, prepare_for_store
from data.records.facilities import FACILITIES
from pages.figures.service_points import KINDS
from pages.widgets import store_action
from pages.widgets.screen import Screen

POINT = "true-point"
LONGEST = 120


def render_form(screen: Screen, service: str) -> None:
    """Commune, name, coordinates and source of a place that somebody knows; says what the last one did."""
    t = screen.t
    store_action.show_outcome(POINT)
    if not screen.writes(FACILITIES):
        return
    edition = store_action.edition(POINT)
    with st.expander(t("points.form"), expanded=False), st.form(f"point-{service}-{edition}", border=False):
        st.caption(t("points.form_lead"))
        commune = st.selectbox(t("compare.commune"), screen.codes, format_func=screen.name, key=f"point_commune_{edition}")
        name = st.text_input(t("points.name"), max_chars=LONGEST, key=f"point_name_{edition}")
        latitude = st.text_input(t("column.latitude"), placeholder="30.4703", key=f"point_latitude_{edition}")
        longitude = st.text_input(t("column.longitude"), placeholder="\u2066-8.8770\u2069", key=f"point_longitude_{edition}")
        source = st.text_input(t("column.source"), max_chars=LONGEST, key=f"point_source_{edition}")
        saved = st.form_submit_button(t("points.save"), icon=":material/save:")
    if saved:
        row = [f"{date.today():%Y-%m}", str(commune), name, KINDS[service][0], latitude, longitude, source]
        _save(screen, row)


def _save(screen: Screen, row: list[str]) -> None:
    """Check the row as a file of one line; refuse it with what to do, or write it."""
    t = screen.t
    if not all(cell.strip() for cell in row):
        st.error(t("points.incomplete"))
        return
    content = write_row(row)
    report = prepare_for_store(screen.store, content, "saisie-etablissement.csv")
    findings = [f for f in (report.refusal, *report.findings) if f is not None and (f.sets_aside or f is report.refusal)]
    for finding in findings:
        st.error(f"{finding.message(t)} {finding.remedy(t)}")
    if findings or not report.is_acceptable:
        return

    def act() -> str:
        accept_import(screen.store, content, report)
        return t("points.saved", name=row[2])

    store_action.do(screen, POINT, act)


def write_row(row: list[str]) -> bytes:
    """A list of facilities with one line, as a person would send it."""
    target = io.StringIO()
    lines = csv.writer(target, delimiter=";", lineterminator="\r\n")
    lines.writerow(["reference_date", "commune_code", "name", "kind", "latitude", "longitude", "source"])
    lines.writerow(row)
    return target.getvalue().encode("utf-8-sig")
