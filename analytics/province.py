"""Indicators that describe the province as a whole, by the same formulas as those of a commune (method note 1.2, HEA05)."""

from __future__ import annotations

import pandas as pd

from analytics.assessment import Assessment, assess_indicators, prepare_panel
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.model import Definitions
from analytics.panel import build_panel


def assess_province(
    totals: pd.DataFrame, month: pd.Timestamp, definitions: Definitions, assumptions: Assumptions = DEFAULTS
) -> pd.DataFrame:
    """Results of the province's own indicators in a month, one row an indicator, indexed by id.

    Args:
        totals: figures of one territory as observations (``commune_code, reference_date, variable, value, status,
            provenance, reliability``); each is held until a newer one is known, whatever its age.

    Returns:
        The columns of ``Assessment.frame``; no row when no indicator describes the province.
    """
    territory = tuple(totals["commune_code"].unique())
    held = frozenset(totals["variable"])
    panel = prepare_panel(build_panel(totals, territory, (month,), held), definitions, assumptions)
    results = assess_indicators(panel, definitions.province_indicators.values(), definitions, assumptions)
    assessment = Assessment(panel, results)
    if not results:
        return pd.DataFrame()
    return assessment.frame().set_index("indicator_id", drop=False)
