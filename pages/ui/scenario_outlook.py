"""What a scenario leads to: the finding in a sentence, the communes that break and when, people above the norm month by month."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.model import SECTORS, Sector
from analytics.projection import Projection, first_breaks
from analytics.scenario import Scenario, moved_indicators
from analytics.summary import total_by_month
from data.i18n import NO_VALUE
from pages.ui.cards import Card
from pages.ui.clickable import render_clickable
from pages.ui.history_chart import ACCENT, INK, chart_layout
from pages.ui.html import fill, show
from pages.ui.rank_list import commune_link
from pages.ui.scenario_choice import ScenarioChoice, label
from pages.ui.screen import Screen

ROWS_SHOWN = 10
# Beyond so many times the central figure, the upper bound of simulated figures would flatten everything else.
AXIS_TIMES_CENTRAL = 4


def can_project(screen: Screen, mine: Projection) -> bool:
    """Whether a single commune has a figure that a scenario can move; says what to do when none has."""
    if has_figures(screen, mine):
        return True
    st.info(screen.t("scenario.no_figures"))
    st.page_link(screen.pages["data"], label=screen.t("screen.data"), icon=":material/upload_file:")
    return False


def has_figures(screen: Screen, mine: Projection) -> bool:
    """Whether a single commune has a figure that a scenario can move."""
    definitions = screen.figures.definitions
    ids = [i.id for sector in SECTORS for i in moved_indicators(definitions, sector)]
    return any(not np.isnan(mine.table(i, "severity_class")).all() for i in ids)


def render_title(screen: Screen, choice: ScenarioChoice, mine: Projection) -> pd.DataFrame:
    """The finding as the title; returns the communes that break, those of the chosen territory."""
    breaks = find_breaks(screen, mine)
    st.title(state_finding(screen, choice.scenario, mine, breaks))
    st.caption(screen.t("scenario.lead", month=screen.t.month(mine.observed)))
    return breaks


def find_breaks(screen: Screen, mine: Projection) -> pd.DataFrame:
    """The communes of the chosen territory that break, on any indicator that a scenario moves."""
    definitions = screen.figures.definitions
    ids = [i.id for sector in SECTORS for i in moved_indicators(definitions, sector)]
    breaks = first_breaks(mine, ids, screen.figures.assessment)
    return breaks[breaks["commune_code"].isin(screen.codes)]


def state_finding(screen: Screen, scenario: Scenario, mine: Projection, breaks: pd.DataFrame) -> str:
    """How many communes more break under a scenario, the first of them and when."""
    t = screen.t
    new = breaks[~breaks["is_broken_already"]]
    values = {"scenario": label(screen, scenario), "month": t.month(mine.months[-1])}
    if new.empty:
        return t("scenario.finding_none", **values)
    first = new.iloc[0]
    values |= {"name": screen.name(first["commune_code"]), "first": t.month(first["month"])}
    return t("scenario.finding", count=len(new), **values)


def render_breaks(screen: Screen, breaks: pd.DataFrame) -> None:
    """The table of communes that break, the newly broken ones first."""
    t = screen.t
    if breaks.empty:
        st.info(t("scenario.no_break"))
        return
    shown = breaks.head(ROWS_SHOWN)
    rows = [break_row(screen, row) for _, row in shown.iterrows()]
    html = fill("scenario_breaks", t, rows=rows, left_out=len(breaks) - len(shown))
    screen.open_commune(render_clickable(html, key="scenario-breaks"))


def break_row(screen: Screen, row: pd.Series) -> dict[str, str]:
    """One commune that breaks, in the reader's words."""
    t, definitions = screen.t, screen.figures.definitions
    indicator = definitions.indicators[row.indicator_id]
    people = t(f"scenario.above_{indicator.people}", number=t.number(row.people_above_norm, 0))
    return {
        "code": row.commune_code,
        "href": commune_link(screen, row.commune_code),
        "name": screen.name(row.commune_code),
        "service": t.label(definitions.sector_labels[indicator.sector]),
        "why": t.label(indicator.labels),
        "when": t("scenario.already") if row.is_broken_already else t.month(row.month),
        "range": "" if row.is_broken_already else _between(screen, row.earliest, row.latest),
        "pressure": screen.figure_against_norm(row.indicator_id, row),
        "people": people,
    }


