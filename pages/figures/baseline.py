"""The parts of the baseline by commune, kept with the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.baseline import class_of_part, score_parts
from pages.figures.figures import Figures


def read_baseline_parts(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """Each part of each commune that it concerns, by commune and part: ``value, score, severity_class, known_share, provenance``.

    Empty where the definitions know no baseline.
    """
    return figures.keep("baseline parts", month, lambda: _build(figures, month))


def _build(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    rules, panel = figures.definitions.baseline, figures.assessment.panel.of_month(month)
    columns = ("value", "score", "severity_class", "known_share", "provenance")
    if rules is None:
        return pd.DataFrame(columns=list(columns), index=pd.MultiIndex.from_arrays([[], []]))
    tables = []
    for scored in score_parts(panel, rules):
        table = pd.DataFrame(
            {
                "commune_code": np.asarray(panel.commune_codes, dtype=object),
                "part_id": scored.part.id,
                "value": scored.value,
                "score": scored.score,
                "severity_class": pd.array(class_of_part(scored.score), dtype="Int8"),
                "known_share": scored.known_share,
                "provenance": scored.kind,
            }
        )
        tables.append(table[scored.applies])
    return pd.concat(tables).set_index(["commune_code", "part_id"]).sort_index()
