"""The gap table of the Means screen: what is missing, what closes it, what that costs, who decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.model import PROVENANCE_ORDER, SECTORS, Provenance, Sector
from analytics.resource_basis import Basis, observed_basis
from analytics.resource_gap import ALTERNATIVE, MAIN, CostRange, build_gap_table, summarise_needs, total_cost
from analytics.resources import Means, Response
from analytics.summary import class_of
from data.i18n import NO_VALUE
from pages.print.means_table import write_gap_csv, write_gap_workbook
from pages.ui.cards import Card
from pages.ui.downloads import XLSX
from pages.ui.html import show
from pages.ui.means_choices import kept
from pages.ui.money import write_mad, write_range
from pages.ui.picture_charts import needs_chart
from pages.ui.pictures import offer_charts
from pages.ui.scenario_choice import label
from pages.ui.screen import Screen

SHOWN = 40
SORTS: dict[str, tuple[str, bool]] = {
    "gap": ("gap", False),
    "pressure": ("pressure", False),
    "cost": ("cost_central_mad", False),
    "commune": ("commune_code", True),
}


def gap_table(screen: Screen, means: Means, basis: Basis) -> pd.DataFrame:
    """The table of the chosen territory on the chosen figures, for the answer chosen in this session."""
    rows = build_gap_table(
        basis.assessment,
        screen.figures.definitions,
        means,
        basis.month,
        Response(st.session_state["means_response"]),
        int(st.session_state["means_months"]),
        basis.assumptions,
    )
    return rows[rows["commune_code"].isin(screen.codes)]


def quick_gap(screen: Screen, means: Means, codes: Sequence[str]) -> pd.DataFrame:
    """The table of some communes as a council is shown it, whatever the session chose: quick answers, charges over a year,
    needs of the index."""
    figures, month = screen.figures, screen.chosen.month
    rows = build_gap_table(figures.assessment, figures.definitions, means, month, assumptions=figures.assumptions)
    return of_index(screen, means, rows[rows["commune_code"].isin(codes)])


def counted(screen: Screen, means: Means, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of needs whose indicator enters the index; all of them when the reader asks."""
    return rows if st.session_state["means_beyond"] else of_index(screen, means, rows)


