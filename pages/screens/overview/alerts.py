"""Alerts of a territory: how many communes are at each level, service by service."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analytics.alerts import UNKNOWN, list_alerts, read_levels
from pages.html import fill
from pages.widgets.clickable import render_clickable
from pages.widgets.screen import Screen
from pages.words.alerts import alert_row
from pages.words.sources import cite, kind_of
from pages.words.titles import mark_simulated

SHOWN = 12


def _title(new: int, known: int, asked: int) -> str:
    """Key of the sentence for how many services are new at their level, of those whose level is known, of all."""
    if not known:
        return "alerts.all_unknown"
    return "alerts.new_count" if new or known == asked else "alerts.none_new_of_known"


def render_alerts(screen: Screen) -> None:
    """One row a service, one column a level; before them the services at a level, what is new first."""
    t, figures, rules = screen.t, screen.figures, screen.figures.definition_set.triggers
    rows, known = [], 0
    for sector in screen.figures.services:
        read = partial(read_levels, figures.assessment, figures.definitions, rules, sector)
        levels = figures.keep(f"levels {sector}", figures.months[-1], read)[screen.chosen.month].loc[screen.codes]
        counts = [t.number(int((levels == rank).sum())) for rank in range(len(rules.levels) + 1)]
        known += int((levels != UNKNOWN).sum())
        unknown = t.number(int((levels == UNKNOWN).sum()))
        rows.append({"service": screen.result_label(sector.value), "counts": counts, "unknown": unknown})
    build = partial(list_alerts, figures.assessment, figures.definitions, rules, screen.chosen.month)
    found = figures.keep("alerts", screen.chosen.month, build)
    found = found[found["commune_code"].isin(screen.codes)]
    new = int(found["is_new"].sum())
    listed = [alert_row(screen, row) for _, row in found.head(SHOWN).iterrows()]
    labels = [t("alerts.none"), *(t.label(dict(rule.labels)) for rule in rules.levels)]
    raising = [i for i in rules.indicators if i in figures.definitions.indicators]
    provenance, source = kind_of(screen, raising), cite(screen, raising)
    month = t.month(screen.chosen.month)
    title = t(_title(new, known, len(rows) * len(screen.codes)), count=new, month=month)
    st.markdown(f"**{mark_simulated(screen, title)}**")
    html = fill(
        "overview_alerts",
        t,
        rows=rows,
        labels=labels,
        provenance=provenance,
        source=source,
        listed=listed,
        left_out=len(found) - len(listed),
    )
    screen.open_commune(render_clickable(html, key="alerts"))
