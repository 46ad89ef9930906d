"""One service of a commune: pressure now, line over time, with and without displaced persons; and what is behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.demand import observed_variables
from analytics.model import Indicator, Provenance, Sector
from data.people.roles import Right
from pages.html import fill
from pages.print.charts.catalogue import history_chart
from pages.widgets.html import show
from pages.widgets.pictures import show_plot
from pages.widgets.plots import build_history_chart
from pages.widgets.screen import Screen
from pages.words.class_words import write_score
from pages.words.faces import list_absent, list_faces, write_given_beside_faces
from pages.words.quality import count_flags
from pages.words.services import figure_lines, first_indicator, indicator_row


def render_service(screen: Screen, commune: str, sector: Sector, results: pd.DataFrame) -> None:
    """Class and score of the whole service, then the history of one of its indicators against the norm."""
    st.subheader(screen.result_label(sector.value))
    st.html(screen.keep("service", lambda: fill_service_class(screen, sector, results), commune, sector))
    indicator = _choose_indicator(screen, sector, results)
    about = (commune, indicator.id)
    st.html(screen.keep("indicator", lambda: fill_indicator(screen, commune, indicator, results), *about))
    chart = screen.keep("history", lambda: build_history_chart(screen, commune, indicator), *about)
    show_plot(
        screen,
        chart,
        history_chart(screen, commune, indicator.id),
        key=f"history-{sector}",
        alt=screen.t("commune.chart_alt", indicator=indicator.id),
    )


def fill_service_class(screen: Screen, sector: Sector, results: pd.DataFrame) -> Markup:
    """Class and score of a whole service as HTML, what lifts its class, and its two faces, the worse first."""
    result = results.loc[sector.value]
    return fill(
        "service_class",
        screen.t,
        badge=screen.badge(result),
        result=result,
        score=write_score(result["score"], screen.figures.definitions.legend, screen.t),
        given=write_given_beside_faces(screen, results, sector),
        faces=list_faces(screen, results, sector),
        absent=list_absent(screen, results, sector),
    )


def fill_indicator(screen: Screen, commune: str, indicator: Indicator, results: pd.DataFrame) -> Markup:
    """One indicator of a service as HTML: its own class, then its figures."""
    result = results.loc[indicator.id]
    return fill(
        "indicator_figures",
        screen.t,
        badge=screen.badge(result),
        lines=figure_lines(screen, commune, indicator, result),
        provenance=result["provenance"],
    )


def render_behind(screen: Screen, commune: str, results: pd.DataFrame) -> None:
    """For each service, its indicators with norm, source and reliability; then the observations, down to file and cell. They are
    read from the store once their box is opened."""
    for sector in screen.figures.definitions.sectors:
        behind = st.expander(screen.result_label(sector.value), key=f"behind-{sector}", on_change="rerun")
        if not behind.open:
            continue
        with behind:
            indicators = screen.figures.definitions.of_sector(sector)
            rows = [
                {**indicator_row(screen, i, results.loc[i.id]), "to_check": _to_check(screen, commune, i)}
                for i in indicators
            ]
            show("indicators", screen.t, rows=rows)
            if not screen.may(Right.CELLS):
                continue
            trace = screen.figures.origins.trace(commune, observed_variables(v for i in indicators for v in i.variables))
            show("trace", screen.t, rows=_trace_rows(screen, trace))


def _to_check(screen: Screen, commune: str, indicator: Indicator) -> str:
    """How many figures behind an indicator are to be asked about, for whoever is told of them; empty where none is."""
    if not screen.person.viewer.opens("quality"):
        return ""
    count = count_flags(screen, commune, tuple(indicator.variables), date.today())
    return screen.t("quality.to_check", count=count) if count else ""


def render_missing(screen: Screen, results: pd.DataFrame) -> None:
    """What cannot be assessed and why, so that the commune knows what to send."""
    unsaid = results["status"].isin(["missing", "not_assessed", "insufficient", "partial"])
    absent = results[unsaid & results["score"].isna()]
    rows = [{"label": screen.result_label(str(i)), "status": screen.describe_absence(row)} for i, row in absent.iterrows()]
    show("missing", screen.t, rows=rows)


def _choose_indicator(screen: Screen, sector: Sector, results: pd.DataFrame) -> Indicator:
    """The indicator drawn: the one that stands for the service at first."""
    definitions = screen.figures.definitions
    options = [i.id for i in definitions.of_sector(sector) if i.has_pressure]
    chosen = st.selectbox(
        screen.t("commune.indicator"),
        options,
        index=options.index(first_indicator(definitions, sector, results).id),
        format_func=screen.result_label,
        key=f"indicator-{sector}",
        label_visibility="collapsed",
    )
    return definitions.indicators[str(chosen)]


def _where(row: Any) -> str:
    return " ".join(dict.fromkeys(part for part in (row.file_name, row.cell) if part))


def _trace_rows(screen: Screen, trace: pd.DataFrame) -> list[dict[str, str]]:
    """Observations of the chosen month, and of the census."""
    t, variables = screen.t, screen.variables
    month = trace[(trace["reference_date"] == screen.chosen.month) | ~trace["variable"].map(lambda v: variables[v].monthly)]
    return [
        {
            "label": t.label(variables[row.variable].labels),
            "date": t.month(row.reference_date),
            "value": t.number(row.value) if pd.notna(row.value) else t(f"observation.{row.status}"),
            "provenance": row.provenance,
            "source": row.source,
            "where": "" if row.provenance == Provenance.DEMONSTRATION.value else _where(row),
        }
        for row in month.itertuples()
    ]
