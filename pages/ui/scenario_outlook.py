"""What a scenario leads to: the finding in a sentence, the communes that break and when."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analytics.model import SECTORS
from analytics.projection import Projection, first_breaks
from analytics.scenario import Scenario, moved_indicators
from pages.ui.clickable import render_clickable
from pages.ui.html import fill
from pages.ui.rank_list import commune_link
from pages.ui.scenario_choice import ScenarioChoice, label
from pages.ui.screen import Screen

ROWS_SHOWN = 10


def can_project(screen: Screen, mine: Projection) -> bool:
    """Whether a single commune has a figure that a scenario can move; says what to do when none has."""
    if has_figures(screen, mine):
        return True
    st.info(screen.t("scenario.no_figures"))
    st.page_link(screen.pages["data"], label=screen.t("screen.data"), icon=":material/upload_file:")
    return False


def has_figures(screen: Screen, mine: Projection) -> bool:
    """Whether a single commune has a figure that a scenario can move."""
    definitions = screen.figures.definitions
    ids = [i.id for sector in SECTORS for i in moved_indicators(definitions, sector)]
    return any(not np.isnan(mine.table(i, "severity_class")).all() for i in ids)


def render_title(screen: Screen, choice: ScenarioChoice, mine: Projection) -> pd.DataFrame:
    """The finding as the title; returns the communes that break, those of the chosen territory."""
    breaks = find_breaks(screen, mine)
    st.title(state_finding(screen, choice.scenario, mine, breaks))
    st.caption(screen.t("scenario.lead", month=screen.t.month(mine.observed)))
    return breaks


def find_breaks(screen: Screen, mine: Projection) -> pd.DataFrame:
    """The communes of the chosen territory that break, on any indicator that a scenario moves."""
    definitions = screen.figures.definitions
    ids = [i.id for sector in SECTORS for i in moved_indicators(definitions, sector)]
    breaks = first_breaks(mine, ids, screen.figures.assessment)
    return breaks[breaks["commune_code"].isin(screen.codes)]


def state_finding(screen: Screen, scenario: Scenario, mine: Projection, breaks: pd.DataFrame) -> str:
    """How many communes more break under a scenario, the first of them and when."""
    t = screen.t
    new = breaks[~breaks["is_broken_already"]]
    values = {"scenario": label(screen, scenario), "month": t.month(mine.months[-1])}
    if new.empty:
        return t("scenario.finding_none", **values)
    first = new.iloc[0]
    values |= {"name": screen.name(first["commune_code"]), "first": t.month(first["month"])}
    return t("scenario.finding", count=len(new), **values)


def render_breaks(screen: Screen, breaks: pd.DataFrame) -> None:
    """The table of communes that break, the newly broken ones first."""
    t = screen.t
    if breaks.empty:
        st.info(t("scenario.no_break"))
        return
    st.caption(t("scenario.breaks_lead", count=int(breaks["is_broken_already"].sum())))
    shown = breaks.head(ROWS_SHOWN)
    rows = [break_row(screen, row) for _, row in shown.iterrows()]
    html = fill("scenario_breaks", t, rows=rows, left_out=len(breaks) - len(shown))
    screen.open_commune(render_clickable(html, key="scenario-breaks"))


def break_row(screen: Screen, row: pd.Series) -> dict[str, str]:
    """One commune that breaks, in the reader's words."""
    t, definitions = screen.t, screen.figures.definitions
    indicator = definitions.indicators[row.indicator_id]
    people = t("scenario.above", people=t.quantity(row.people_above_norm, indicator.people))
    return {
        "code": row.commune_code,
        "href": commune_link(screen, row.commune_code),
        "name": screen.name(row.commune_code),
        "service": t.label(definitions.sector_labels[indicator.sector]),
        "why": t.label(indicator.labels),
        "when": t("scenario.already") if row.is_broken_already else t.month(row.month),
        "range": "" if row.is_broken_already else _between(screen, row.earliest, row.latest),
        "pressure": screen.figure_against_norm(row.indicator_id, row),
        "people": people,
    }


def _between(screen: Screen, earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    t = screen.t
    if pd.isna(latest):
        return t("scenario.not_before", earliest=t.short_month(earliest))
    if earliest == latest:
        return t("scenario.sure")
    return t("scenario.between", earliest=t.short_month(earliest), latest=t.short_month(latest))
