"""Two dates as a picture that leaves the screen: both maps under one legend, with what changed as title."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.provenance import least_firm
from pages.print.charts.canvas import Words
from pages.print.charts.maps import draw_beside
from pages.print.charts.words import write_source
from pages.words.sources import cite
from pages.words.view import View


def draw_dates(view: View, finding: str, frames: Sequence[pd.DataFrame], names: Sequence[str], form: str) -> bytes:
    """The chosen result at both dates.

    Args:
        finding: what changed from the first to the second.
        frames: results by commune code, the earlier date first.
        names: what each map is called.
    """
    indicator, latest = view.chosen.indicator, frames[1]
    source = write_source(
        view,
        cite(view, [indicator], latest.index),
        least_firm(latest["provenance"]),
        f"{view.figures.attribution}.",
    )
    return draw_beside(view, list(frames), list(names), Words(finding, view.result_label(indicator), source), form)
