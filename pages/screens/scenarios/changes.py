"""From one scenario to another in the month looked at: how many communes change class, where most, and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.projection import Projection
from pages.html import fill
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen
from pages.words import two_dates
from pages.words.scenario import ScenarioChoice, label
from pages.words.titles import mark_simulated


def render_changes(screen: Screen, choice: ScenarioChoice, mine: Projection, other: Projection | None) -> None:
    """The finding and the list of both maps; what they are compared with is today where no other scenario is chosen."""
    t, result, month = screen.t, screen.chosen.indicator, choice.month(mine)

    def build() -> pd.DataFrame:
        if other is not None:
            first = two_dates.state_of_projection(other, result, month)
        else:
            first = two_dates.state_of(screen.figures, result, mine.observed)
        return two_dates.compare_states(screen, first, two_dates.state_of_projection(mine, result, month))

    key = ("changes", result, month, mine.scenario, other and other.scenario)
    changes = screen.figures.cache.recent(key, build)
    names = {"first": label(screen, choice.other), "second": label(screen, choice.scenario), "month": t.month(month)}

    def write() -> tuple[str, Markup]:
        inside = changes.loc[screen.codes]
        finding = two_dates.state_changes(screen, inside, t("dates.between", **names))
        return finding, fill("two_dates", t, rows=two_dates.list_changes(screen, inside))

    finding, rows = screen.keep("scenario-changes", write, month, choice.scenario, choice.other)
    st.markdown(f"**{plain_markdown(mark_simulated(screen, finding))}**")
    st.html(rows)
