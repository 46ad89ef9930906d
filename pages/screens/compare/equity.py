"""How evenly a service is shared: Gini, Theil within and between cercles, best and worst served."""

from __future__ import annotations

import streamlit as st

from analytics.equity import describe_spread
from analytics.summary import coverage_of
from pages.html import fill
from pages.widgets.screen import Screen


def render_equity(screen: Screen) -> None:
    """One row an indicator that weighs in the index: capacity at the norm per head of demand, weighted by that demand."""
    st.caption(screen.t("compare.equity_lead"))
    st.html(screen.keep("equity", lambda: fill("equity", screen.t, rows=_rows(screen))))


def _rows(screen: Screen) -> list[dict[str, object]]:
    t, figures = screen.t, screen.figures
    weighing = [
        i for i in figures.definitions.indicators.values() if i.weight > 0 and not i.goalposts and i.unit != "percent"
    ]
    rows: list[dict[str, object]] = []
    for indicator in weighing:
        results = screen.results_of(indicator.id)
        coverage = coverage_of(results)
        if coverage.share < figures.definitions.uncertainty.lowest_coverage:
            few = t("compare.too_few", known=coverage.known, concerned=coverage.concerned)
            rows.append({"label": screen.result_label(indicator.id), "few": few})
            continue
        spread = describe_spread(results, figures.communes["group_code"])
        rows.append(
            {
                "label": screen.result_label(indicator.id),
                "few": "",
                "gini": t.number(spread.gini, 3),
                "theil": t.number(spread.theil, 3),
                "between": t.percent(spread.between_share),
                "ratio": t.number(spread.quantile_ratio, 1),
                "high": t.percent(spread.people_in_high_class),
                "missing": spread.missing_count,
            }
        )
    return rows
