"""Displaced people of a commune over time, and the decay curve that fits them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pages.words.view import View

MONTHS_AHEAD = 12


def read_decay(view: View, commune: str) -> dict[str, pd.Series]:
    """What each curve of return would leave of the chosen month's stock in the months ahead, by label of the curve."""
    month, ahead = view.chosen.month, np.arange(MONTHS_AHEAD + 1, dtype=float)
    stock = view.figures.over_time("displaced_persons", commune).get(month, np.nan)
    months = pd.date_range(month, periods=MONTHS_AHEAD + 1, freq="MS")
    presets = view.figures.definition_set.presets.values()
    return {view.t.label(p.labels): pd.Series(stock * p.share_left(ahead), index=months) for p in presets}
