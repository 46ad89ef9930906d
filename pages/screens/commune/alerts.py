"""Alerts of a commune: the level of each service, what to do at it, and when the next one comes if the trend goes on."""

from __future__ import annotations

import streamlit as st

from analytics.alerts import Alert, describe_alert
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.alerts import write_figure, write_reason


def render_alerts(screen: Screen, commune: str) -> None:
    """One row a service."""
    t, figures, rules = screen.t, screen.figures, screen.figures.definition_set.triggers
    st.caption(t("alerts.lead", news=t.percent(rules.news_above)))
    alerts = [
        describe_alert(figures.assessment, commune, screen.chosen.month, sector, figures.definitions, rules)
        for sector in screen.figures.services
    ]
    show("alerts", t, rows=[_row(screen, commune, alert) for alert in alerts])


def _row(screen: Screen, commune: str, alert: Alert) -> dict[str, str]:
    t, levels = screen.t, screen.figures.definition_set.triggers.levels
    rule = levels[alert.rank - 1] if alert.rank else None
    return {
        "reason": write_reason(screen, alert),
        "service": screen.result_label(alert.sector.value),
        "level": t.label(dict(rule.labels)) if rule else t("alerts.unknown" if alert.is_unknown else "alerts.none"),
        "rank": str(alert.rank),
        "held": t("alerts.unknown_note" if alert.is_unknown else "alerts.held") if alert.is_held else "",
        "action": t.label(dict(rule.actions)) if rule else "",
        "who": f"{t.label(dict(rule.responsible))} · {t.label(dict(rule.delay))}" if rule else "",
        "next": _next(screen, alert),
        "provenance": screen.figures.of_month(alert.indicator, screen.chosen.month).at[commune, "provenance"]
        if alert.indicator
        else "",
    }


def _next(screen: Screen, alert: Alert) -> str:
    """When the next level comes, with its range, or that the trend does not lead there."""
    t = screen.t
    if alert.next_rank is None or alert.next_threshold is None:
        return ""
    label = t.label(dict(screen.figures.definition_set.triggers.levels[alert.next_rank - 1].labels))
    threshold = write_figure(screen, alert.indicator, alert.next_threshold)
    crossing = alert.crossing
    if alert.figure >= alert.next_threshold:
        return t("alerts.reached", level=label, threshold=threshold)
    if crossing is None:
        return t("alerts.no_crossing", level=label, threshold=threshold)
    if crossing.earliest is None or crossing.latest is None:
        return t("alerts.crossing_uncertain", level=label, threshold=threshold, month=t.month(crossing.month))
    return t(
        "alerts.crossing", level=label, threshold=threshold, month=t.month(crossing.month), earliest=t.month(crossing.earliest),
        latest=t.month(crossing.latest),
    )  # fmt: skip
