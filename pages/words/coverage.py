"""Of how many communes a sentence over a territory speaks: every title that leaves some out says so."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analytics.projection import Projection
from analytics.summary import NOT_ASSESSED, Coverage, Total
from data.i18n import Translator


def add_coverage(t: Translator, finding: str, coverage: Coverage, share: str = "") -> str:
    """A finding with how many of the communes concerned are known, where not all are, and the share of the people who live there."""
    if not coverage.known or coverage.known >= coverage.concerned:
        return finding
    values = {"finding": finding, "known": coverage.known, "total": coverage.concerned}
    return t("finding.coverage_people", **values, share=share) if share else t("finding.coverage", **values)


def coverage_of_needs(rows: pd.DataFrame) -> Coverage:
    """Communes of a gap table of which all needs that concern them are known."""
    concerned = rows[~rows["status"].isin(NOT_ASSESSED)]
    known = concerned["missing_units"].notna().groupby(concerned["commune_code"]).all()
    return Coverage(int(known.sum()), len(known))


def coverage_of_total(total: Total) -> Coverage:
    """Communes that a total adds up."""
    return Coverage(total.count - total.missing_count, total.count)


def coverage_ahead(projection: Projection, result_ids: Iterable[str], codes: Iterable[str]) -> Coverage:
    """Communes of a territory of which some months ahead are known, on any of some results."""
    inside = np.isin(np.array(projection.commune_codes), list(codes))
    known = [~np.isnan(projection.table(i, "score")).all(axis=1) for i in result_ids]
    return Coverage(int(np.any(known, axis=0)[inside].sum()), int(inside.sum()))
