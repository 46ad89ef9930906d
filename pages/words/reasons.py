"""Why a service of a commune is under pressure, in words: people who moved, capacity lost, the rest, each with its interval."""

from __future__ import annotations

import math

import pandas as pd

from analytics.reasons import PARTS
from data.i18n import NO_VALUE
from pages.words.view import View

LEAST_SHOWN = 0.005


def reason_rows(view: View, commune: str) -> list[dict[str, str]]:
    """One row an indicator that counts: its figure, and the three parts that sum to it; one without a figure is left out."""
    parts = view.figures.reasons(view.chosen.month).loc[commune]
    indicators = view.figures.definitions.indicators
    ordered = [parts.loc[name] for name in indicators if name in parts.index and not math.isnan(parts.at[name, "people"])]
    return [_row(view, row) for row in ordered]


def _row(view: View, row: pd.Series) -> dict[str, str]:
    indicator = view.figures.definitions.indicators[row["indicator_id"]]
    return {
        "service": view.t.label(view.figures.definitions.sector_labels[indicator.sector]),
        "label": view.t.label(indicator.labels),
        "figure": _write(view, row, row["figure"]),
        **{part: _part(view, row, part) for part in PARTS},
    }


def _part(view: View, row: pd.Series, part: str) -> str:
    """A part and its interval; a dash where it adds nothing at all."""
    value, low, high = row[part], row[f"{part}_low"], row[f"{part}_high"]
    if max(abs(value), abs(low), abs(high)) < LEAST_SHOWN:
        return NO_VALUE
    ends = {"low": _number(view, row, low), "high": _number(view, row, high)}
    return f"{_number(view, row, value)} ({view.t('certainty.between', **ends)})"


def _write(view: View, row: pd.Series, value: float) -> str:
    indicator = view.figures.definitions.indicators[row["indicator_id"]]
    if indicator.goalposts:
        return view.t.quantity(value, indicator.unit, indicator.decimals)
    return view.t("pressure.times", times=view.t.number(value, 2))


def _number(view: View, row: pd.Series, value: float) -> str:
    indicator = view.figures.definitions.indicators[row["indicator_id"]]
    return view.t.number(value, indicator.decimals if indicator.goalposts else 2)
