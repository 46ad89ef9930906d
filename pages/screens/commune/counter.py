"""The civil-registry counter of a commune as a queue, in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analytics.registry_counter import MONTH_OF_WORK, describe_counter
from pages.widgets.fact_rows import FactRow
from pages.widgets.html import show
from pages.widgets.screen import Screen


def render_counter(screen: Screen, commune: str) -> None:
    """How busy it is, how long people wait, whether the backlog clears, which papers and clerks are missing."""
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    norm = figures.norm_values(month)
    counter = figures.keep("counter", month, lambda: describe_counter(figures.assessment.panel.of_month(month), norm))
    row = counter.loc[commune]
    if pd.isna(row["utilisation"]):
        st.info(t("counter.missing"))
        return
    provenance = figures.provenance("registry_requests", month, commune)
    st.caption(t("counter.lead"))
    facts = [
        FactRow(t("counter.requests"), t.number(row["requests_per_day"], 1), t("counter.requests_note"), provenance),
        FactRow(t("counter.capacity"), t.number(row["capacity_per_day"], 1), t("counter.capacity_note"), provenance),
        FactRow(t("counter.utilisation"), t.percent(row["utilisation"]), t("counter.utilisation_note"), provenance),
        FactRow(t("counter.backlog_days"), t.number(row["backlog_days"], 1), t("counter.backlog_note"), provenance),
        FactRow(t("counter.clearance"), _clearance(screen, row["clearance_days"]), t("counter.clearance_note"), provenance),
        FactRow(
            t("counter.in_a_month", days=MONTH_OF_WORK), t.number(row["backlog_in_a_month"], 0), t("counter.in_a_month_note"),
            provenance,
        ),
        *(_of_indicator(screen, commune, indicator) for indicator in ("CIV06", "CIV07")),
    ]  # fmt: skip
    show("fact_rows", t, rows=facts)


def _clearance(screen: Screen, days: float) -> str:
    """Days until nothing waits, or that it never ends at this pace."""
    return screen.t("counter.never") if np.isinf(days) else screen.t.number(days, 0)


def _of_indicator(screen: Screen, commune: str, indicator_id: str) -> FactRow:
    result = screen.figures.of_month(indicator_id, screen.chosen.month).loc[commune]
    definition = screen.figures.definitions.indicators[indicator_id]
    figure = screen.t.number(result["value"], definition.decimals)
    return FactRow(screen.result_label(indicator_id), figure, screen.t.label(definition.descriptions), result["provenance"])
