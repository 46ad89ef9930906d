"""How each commune is drawn and what it says on hover."""

from __future__ import annotations

import pandas as pd

from analytics.summary import legend_rows
from geo.map_styles import CommuneStyle
from pages.widgets.screen import Screen
from pages.words.commune_on_map import write_figure, write_kind


def style_communes(screen: Screen, results: pd.DataFrame) -> dict[str, CommuneStyle]:
    """The legend row of each commune, and its class, figure, kind and date in words."""
    rows = legend_rows(results).values()
    return {
        row.commune_code: CommuneStyle(
            legend_row, screen.describe_class(row), write_figure(screen, row), write_kind(screen, row)
        )
        for row, legend_row in zip(results.itertuples(), rows, strict=True)
    }
