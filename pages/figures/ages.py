"""How old the monthly figures behind a result are, where the last month holds the latest known one of each commune."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.assumptions import Recency
from analytics.demand import PARTS
from pages.figures.figures import Figures


def read_age(figures: Figures, result_id: str, month: pd.Timestamp, commune_code: str) -> float:
    """Age in months of the oldest monthly figure behind a result of a commune; NaN where there is none, and in a month that holds
    its own figures only."""
    if figures.assumptions.known is Recency.STRICT or month != figures.months[-1]:
        return np.nan
    kept = figures.keep(f"age {result_id}", month, lambda: _ages(figures, result_id, month).to_frame("age"))
    return float(kept["age"].get(commune_code, np.nan))


def _ages(figures: Figures, result_id: str, month: pd.Timestamp) -> pd.Series:
    definitions, panel = figures.definitions, figures.assessment.panel.of_month(month)
    sectors = [s for s in definitions.services if result_id in (COMPOSITE_ID, s.value)]
    behind = [i for s in sectors for i in definitions.counting(s)]
    behind += [definitions.indicators[result_id]] if result_id in definitions.indicators else []
    monthly = {v.id for v in figures.definition_set.variables.values() if v.monthly}
    named = {part for i in behind for name in i.variables for part in (name, *PARTS.get(name, ()))}
    ages = [np.where(np.isnan(panel[n].value), np.nan, panel[n].age_months) for n in sorted(named & monthly)]
    return pd.Series(np.fmax.reduce(ages) if ages else np.full(panel.rows, np.nan), index=panel.commune_codes)
