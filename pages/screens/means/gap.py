"""The gap table of the Means screen: what is missing, what closes it, what that costs, who decides."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analytics.model import Sector
from analytics.provenance import least_firm
from analytics.resource_gap import MAIN, summarise_needs, total_cost
from analytics.resources import Means, Response
from analytics.situation import Situation
from pages.figures.gap_tables import read_gap_table
from pages.print.charts.means_catalogue import needs_chart
from pages.print.media_types import XLSX
from pages.print.tables.means import write_gap_csv, write_gap_workbook
from pages.screens.means.gap_detail import render_detail
from pages.screens.means.settings import kept
from pages.widgets.downloads import choose_hxl
from pages.widgets.html import show
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


def counted(screen: Screen, means: Means, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of needs whose indicator enters the index; all of them when the reader asks."""
    return rows if st.session_state["means_beyond"] else of_index(screen, means, rows)


def render_gap(screen: Screen, means: Means, situation: Situation, rows: pd.DataFrame) -> None:
    """Totals by service, what is missing by need, then the communes; the table to take away."""
    t = screen.t
    show("cards", t, cards=[_card(screen, means, situation, rows, sector) for sector in screen.figures.services])
    st.subheader(t("means.by_need"))
    st.toggle(t("means.beyond"), help=t("means.beyond_help"), **kept("means_beyond"))
    summary = summarise_needs(rows)
    missing = summary[(summary["missing_units"] != 0) | (summary["missing_count"] > 0)]
    enough = [t.label(means.needs[n].labels) for n in summary.loc[~summary["need_id"].isin(missing["need_id"]), "need_id"]]
    codes = list(rows["commune_code"].unique())
    show("means_needs", t, rows=[need_row(screen, means, row, codes) for _, row in missing.iterrows()], enough=enough)
    st.caption(t("means.order_of_magnitude"))
    st.subheader(t("means.by_commune"))
    render_detail(screen, means, rows)
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
