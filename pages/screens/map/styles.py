"""How each commune is drawn and what it says on hover."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.summary import legend_rows
from geo.map_styles import CommuneStyle, write_styles
from pages.words.certainty import write_interval
from pages.words.commune_on_map import write_figure, write_kind
from pages.words.sources import date_result
from pages.words.view import View


def write_month_styles(view: View) -> str:
    """The styles of the chosen result in the chosen month as the page is sent them, written once for all who look at the same,
    whichever commune they chose."""
    alike = replace(view, chosen=replace(view.chosen, commune="", card=""))
    knows = view.figures.has_intervals(view.chosen.month)
    return alike.keep("styles", lambda: write_styles(style_communes(alike, alike.month_results())), knows)


def style_communes(view: View, results: pd.DataFrame, *, is_observed: bool = True) -> dict[str, CommuneStyle]:
    """The legend row of each commune, and its class, figure, interval, kind and date in words.

    Args:
        is_observed: whether the results are those of the view's month, whose intervals are known; not those of a scenario.

    Intervals are said once they were computed, as they are for the newest month and where a card was opened: to draw them for each
    month that a slider passes takes over a second of the processor.
    """
    says_interval = is_observed and view.figures.has_intervals(view.chosen.month)
    rows, dated = (
        legend_rows(results).values(),
        date_result(view, next(iter(results["indicator_id"]), view.chosen.indicator)),
    )
    return {
        row.commune_code: CommuneStyle(
            legend_row, view.describe_class(row), _write_figure(view, row, says_interval), write_kind(view, row, dated)
        )
        for row, legend_row in zip(results.itertuples(), rows, strict=True)
    }


def _write_figure(view: View, row: Any, says_interval: bool) -> str:
    figure = write_figure(view, row)
    interval = write_interval(view, row.commune_code, row.indicator_id, says_unit=True) if says_interval and figure else ""
    return view.t("sign.between").join(part for part in (figure, interval) if part)
