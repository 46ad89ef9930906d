"""The parts of the baseline by commune, kept with the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.baseline import class_of_part, score_parts
from analytics.model import ResultStatus
from analytics.pressure import MAXIMUM_SCORE
from pages.figures.figures import Figures

_ENDS = ("severity_class_low", "severity_class_high")


def read_baseline_parts(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """Each part of each commune that it concerns, by commune and part: ``value, score``, the class with ``severity_class_low`` and
    ``severity_class_high`` at both ends of what the census withholds, ``status, known_share, provenance``.

    Empty where the definitions know no baseline.
    """
    return figures.keep("baseline parts", month, lambda: _build(figures, month))


def _build(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    rules, panel = figures.definitions.baseline, figures.assessment.panel.of_month(month)
    columns = ("value", "score", "severity_class", *_ENDS, "status", "known_share", "provenance")
    if rules is None:
        return pd.DataFrame(columns=list(columns), index=pd.MultiIndex.from_arrays([[], []]))
    tables = []
    for scored in score_parts(panel, rules):
        low, high = (class_of_part(scored.at(end)) for end in (0.0, MAXIMUM_SCORE))
        known = ~np.isnan(scored.score)
        table = pd.DataFrame(
            {
                "commune_code": np.asarray(panel.commune_codes, dtype=object),
                "part_id": scored.part.id,
                "value": scored.value,
                "score": scored.score,
                "severity_class": pd.array(np.where(known & (low == high), low, np.nan), dtype="Int8"),
                "severity_class_low": pd.array(low, dtype="Int8"),
                "severity_class_high": pd.array(high, dtype="Int8"),
                "status": np.where(known & (low == high), ResultStatus.ASSESSED, ResultStatus.PARTIAL),
                "known_share": scored.known_share,
                "provenance": scored.kind,
            }
        )
        tables.append(table[scored.applies])
    return pd.concat(tables).set_index(["commune_code", "part_id"]).sort_index()