def of_index(screen: Screen, means: Means, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of needs whose indicator enters the index."""
    indicators = screen.figures.definitions.indicators
    inside = {need.id for need in means.needs.values() if indicators[need.indicator].weight > 0}
    return rows[rows["need_id"].isin(inside)]


def observed(screen: Screen) -> Basis:
    """The observed figures of the chosen month, whatever scenario the Means screen looks at."""
    return observed_basis(screen.figures.assessment, screen.chosen.month, screen.figures.assumptions)


def state_finding(screen: Screen, basis: Basis, total: CostRange) -> str:
    """The title: what it would cost to be at the norm; at least so much where communes lack figures; in which scenario."""
    t = screen.t
    if not total.is_known:
        return t("means.finding_unknown")
    cost = write_range(total.low_mad, total.high_mad, t)
    finding = t("means.finding_at_least" if total.missing_count else "means.finding", cost=cost)
    if basis.scenario is None:
        return finding
    return t("basis.finding", finding=finding, scenario=label(screen, basis.scenario), month=t.month(basis.month))


def file_name(screen: Screen, start: str, basis: Basis) -> str:
    """Name of a file without its ending: what it holds, the scenario if it rests on one, territory and month."""
    scenario = [re.sub(r"[^\w-]+", "-", basis.scenario.id)] if basis.scenario else []
    return "-".join([start, *scenario, screen.chosen.territory, f"{basis.month:%Y-%m}"])


def render_gap(screen: Screen, means: Means, basis: Basis, rows: pd.DataFrame) -> None:
    """Totals by service, what is missing by need, then the communes; the table to take away."""
    t = screen.t
    show("cards", t, cards=[_card(screen, rows, sector) for sector in SECTORS])
    st.subheader(t("means.by_need"))
    st.toggle(t("means.beyond"), help=t("means.beyond_help"), **kept("means_beyond"))
    summary = summarise_needs(rows)
    missing = summary[(summary["missing_units"] != 0) | (summary["missing_count"] > 0)]
    enough = [t.label(means.needs[n].labels) for n in summary.loc[~summary["need_id"].isin(missing["need_id"]), "need_id"]]
    show("means_needs", t, rows=[need_row(screen, means, row) for _, row in missing.iterrows()], enough=enough)
    st.caption(t("means.order_of_magnitude"))
    st.subheader(t("means.by_commune"))
    _render_communes(screen, means, rows)
    name = file_name(screen, "manques", basis)
    with st.container(horizontal=True):
        offer_charts(screen, [needs_chart(screen, means, basis, rows)], key="means-needs")
        st.download_button(
            t("table.xlsx"), lambda: write_gap_workbook(rows, screen.figures, means, basis, t), f"{name}.xlsx", XLSX,
            on_click="ignore", icon=":material/table:",
        )  # fmt: skip
        st.download_button(
            t("table.csv"),
            lambda: write_gap_csv(rows, screen.figures, means, basis, t),
            f"{name}.csv",
            "text/csv",
            on_click="ignore",
        )


def left_out(screen: Screen, missing: int) -> str:
    """How many communes a total leaves out; empty when none."""
    return screen.t("summary.left_out", count=missing) if missing else ""


def at_least(screen: Screen, text: str, missing: int) -> str:
    """A total in words, with the sign for "at least" when communes are missing from it."""
    return screen.t("summary.at_least", total=text) if missing and text != NO_VALUE else text


def _card(screen: Screen, rows: pd.DataFrame, sector: Sector) -> Card:
    t, own = screen.t, rows[rows["sector"] == sector.value]
    total = total_cost(own)
    missing = own[(own["role"] == MAIN) & (own["missing_units"] > 0)]
    note = [
        write_range(total.low_mad, total.high_mad, t),
        t("map.communes", count=int(missing["commune_code"].nunique())) if total.is_known else "",
        left_out(screen, total.missing_count),
    ]
    figure = at_least(screen, write_mad(total.central_mad, t), total.missing_count)
    return Card(screen.result_label(sector.value), figure, " · ".join(n for n in note if n), least_firm(own))


def least_firm(rows: pd.DataFrame) -> str:
    """The least firm kind of figure in the rows of a gap table; empty when there is none."""
    kinds = set(rows["provenance"]) - {""}
    return max(kinds, key=lambda kind: PROVENANCE_ORDER.index(Provenance(kind)), default="")


def need_row(screen: Screen, means: Means, row: pd.Series) -> dict[str, object]:
    """One need over some communes (``summarise_needs``) in the reader's words."""
    t, missing = screen.t, int(row["missing_count"])
    return {
        "label": t.label(means.needs[row["need_id"]].labels),
        "sector": screen.result_label(row["sector"]),
        "missing": at_least(screen, t.quantity(row["missing_units"], row["unit"]), missing),
        "communes": t.number(int(row["communes"])),
        "left_out": left_out(screen, missing),
        "answer": _answer(screen, means, row),
        "terms": _terms(screen, row),
        "cost": at_least(screen, write_mad(row["cost_central_mad"], t), missing),
        "range": write_range(row["cost_low_mad"], row["cost_high_mad"], t),
        "financing": _financing(screen, row),
    }


def _answer(screen: Screen, means: Means, row: pd.Series) -> str:
    t, units = screen.t, row["resource_units"]
    label = t.label(means.resources[row["resource_id"]].labels)
    return label if pd.isna(units) else t("means.answer", units=t.number(units, 0), answer=label)


def _terms(screen: Screen, row: pd.Series) -> str:
    t = screen.t
    return t(
        "means.terms",
        delay=t("means.delay", count=int(row["delay_days"])),
        competence=t(f"competence.{row['competence']}"),
        responsible=t(f"actor.{row['responsible']}"),
    )


def _financing(screen: Screen, row: pd.Series) -> str:
    return screen.t("sign.comma").join(screen.t(f"financing.{source}") for source in row["financing"].split())


def _render_communes(screen: Screen, means: Means, rows: pd.DataFrame) -> None:
    """What is missing commune by commune, sorted by what the reader asks; the first ones until all are asked for."""
    t = screen.t
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sectors = ["all", *(s.value for s in SECTORS)]
        sector = st.selectbox(
            t("means.sector"),
            sectors,
            format_func=lambda s: t("means.all_sectors") if s == "all" else screen.result_label(s),
            width=260,
        )
        order = st.selectbox(t("means.sort"), list(SORTS), format_func=lambda o: t(f"means.sort_{o}"), width=320)
        everything = st.toggle(t("means.all_rows"))
    main = rows[(rows["role"] == MAIN) & ((rows["missing_units"] > 0) | (rows["status"] == "missing"))]
    main = main if sector == "all" else main[main["sector"] == sector]
    column, ascending = SORTS[str(order)]
    ordered = main.sort_values([column, "commune_code", "need_id"], ascending=[ascending, True, True], na_position="last")
    shown = ordered if everything else ordered.head(SHOWN)
    others = rows[(rows["role"] == ALTERNATIVE) & (rows["resource_units"] > 0)].groupby(["commune_code", "need_id"])
    beside = {key: [_answer(screen, means, r) for _, r in group.iterrows()] for key, group in others}
    show(
        "means_gap",
        t,
        rows=[
            commune_row(screen, means, row, beside.get((row["commune_code"], row["need_id"]), []))
            for _, row in shown.iterrows()
        ],
        shown=len(shown),
        total=len(ordered),
    )


def commune_row(screen: Screen, means: Means, row: pd.Series, beside: list[str]) -> dict[str, object]:
    """One need of one commune in the reader's words; ``beside`` are the other answers to it."""
    t, need = screen.t, means.needs[row["need_id"]]
    severity = class_of(row)
    people = screen.figures.definitions.indicators[need.indicator].people
    known = pd.notna(row["missing_units"])
    return {
        "commune": screen.name(row["commune_code"]),
        "need": t.label(need.labels),
        "severity": severity,
        "color": screen.figures.definitions.legend.color(severity),
        "needed": t.number(row["need_units"], 0 if float(row["need_units"]).is_integer() else 1),
        "available": t.number(row["available_units"], 0 if float(row["available_units"]).is_integer() else 1),
        "missing": t.number(row["missing_units"], 0),
        "above": t.quantity(row["gap"], people) if known else t(f"status.{row['status']}"),
        "answer": _answer(screen, means, row) if known else NO_VALUE,
        "beside": t("means.or_else", answers=" ; ".join(beside)) if beside else "",
        "terms": _terms(screen, row),
        "cost": write_mad(row["cost_central_mad"], t),
        "range": write_range(row["cost_low_mad"], row["cost_high_mad"], t),
        "reliability": row["reliability"] or NO_VALUE,
    }
