"""Titles that state the finding."""

from __future__ import annotations

import pandas as pd

from data.i18n import Translator
from pages.ui.screen import Screen

HIGH_CLASS = 4


def state_overview(screen: Screen, results: pd.DataFrame) -> str:
    """The finding of a territory in one month: how many communes are in high tension or breakdown."""
    t = screen.t
    assessed = int(results["severity_class"].notna().sum())
    if assessed == 0:
        return t("finding.nothing_assessed", result=screen.result_label(screen.chosen.indicator))
    high = int((results["severity_class"] >= HIGH_CLASS).sum())
    return t("finding.communes_high", count=high, assessed=assessed)


def state_commune(name: str, composite: pd.Series, worst_label: str, t: Translator) -> str:
    """The finding of a commune: its class, and the service that weighs most."""
    if pd.isna(composite["severity_class"]):
        return t("finding.commune_insufficient", name=name)
    return t(f"finding.commune_class_{int(composite['severity_class'])}", name=name, worst=worst_label)
