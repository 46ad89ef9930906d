"""How many people a scenario puts above the norm: cards at the month looked at, then one service month by month."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.model import Sector
from analytics.projection import Projection
from geo.palette import ACCENT, CHOSEN_MONTH, INK
from pages.html import fill
from pages.print.charts.catalogue import people_chart
from pages.widgets.pictures import show_plot
from pages.widgets.plots import chart_layout
from pages.widgets.screen import Screen
from pages.words.figure_cards import Card, above_norm_label
from pages.words.people_ahead import PeopleAhead, _write, inside_territory, read_people
from pages.words.scenario import ScenarioChoice, label
from pages.words.sources import cite_variables, variables_of


def render_people(screen: Screen, choice: ScenarioChoice, mine: Projection, other: Projection | None) -> None:
    """Cards at the month looked at, then the months of one service with their range."""
    t, definitions = screen.t, screen.figures.definitions
    st.html(screen.keep("scenario-cards", lambda: _fill_cards(screen, choice, mine), choice.scenario, choice.ahead))
    sector = Sector(
        st.segmented_control(
            t("scenario.service"),
            [s.value for s in screen.figures.services],
            format_func=lambda s: t.label(definitions.sector_labels[Sector(s)]),
            default=screen.figures.services[0].value,
            required=True,
            key="scenario_sector",
        )
    )
    both = (choice.scenario, choice.other, sector)
    people = screen.keep("people-ahead", lambda: read_people(screen, mine, other, sector), *both)
    show_plot(
        screen,
        screen.keep("people-chart", lambda: _build(screen, choice, mine, people), *both, choice.ahead),
        people_chart(screen, people, sector, (choice.scenario, choice.other)),
        key=f"scenario-people-{sector}",
        alt=t("scenario.chart_alt", service=t.label(definitions.sector_labels[sector])),
    )
    st.caption(t("scenario.range_rule"))


def _fill_cards(screen: Screen, choice: ScenarioChoice, mine: Projection) -> Markup:
    cards = [_displaced_card(screen, choice, mine), *(_card(screen, choice, mine, s) for s in screen.figures.services)]
    return fill("cards", screen.t, cards=cards)


def _card(screen: Screen, choice: ScenarioChoice, mine: Projection, sector: Sector) -> Card:
    headline = screen.figures.definitions.headlines[sector]
    totals = {b: mine.total(headline, "gap_to_norm", inside_territory(screen), b) for b in BOUNDS}
    return _range_card(screen, above_norm_label(screen, sector), totals, choice.ahead - 1, headline, mine)


def _displaced_card(screen: Screen, choice: ScenarioChoice, mine: Projection) -> Card:
    totals = {b: mine.displaced_total(inside_territory(screen), b) for b in BOUNDS}
    return _range_card(screen, screen.t("overview.displaced"), totals, choice.ahead - 1, "", mine)


def _range_card(screen: Screen, name: str, totals: dict[str, np.ndarray], at: int, headline: str, mine: Projection) -> Card:
    t = screen.t
    low, central, high = (_write(screen, float(totals[b][at])) for b in BOUNDS)
    provenance = (
        screen.figures.provenance_of_result(headline, mine.observed)
        if headline
        else screen.figures.provenance("displaced_persons", mine.observed)
    )
    month = t.month(mine.months[at])
    note = t("scenario.card_range", low=low, high=high, month=month) if low != high else month
    variables = variables_of(screen.figures.definitions, [headline]) if headline else ["displaced_persons"]
    return Card(name, central, note, provenance, cite_variables(screen, variables, month=mine.observed), t("how.scenario"))


def _build(screen: Screen, choice: ScenarioChoice, mine: Projection, people: PeopleAhead) -> go.Figure:
    """People above the norm by month: observed, then the scenario with its range, and the other scenario's central line."""
    t = screen.t
    months, ahead = list(people.ahead[CENTRAL].index), people.ahead
    unseen = {"type": "scatter", "x": months, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    drawn = [
        {**unseen, "y": ahead[HIGH].to_numpy(), "showlegend": False},
        {**unseen, "y": ahead[LOW].to_numpy(), "name": t("scenario.range"), "fill": "tonexty",
         "fillcolor": "rgba(27,94,123,0.16)"},
    ]  # fmt: skip
    lines = [(people.observed, t("scenario.observed"), {"color": INK, "width": 2})]
    if people.other is not None:
        lines.append((people.other, label(screen, choice.other), {"color": INK, "dash": "dash", "width": 2}))
    lines.append((ahead[CENTRAL], label(screen, choice.scenario), {"color": ACCENT, "width": 3}))
    for values, name, line in lines:
        shown = {"x": list(values.index), "y": values.to_numpy(), "name": name, "mode": "lines", "line": line}
        drawn.append({"type": "scatter", **shown})
    month, layout = choice.month(mine), chart_layout(screen)
    band = {"type": "line", "x0": month, "x1": month, "yref": "y domain", "y0": 0, "y1": 1, "layer": "below"}
    layout["shapes"] = [{**band, "line": {"color": CHOSEN_MONTH, "width": 6}}]
    layout["yaxis_range"], layout["yaxis_hoverformat"] = [0, people.top], ",.0f"
    # In one piece: Plotly checks a figure anew at each thing that is added.
    return go.Figure(data=drawn, layout=layout)
