"""The short message (SMS) of a trigger in the reader's language."""

from __future__ import annotations

from typing import Any

import numpy as np

from analytics.model import Sector
from analytics.short_message import fit_message
from pages.words.view import View

SMS_LANGUAGES = ("fr", "ar")
SMS_WORDINGS = ("full", "brief")


def write_message(view: View, row: Any, language: str) -> str:
    """The SMS of one trigger: what, where, what to do, when, within which delay, how much; what does not fit is said in fewer
    words, or left out."""
    t, figures = view.t.into(language), view.figures
    rules = figures.definition_set.triggers
    rule = rules.levels[row.rank - 1]
    name = str(figures.communes.at[row.commune_code, "name_ar" if language == "ar" else "name_fr"])
    values = {
        "level": t.label(dict(rule.labels)),
        "name": name,
        "service": t.label(figures.definitions.sector_labels[Sector(row.sector)]),
        "month": f"{row.month:%m/%Y}",
        "action": t.label(dict(rule.short_actions)),
        "delay": t.label(dict(rule.delay)),
        "responsible": t.label(dict(rule.responsible)),
    }
    parts = ["head", "action", "month", "delay"]
    # The wait where it is what raises this level, then the pressure; each only where it is known.
    if row.indicator in rules.indicators and rules.indicators[row.indicator].thresholds is not None:
        parts.append("waiting")
        values["days"] = t.quantity(float(row.days_waiting), "working days")
    if not np.isnan(row.pressure):
        parts.append("pressure")
        values["times"] = t.number(float(row.pressure), 1)
    wordings = [[t(f"sms.{wording}_{part}", **values) for part in (*parts, "by")] for wording in SMS_WORDINGS]
    return fit_message(wordings, language)
