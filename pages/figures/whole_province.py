"""Results of the indicators that describe the province as a whole, from its reference tables."""

from __future__ import annotations

import pandas as pd

from analytics.province import assess_province
from data.reference_files import read_province_observations
from pages.figures.figures import Figures


def read_province(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """One row an indicator of the province, indexed by id."""
    observed = read_province_observations(figures.province, figures.definitions)
    return assess_province(observed, month, figures.definitions, figures.assumptions)
