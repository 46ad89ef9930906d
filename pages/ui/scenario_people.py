"""How many people a scenario puts above the norm: cards at the month looked at, then one service month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.model import SECTORS, Sector
from analytics.projection import Projection
from analytics.summary import total_by_month
from data.i18n import NO_VALUE
from pages.ui.cards import Card
from pages.ui.history_chart import ACCENT, INK, chart_layout
from pages.ui.html import show
from pages.ui.picture_charts import people_chart
from pages.ui.pictures import show_figure
from pages.ui.scenario_choice import ScenarioChoice, label
from pages.ui.screen import Screen

# Beyond so many times the central figure, the upper bound of simulated figures would flatten everything else.
AXIS_TIMES_CENTRAL = 4


@dataclass(frozen=True, eq=False)
class PeopleAhead:
    """People above the norm of a service in the chosen territory, by month: observed, under a scenario (by bound), and under the
    scenario it is compared with, where there is one."""

    observed: pd.Series
    ahead: Mapping[str, pd.Series]
    other: pd.Series | None

    @property
    def top(self) -> float:
        """Where the scale ends: at the highest bound, but no higher than lets the central figures be read."""
        central = [*self.ahead[CENTRAL], *self.observed, 1.0]
        return float(min(AXIS_TIMES_CENTRAL * np.nanmax(central), 1.05 * np.nanmax([*self.ahead[HIGH], *central])))

    @property
    def is_known(self) -> bool:
        """Whether the scenario says anything of its last month."""
        return not np.isnan(self.ahead[CENTRAL].iloc[-1])

    @property
    def is_cut(self) -> bool:
        """Whether the highest bound goes beyond the scale."""
        return bool(np.nanmax([*self.ahead[HIGH], 0.0]) > self.top)


def read_people(screen: Screen, mine: Projection, other: Projection | None, sector: Sector) -> PeopleAhead:
    """The figures of the chart, for the headline of a service."""
    headline = screen.figures.definitions.headlines[sector]
    rows = screen.figures.results[headline]
    inside = rows[rows["commune_code"].isin(screen.codes)]
    past = inside.groupby("reference_date")["gap_to_norm"].sum(min_count=1)

    def ahead(projection: Projection, bound: str = CENTRAL) -> pd.Series:
        return pd.Series(_total(screen, projection.table(headline, "gap_to_norm", bound)), index=list(projection.months))

    return PeopleAhead(past, {b: ahead(mine, b) for b in BOUNDS}, ahead(other) if other else None)


def state_people(screen: Screen, people: PeopleAhead, sector: Sector) -> str:
    """The finding: how many people above the norm in the last month, with the range, and how many in the last one observed."""
    t, definitions = screen.t, screen.figures.definitions
    if not people.is_known:
        return t("council.outlook_unknown")
    indicator = definitions.indicators[definitions.headlines[sector]]
    low, high = (_write(screen, people.ahead[b].iloc[-1]) for b in (LOW, HIGH))
    return t(
        "scenario.people_finding",
        people=t("scenario.above", people=t.quantity(people.ahead[CENTRAL].iloc[-1], indicator.people)),
        service=t.label(definitions.sector_labels[sector]),
        month=t.month(people.ahead[CENTRAL].index[-1]),
        low=low,
        high=high,
        now=_write(screen, people.observed.iloc[-1]),
        observed=t.month(people.observed.index[-1]),
    )


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
    people = read_people(screen, mine, other, sector)
    show_figure(
        screen,
        _build(screen, choice, mine, people),
        people_chart(screen, people, sector, (choice.scenario, choice.other)),
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
    low, central, high = (_write(screen, float(totals[b][at])) for b in BOUNDS)
    provenance = (
        screen.figures.provenance_of_result(headline, mine.observed)
        if headline
        else screen.figures.provenance("displaced_persons", mine.observed)
    )
    return Card(name, central, t("scenario.card_range", low=low, high=high, month=t.month(mine.months[at])), provenance)


def _write(screen: Screen, people: float) -> str:
    return screen.t.number(round(float(people)), 0) if not np.isnan(people) else NO_VALUE


def _total(screen: Screen, table: np.ndarray) -> np.ndarray:
    return total_by_month(table, np.isin(np.array(screen.figures.territory), screen.codes))


def _build(screen: Screen, choice: ScenarioChoice, mine: Projection, people: PeopleAhead) -> go.Figure:
    """People above the norm by month: observed, then the scenario with its range, and the other scenario's central line."""
    t = screen.t
    months, ahead = list(people.ahead[CENTRAL].index), people.ahead
    unseen = {"x": months, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure = go.Figure(layout=chart_layout(screen))
    figure.add_scatter(y=ahead[HIGH], showlegend=False, **unseen)
    figure.add_scatter(y=ahead[LOW], name=t("scenario.range"), fill="tonexty", fillcolor="rgba(27,94,123,0.16)", **unseen)
    lines = [(people.observed, t("scenario.observed"), {"color": INK, "width": 2})]
    if people.other is not None:
        lines.append((people.other, label(screen, choice.other), {"color": INK, "dash": "dash", "width": 2}))
    lines.append((ahead[CENTRAL], label(screen, choice.scenario), {"color": ACCENT, "width": 3}))
    for values, name, line in lines:
        figure.add_scatter(x=list(values.index), y=values, name=name, mode="lines", line=line)
    figure.add_vline(x=choice.month(mine), line={"color": "#cbd2d9", "width": 6}, layer="below")
    figure.update_yaxes(range=[0, people.top], hoverformat=",.0f")
    return figure
