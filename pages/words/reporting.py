"""Who has reported: which services each commune sent figures of, month by month; what is only carried on is not reported."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np
import pandas as pd

from pages.figures.figures import Figures
from pages.words.view import View

SHOWN_MONTHS = 6


def list_reports(view: View) -> dict[str, object]:
    """The newest months as headings, one row a commune that sent anything, how many sent nothing; empty rows where nobody did."""
    figures, t = view.figures, view.t
    months = figures.months[-SHOWN_MONTHS:]
    sheets = [sheet for sheet in figures.definition_set.sheets if any(v.monthly for v in sheet.variables)]
    sent = np.array([_sent(figures, [v.id for v in sheet.variables], months).loc[view.codes] for sheet in sheets])
    codes = [(code, at) for at, code in enumerate(view.codes) if sent[:, at].any()]
    labels, comma = [t.label(sheet.labels) for sheet in sheets], t("sign.comma")
    rows = [
        {
            "name": view.name(code),
            "months": [comma.join(compress(labels, sent[:, at, month])) for month in range(len(months))],
        }
        for code, at in sorted(codes, key=lambda found: view.name(found[0]))
    ]
    return {"months": [t.month(m) for m in months], "rows": rows, "silent": len(view.codes) - len(codes)}


def _sent(figures: Figures, variables: Sequence[str], months: Sequence[pd.Timestamp]) -> pd.DataFrame:
    """Whether a commune sent any of some variables for a month, communes × months."""
    panel = figures.assessment.panel
    shape = (len(panel.commune_codes), len(panel.months))
    known = np.zeros(shape, dtype=bool)
    for name in variables:
        column = panel[name]
        known |= (~np.isnan(column.value) & (np.nan_to_num(column.age_months) == 0)).reshape(shape)
    table = pd.DataFrame(known, index=list(panel.commune_codes), columns=list(panel.months))
    return table[list(months)]
