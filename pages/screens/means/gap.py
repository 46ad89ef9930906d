"""The gap table of the Means screen: what is missing, what closes it, what that costs, who decides."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.model import Sector
from analytics.provenance import least_firm
from analytics.resource_gap import MAIN, summarise_needs, total_cost
from analytics.resources import Means, Response
from analytics.situation import Situation
from pages.figures.gap_tables import gap_key, read_gap_table
from pages.html import fill
from pages.print.charts.means_catalogue import needs_chart
from pages.print.media_types import XLSX
from pages.print.tables.means import write_gap_csv, write_gap_workbook
from pages.screens.means.gap_detail import render_detail
from pages.screens.means.settings import kept
from pages.widgets.downloads import choose_hxl
from pages.widgets.pictures import offer_charts
from pages.widgets.screen import Screen
from pages.words.figure_cards import Card
from pages.words.gaps import file_name, need_row, of_index, read_answers
from pages.words.money import write_range
from pages.words.sources import cite_needs
from pages.words.totals import cost_at_least


def gap_table(screen: Screen, means: Means, situation: Situation) -> pd.DataFrame:
    """The table of the chosen territory on the chosen figures, for the answer chosen in this session; less the support that is funded,
    under way or done unless the reader asks for it without."""
    response, months = Response(st.session_state["means_response"]), int(st.session_state["means_months"])
    if not st.session_state["means_without"]:
        return read_answers(screen, means, situation, screen.codes, response, months)
    rows = read_gap_table(screen.figures, means, situation, response, months)
    return rows[rows["commune_code"].isin(screen.codes)]


def mark_of(means: Means, situation: Situation) -> tuple[Hashable, ...]:
    """All that what is written of the table depends on besides the selection: costs, figures, the answers chosen in this session."""
    state = st.session_state
    answers = Response(state["means_response"]), int(state["means_months"])
    return *gap_key(means, situation, *answers), state["means_without"], state["means_beyond"]


def counted(screen: Screen, means: Means, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of needs whose indicator enters the index; all of them when the reader asks."""
    return rows if st.session_state["means_beyond"] else of_index(screen, means, rows)


def render_gap(screen: Screen, means: Means, situation: Situation, rows: pd.DataFrame) -> None:
    """Totals by service, what is missing by need, then the communes; the table to take away."""
    t, mark = screen.t, mark_of(means, situation)
    st.html(screen.keep("means-cards", lambda: _fill_cards(screen, means, situation, rows), *mark))
    st.subheader(t("means.by_need"))
    st.toggle(t("means.beyond"), help=t("means.beyond_help"), **kept("means_beyond"))
    st.html(screen.keep("means-needs", lambda: _fill_needs(screen, means, rows), *mark))
    st.caption(t("means.order_of_magnitude"))
    st.subheader(t("means.by_commune"))
    render_detail(screen, means, rows, mark)
    name = partial(file_name, screen, "manques", situation)
    with st.container(horizontal=True, vertical_alignment="center"):
        offer_charts(screen, [needs_chart(screen, means, situation, rows)], key="means-needs")
        hxl = choose_hxl(t, "means-needs-hxl")
        st.download_button(
            t("table.xlsx"), lambda: write_gap_workbook(rows, screen.figures, means, situation, t, hxl=hxl), name("xlsx"), XLSX,
            on_click="ignore", icon=":material/table:",
        )  # fmt: skip
        st.download_button(
            t("table.csv"),
            lambda: write_gap_csv(rows, screen.figures, means, situation, t, hxl=hxl),
            name("csv"),
            "text/csv",
            on_click="ignore",
        )


def _fill_needs(screen: Screen, means: Means, rows: pd.DataFrame) -> Markup:
    """What is missing by need, and of which needs nothing is."""
    t, summary = screen.t, summarise_needs(rows)
    missing = summary[(summary["missing_units"] != 0) | (summary["missing_count"] > 0)]
    enough = [t.label(means.needs[n].labels) for n in summary.loc[~summary["need_id"].isin(missing["need_id"]), "need_id"]]
    codes = list(rows["commune_code"].unique())
    return fill("means_needs", t, rows=[need_row(screen, means, row, codes) for _, row in missing.iterrows()], enough=enough)


def _fill_cards(screen: Screen, means: Means, situation: Situation, rows: pd.DataFrame) -> Markup:
    services = screen.figures.services
    return fill("cards", screen.t, cards=[_card(screen, means, situation, rows, sector) for sector in services])


def _card(screen: Screen, means: Means, situation: Situation, rows: pd.DataFrame, sector: Sector) -> Card:
    t, own = screen.t, rows[rows["sector"] == sector.value]
    total = total_cost(own)
    missing = own[(own["role"] == MAIN) & (own["missing_units"] > 0)]
    note = [
        write_range(total.low_mad, total.high_mad, t),
        t("map.communes", count=int(missing["commune_code"].nunique())) if total.is_known else "",
        t("means.need_unknown", count=total.missing_count) if total.missing_count else "",
    ]
    figure = cost_at_least(t, total.central_mad, total.missing_count)
    said, kind = " · ".join(n for n in note if n), least_firm(own["provenance"])
    counted = cite_needs(screen, means, own["need_id"].unique(), situation)
    return Card(screen.result_label(sector.value), figure, said, kind, counted, t("how.cost"))
