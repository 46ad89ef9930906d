"""Alerts of a territory: how many communes are at each level, service by service."""

from __future__ import annotations

from functools import partial

from analytics.alerts import UNKNOWN, read_levels
from pages.widgets.html import show
from pages.widgets.screen import Screen


def render_alerts(screen: Screen) -> None:
    """One row a service, one column a level."""
    t, figures, rules = screen.t, screen.figures, screen.figures.definition_set.triggers
    rows = []
    for sector in screen.figures.services:
        build = partial(read_levels, figures.assessment, figures.definitions, rules, sector)
        levels = figures.keep(f"levels {sector}", figures.months[-1], build)[screen.chosen.month].loc[screen.codes]
        counts = [t.number(int((levels == rank).sum())) for rank in range(len(rules.levels) + 1)]
        unknown = t.number(int((levels == UNKNOWN).sum()))
        rows.append({"service": screen.result_label(sector.value), "counts": counts, "unknown": unknown})
    labels = [t("alerts.none"), *(t.label(dict(rule.labels)) for rule in rules.levels)]
    provenance = figures.provenance_of_result(screen.chosen.indicator, screen.chosen.month)
    show("overview_alerts", t, rows=rows, labels=labels, provenance=provenance)
