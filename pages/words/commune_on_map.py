"""What a commune on the map says: its figure with its unit, how far beyond the norm, how many people, of which kind and date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.summary import legend_rows
from pages.words.certainty import write_interval, write_probability
from pages.words.sources import date_result
from pages.words.view import View


def write_figure(view: View, row: Any) -> str:
    """The figure that gives the class, as it was counted, with its unit; then what it is to the norm, and people above it. A score
    where there is no such figure; empty where nothing is known."""
    if pd.isna(row.score):
        return ""
    indicator = view.figures.definitions.indicators.get(row.indicator_id)
    if indicator is None:
        return view.describe_score(row)
    against = [] if indicator.goalposts else [view.figure_against_norm(row.indicator_id, row)]
    figure = view.figure_of_known(indicator, row)
    counted = view.t("map.ratio", figure=figure) if indicator.unit == "ratio" else figure
    parts = [counted, *against, write_people(view, row)]
    return view.t("sign.between").join(part for part in parts if part)


def write_people(view: View, row: Any) -> str:
    """People above the norm of an indicator, and who they are; empty where it counts none."""
    indicator = view.figures.definitions.indicators.get(row.indicator_id)
    if indicator is None or pd.isna(row.gap_to_norm):
        return ""
    return view.t("map.above", number=view.t.quantity(row.gap_to_norm, indicator.people))


def write_kind(view: View, row: Any, dated: str = "") -> str:
    """Kind and own date of the figure; what lifts the class, or why it is not of the month that is shown. ``dated`` is when the result
    speaks of, where many communes are written of it; it is looked up otherwise."""
    when = view.describe_age(row) or dated or date_result(view, row.indicator_id)
    kind = view.t(f"provenance.{row.provenance}") if row.provenance else ""
    return view.t("sign.between").join(part for part in (view.describe_given(row), kind, when) if part)


def write_sure(view: View, commune: str, result_id: str) -> str:
    """The interval and the probability of a high class in words; empty where there is no class."""
    said = (write_interval(view, commune, result_id, says_unit=True), write_probability(view, commune, result_id))
    return view.t("sign.between").join(part for part in said if part)


def rows_by_month(view: View) -> list[dict[str, int | str]]:
    """For each month, the legend row of every commune of the territory in the chosen result: what the map draws of it."""
    chosen = view.chosen
    return [legend_rows(replace(view, chosen=replace(chosen, month=month)).month_results()) for month in view.figures.months]
