"""Where a scenario breaks first and when, in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.first_breaks import first_breaks
from analytics.projection import Projection
from analytics.scenario import Scenario, moved_indicators
from pages.words.coverage import add_coverage, coverage_ahead
from pages.words.links import commune_link
from pages.words.scenario import label
from pages.words.shock import state_shock
from pages.words.view import View

ROWS_SHOWN = 10


def has_figures(view: View, mine: Projection) -> bool:
    """Whether a single commune has a figure that a scenario can move."""
    ids = _moved(view)
    return any(not np.isnan(mine.table(i, "score")).all() for i in ids)


def _moved(view: View) -> list[str]:
    """Ids of the indicators that a scenario moves."""
    definitions = view.figures.definitions
    return [i.id for sector in view.figures.services for i in moved_indicators(definitions, sector)]


def find_breaks(view: View, mine: Projection) -> pd.DataFrame:
    """The communes of the chosen territory that break, on any indicator that a scenario moves."""
    ids = _moved(view)
    breaks = first_breaks(mine, ids, view.figures.assessment)
    return breaks[breaks["commune_code"].isin(view.codes)]


def state_finding(view: View, scenario: Scenario, mine: Projection, breaks: pd.DataFrame) -> str:
    """How many communes more break under a scenario, the first of them and when; of an earthquake, its own effect."""
    t = view.t
    if mine.shock is not None:
        return state_shock(view, scenario, mine.shock)
    new = breaks[~breaks["is_broken_already"]]
    coverage = coverage_ahead(mine, _moved(view), view.codes)
    values = {"scenario": label(view, scenario), "month": t.month(mine.months[-1])}
    if new.empty:
        return add_coverage(t, t("scenario.finding_none", **values), coverage)
    first = new.iloc[0]
    values |= {"name": view.name(first["commune_code"]), "first": t.month(first["month"])}
    return add_coverage(t, t("scenario.finding", count=len(new), **values), coverage)


def count_breaks(breaks: pd.DataFrame) -> dict[str, int]:
    """How many communes have broken already, and how many more will by the end."""
    already = int(breaks["is_broken_already"].sum())
    return {"already": already, "more": len(breaks) - already}


def break_row(view: View, row: pd.Series) -> dict[str, str]:
    """One commune that breaks, in the reader's words."""
    t, definitions = view.t, view.figures.definitions
    indicator = definitions.indicators[row.indicator_id]
    people = t("scenario.above", people=t.quantity(row.people_above_norm, indicator.people))
    return {
        "code": row.commune_code,
        "href": commune_link(view, row.commune_code),
        "name": view.name(row.commune_code),
        "service": t.label(definitions.sector_labels[indicator.sector]),
        "why": t.label(indicator.labels),
        "when": t("scenario.already") if row.is_broken_already else t.month(row.month),
        "range": "" if row.is_broken_already else _between(view, row.earliest, row.latest),
        "pressure": view.figure_against_norm(row.indicator_id, row),
        "people": people,
    }


def _between(view: View, earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    t = view.t
    if pd.isna(latest):
        return t("scenario.not_before", earliest=t.short_month(earliest))
    if earliest == latest:
        return t("scenario.sure")
    return t("scenario.between", earliest=t.short_month(earliest), latest=t.short_month(latest))
