"""Alerts in words: what raises a level, since when, what is new."""

from __future__ import annotations

import math

import pandas as pd

from analytics.alerts import Alert
from analytics.model import Sector
from pages.words.links import commune_link
from pages.words.view import View


def write_figure(view: View, indicator_id: str, figure: float) -> str:
    """A figure as a rule reads it: in the unit of the indicator where its thresholds are, otherwise in times the norm."""
    t, rule = view.t, view.figures.definition_set.triggers.indicators[indicator_id]
    if rule.thresholds is None:
        return t("pressure.no_service") if math.isinf(figure) else t("pressure.times", times=t.number(figure, 1))
    indicator = view.figures.definitions.indicators[indicator_id]
    return t.quantity(figure, indicator.unit, 0 if float(figure).is_integer() else indicator.decimals)


def write_least(view: View, indicator_id: str, figure: float) -> str:
    """A figure of which a school cycle is not known: the lower end of what it may be."""
    return view.t("alerts.at_least", figure=write_figure(view, indicator_id, figure))


def write_reason(view: View, alert: Alert) -> str:
    """The indicator that an alert rests on with its figure, and since when; empty where nothing is known."""
    t = view.t
    if not alert.indicator or math.isnan(alert.figure):
        return ""
    write = write_least if alert.is_lower_end else write_figure
    reason = t(
        "face.reason", indicator=view.result_label(alert.indicator), figure=write(view, alert.indicator, alert.figure)
    )
    return reason if alert.since is None else t("alerts.since", reason=reason, month=t.month(alert.since))


def alert_row(view: View, row: pd.Series) -> dict[str, object]:
    """One service that is at a level, of the list that begins with what is new (``analytics.alerts.list_alerts``)."""
    t, rules = view.t, view.figures.definition_set.triggers
    indicator, result = row["indicator"], view.figures.of_month(row["indicator"], view.chosen.month).loc[row["commune_code"]]
    is_least = row["is_lower_end"]
    figure = write_least(view, indicator, row["figure"]) if is_least else view.figure_against_norm(indicator, result)
    return {
        "code": row["commune_code"],
        "href": commune_link(view, row["commune_code"]),
        "name": view.name(row["commune_code"]),
        "service": view.result_label(Sector(row["sector"]).value),
        "rank": int(row["rank"]),
        "level": t.label(dict(rules.levels[int(row["rank"]) - 1].labels)),
        "reason": t("face.reason", indicator=view.result_label(indicator), figure=figure),
        "since": t("alerts.new") if row["is_new"] else t.month(row["since"]),
    }
