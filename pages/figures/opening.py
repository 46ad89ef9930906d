"""What a screen opens on: the month and the result of an assessment that show most."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment

if TYPE_CHECKING:
    from pages.figures.figures import Figures


def first_month(assessment: Assessment) -> pd.Timestamp:
    """The latest month in which the index is known for half as many communes as in its fullest month, so that one early workbook
    empties nobody's first map."""
    known = _is_known(assessment, COMPOSITE_ID).sum(axis=0)
    return assessment.panel.months[int(np.flatnonzero(known * 2 >= known.max())[-1])]


def clearest_result(figures: Figures, month: pd.Timestamp, codes: Collection[str], variables: Collection[str]) -> str:
    """What shows these communes' figures best in a month: the index where it is known for one of them, otherwise the
    indicator resting on these variables that is known for most of them; the index when there is none."""
    resting = [i.id for i in figures.definitions.indicators.values() if i.has_pressure and set(i.variables) & set(variables)]
    assessment = figures.assessment
    position = assessment.panel.months.index(month)
    rows = [code in codes for code in assessment.panel.commune_codes]

    def known(result_id: str) -> int:
        return int(_is_known(assessment, result_id)[rows, position].sum())

    return COMPOSITE_ID if known(COMPOSITE_ID) else max((COMPOSITE_ID, *resting), key=known)


def _is_known(assessment: Assessment, result_id: str) -> np.ndarray:
    """Whether a result has a score, communes down and months across."""
    return ~np.isnan(assessment.results[result_id].score).reshape(-1, len(assessment.panel.months))