def _between(screen: Screen, earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    t = screen.t
    if pd.isna(latest):
        return t("scenario.not_before", earliest=t.short_month(earliest))
    if earliest == latest:
        return t("scenario.sure")
    return t("scenario.between", earliest=t.short_month(earliest), latest=t.short_month(latest))


def render_people(screen: Screen, choice: ScenarioChoice, mine: Projection, other: Projection | None) -> None:
    """Cards at the month looked at, then the months of one service with their range."""
    t, definitions = screen.t, screen.figures.definitions
    show("cards", t, cards=[_displaced_card(screen, choice, mine), *(_card(screen, choice, mine, s) for s in SECTORS)])
    sector = Sector(
        st.segmented_control(
            t("scenario.service"),
            [s.value for s in SECTORS],
            format_func=lambda s: t.label(definitions.sector_labels[Sector(s)]),
            default=SECTORS[0].value,
            required=True,
            key="scenario_sector",
        )
    )
    st.plotly_chart(
        build_people_chart(screen, choice, mine, other, sector),
        config={"displayModeBar": False},
        key=f"scenario-people-{sector}",
        alt=t("scenario.chart_alt", service=t.label(definitions.sector_labels[sector])),
    )
    st.caption(t("scenario.range_rule"))


def _card(screen: Screen, choice: ScenarioChoice, mine: Projection, sector: Sector) -> Card:
    t, headline = screen.t, screen.figures.definitions.headlines[sector]
    totals = {b: _total(screen, mine.table(headline, "gap_to_norm", b)) for b in BOUNDS}
    return _range_card(screen, t(f"overview.above_norm_{sector}"), totals, choice.ahead - 1, headline, mine)


def _displaced_card(screen: Screen, choice: ScenarioChoice, mine: Projection) -> Card:
    totals = {b: _total(screen, mine.displaced(b)) for b in BOUNDS}
    return _range_card(screen, screen.t("overview.displaced"), totals, choice.ahead - 1, "", mine)


def _range_card(screen: Screen, name: str, totals: dict[str, np.ndarray], at: int, headline: str, mine: Projection) -> Card:
    t = screen.t
    low, central, high = (
        t.number(round(float(totals[b][at])), 0) if not np.isnan(totals[b][at]) else NO_VALUE for b in BOUNDS
    )
    provenance = (
        screen.figures.provenance_of_result(headline, mine.observed)
        if headline
        else screen.figures.provenance("displaced_persons", mine.observed)
    )
    return Card(name, central, t("scenario.card_range", low=low, high=high, month=t.month(mine.months[at])), provenance)


def _total(screen: Screen, table: np.ndarray) -> np.ndarray:
    return total_by_month(table, np.isin(np.array(screen.figures.territory), screen.codes))


def build_people_chart(
    screen: Screen, choice: ScenarioChoice, mine: Projection, other: Projection | None, sector: Sector
) -> go.Figure:
    """People above the norm by month: observed, then the scenario with its range, and the other scenario's central line."""
    t, figures = screen.t, screen.figures
    headline = figures.definitions.headlines[sector]
    observed = figures.results[headline]
    past = observed[observed["commune_code"].isin(screen.codes)].groupby("reference_date")["gap_to_norm"].sum(min_count=1)
    totals = {b: _total(screen, mine.table(headline, "gap_to_norm", b)) for b in BOUNDS}
    months = list(mine.months)
    figure = go.Figure(layout=chart_layout(screen))
    figure.add_scatter(x=months, y=totals[HIGH], mode="lines", line={"width": 0}, showlegend=False, hoverinfo="skip")
    figure.add_scatter(
        x=months,
        y=totals[LOW],
        name=t("scenario.range"),
        mode="lines",
        line={"width": 0},
        fill="tonexty",
        fillcolor="rgba(27,94,123,0.16)",
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=list(past.index), y=past, name=t("scenario.observed"), mode="lines", line={"color": INK, "width": 2}
    )
    if other:
        figure.add_scatter(
            x=list(other.months),
            y=_total(screen, other.table(headline, "gap_to_norm")),
            name=label(screen, choice.other),
            mode="lines",
            line={"color": INK, "dash": "dash", "width": 2},
        )
    figure.add_scatter(
        x=months, y=totals[CENTRAL], name=label(screen, choice.scenario), mode="lines", line={"color": ACCENT, "width": 3}
    )
    figure.add_vline(x=choice.month(mine), line={"color": "#cbd2d9", "width": 6}, layer="below")
    ceiling = AXIS_TIMES_CENTRAL * np.nanmax([*totals[CENTRAL], *past, 1.0])
    figure.update_yaxes(range=[0, min(ceiling, 1.05 * np.nanmax([*totals[HIGH], *past, 1.0]))], hoverformat=",.0f")
    return figure
