"""How each commune is drawn and what it says on hover."""

from __future__ import annotations

import pandas as pd

from analytics.summary import legend_rows
from geo.map_styles import CommuneStyle
from pages.words.commune_on_map import write_figure, write_kind
from pages.words.sources import date_result
from pages.words.view import View


def style_communes(view: View, results: pd.DataFrame) -> dict[str, CommuneStyle]:
    """The legend row of each commune, and its class, figure, kind and date in words."""
    rows, dated = (
        legend_rows(results).values(),
        date_result(view, next(iter(results["indicator_id"]), view.chosen.indicator)),
    )
    return {
        row.commune_code: CommuneStyle(
            legend_row, view.describe_class(row), write_figure(view, row), write_kind(view, row, dated)
        )
        for row, legend_row in zip(results.itertuples(), rows, strict=True)
    }
