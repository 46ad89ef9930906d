"""What a scenario leads to: the finding in a sentence, the communes that break and when."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.projection import Projection
from analytics.scenario import Scenario
from pages.html import fill
from pages.widgets.clickable import render_clickable
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen
from pages.words.first_breaks import ROWS_SHOWN, break_row, find_breaks, state_finding
from pages.words.partial import write_coverage
from pages.words.scenario import ScenarioChoice
from pages.words.shock import state_own_breaks, state_shock
from pages.words.titles import mark_title


def render_nothing_to_project(screen: Screen) -> None:
    """What to do where no commune has a figure that a scenario can move."""
    st.info(screen.t("scenario.no_figures"))
    screen.link("data", screen.t("screen.data"), ":material/upload_file:")


def render_title(screen: Screen, choice: ScenarioChoice, mine: Projection) -> pd.DataFrame:
    """The finding as the title; returns the communes that break, those of the chosen territory."""
    breaks = screen.keep("breaks", lambda: find_breaks(screen, mine), mine.scenario)
    finding = state_finding(screen, choice.scenario, mine, breaks)
    st.title(plain_markdown(mark_title(screen, finding, screen.t("title.from", month=screen.t.month(mine.observed)))))
    if mine.shock is not None:
        st.markdown(plain_markdown(state_own_breaks(screen, choice.scenario, mine, breaks)))
    st.caption(screen.t("scenario.lead", month=screen.t.month(mine.observed)))
    if coverage := write_coverage(screen, mine.observed):
        st.caption(coverage)
    return breaks


def render_title_without_figures(screen: Screen, choice: ScenarioChoice, mine: Projection) -> None:
    """The title where no service can be projected: of an earthquake, what measured figures alone say."""
    if mine.shock is None:
        st.title(screen.t("scenario.title"))
        return
    st.title(plain_markdown(state_shock(screen, choice.scenario, mine.shock)))
    st.markdown(screen.t("shock.own_breaks_unknown"))


def render_breaks(screen: Screen, scenario: Scenario, breaks: pd.DataFrame) -> None:
    """The table of communes that break, the newly broken ones first."""
    t = screen.t
    if breaks.empty:
        st.info(t("scenario.no_break"))
        return
    st.caption(t("scenario.breaks_lead", count=int(breaks["is_broken_already"].sum())))
    html = screen.keep("scenario-breaks", lambda: _fill_breaks(screen, breaks), scenario)
    screen.open_commune(render_clickable(html, key="scenario-breaks"))


def _fill_breaks(screen: Screen, breaks: pd.DataFrame) -> Markup:
    shown = breaks.head(ROWS_SHOWN)
    rows = [break_row(screen, row) for _, row in shown.iterrows()]
    return fill("scenario_breaks", screen.t, rows=rows, left_out=len(breaks) - len(shown))
