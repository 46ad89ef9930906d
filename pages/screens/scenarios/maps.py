"""Two small maps of the same month with one legend: today or another scenario, and the scenario."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.projection import Projection
from analytics.summary import class_counts, legend_rows
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.print.charts.catalogue import pair_chart
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words.class_words import list_classes
from pages.words.links import commune_link
from pages.words.scenario import ScenarioChoice, label, read_pair


def render_maps(screen: Screen, choice: ScenarioChoice, mine: Projection, other: Projection | None) -> None:
    """The month as a slider, both maps, the legend with both counts."""
    t, indicator = screen.t, screen.chosen.indicator
    _choose_month(screen, choice, mine)
    month = choice.month(mine)
    before_month = month if other else mine.observed
    frames = read_pair(screen, choice, mine, other)
    st.caption(t("scenario.maps_lead", result=screen.result_label(indicator)))
    html = fill(
        "scenario_maps",
        t,
        maps=[
            _map(screen, frames[0], label(screen, choice.other), before_month, "before"),
            _map(screen, frames[1], label(screen, choice.scenario), month, "after"),
        ],
        rows=_legend_rows(screen, [class_counts(frame) for frame in frames]),
        attribution=screen.figures.attribution,
        provenance=screen.figures.provenance_of_result(indicator, mine.observed),
    )
    show_places(screen, html, [pair_chart(screen, choice, mine, other)], key="scenario-maps")


def _choose_month(screen: Screen, choice: ScenarioChoice, mine: Projection) -> None:
    """The month looked at; a horizon of one month leaves nothing to choose."""
    if len(mine.months) < 2:
        return
    st.session_state["ahead_chosen"] = choice.ahead

    def take() -> None:
        st.session_state["ahead"] = str(st.session_state["ahead_chosen"])

    st.select_slider(
        screen.t("scenario.month_looked_at"),
        list(range(1, len(mine.months) + 1)),
        format_func=lambda ahead: screen.t.month(mine.months[ahead - 1]),
        key="ahead_chosen",
        on_change=take,
    )


def _map(screen: Screen, results: pd.DataFrame, name: str, month: pd.Timestamp, identifier: str) -> dict[str, object]:
    t, codes = screen.t, list(results["commune_code"])
    text = MapText(
        title=f"{name}, {t.month(month)}",
        description=f"{t('map.description', month=t.month(month))}. {t('map.keys')}",
        direction=t.direction,
        names={code: screen.name(code) for code in codes},
        details={row.commune_code: screen.describe(row) for row in results.itertuples()},
        links={code: commune_link(screen, code) for code in codes},
    )
    focus = codes if len(codes) < len(screen.figures.territory) else None
    legend = screen.figures.definitions.legend
    svg = render_choropleth(
        screen.figures.province.layer, legend_rows(results), legend, text, focus=focus, identifier=identifier
    )
    return {"name": name, "month": t.month(month), "svg": Markup(svg), "id": identifier}


def _legend_rows(screen: Screen, counts: list[dict[str, int]]) -> list[dict[str, object]]:
    t, legend = screen.t, screen.figures.definitions.legend
    rows: list[dict[str, object]] = [
        {
            "number": c.id,
            "chip": f"c{c.id} of-{c.kind}",
            "color": c.color,
            "label": c.label,
            "counts": [n[str(c.id)] for n in counts],
        }
        for c in list_classes(screen.figures.definitions, screen.chosen.indicator, t)
    ]
    without = (
        ("range", "range", legend.range_color),
        ("no_data", "none", legend.no_data_color),
        ("not_assessed", "unassessed", ""),
    )
    for key, chip, color in without:
        if any(n[key] for n in counts):
            found = [n[key] for n in counts]
            rows.append({"number": "", "chip": chip, "color": color, "label": t(f"map.{key}"), "counts": found})
    return rows
