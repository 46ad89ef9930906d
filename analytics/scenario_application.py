"""A scenario applied to a panel: columns change, the ordinary assessment computes.

Rules, in the order in which they act on a panel whose first month is the first one of the horizon:

1. Displaced people: those hosted today leave by the scenario's preset, given how long they had been displaced; percentages,
   arrivals and departures follow. What depends on them (displaced pupils, visits, requests, households, and the totals that
   contain them) moves with them at the ratio of the last observed month, the province's where a commune hosted nobody.
2. Capacity by percentage, then by units.
3. A shock takes public buildings out of use from its month to the end of the horizon (no repair is assumed). The people it
   displaces stay in their own commune: they are residents already, so that they are counted apart and demand nothing twice.
4. Seasons, each month against the season of the last observed one.
5. Requests that the clerks cannot serve, beyond what is coped with today, join the backlog (``_let_backlog_grow``).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.bounds import CENTRAL
from analytics.capacity_factors import registry_pace
from analytics.panel import Panel
from analytics.ratios import norm_values
from analytics.scenario import CapacityChange, Scenario, ScenarioError, ScenarioSetting, check_scenario
from analytics.scenario_people import DEPENDENT, move_people, stay_curves
from analytics.scenario_work import ScenarioWork, shares_of_place
from analytics.shock_effects import ShockEffects, work_out

# People displaced by a shock inside their own commune; a column that no indicator reads.
DISPLACED_WITHIN = "displaced_within_commune"

BUILDINGS = (
    "classrooms_functional_primary",
    "classrooms_functional_college",
    "classrooms_functional_lycee",
    "primary_care_facilities_functional",
    "registry_offices",
)
DAYS = ("health_opening_days", "registry_opening_days")
_BACKLOG = ("registry_requests", "registry_agents_fte", "registry_opening_days")
_PERCENT = 100.0


def apply_scenario(panel: Panel, scenario: Scenario, setting: ScenarioSetting, bound: str = CENTRAL) -> Panel:
    """The panel as the scenario would have it; the same panel when the scenario changes nothing.

    Args:
        panel: its first month is month 1 of the scenario.
        bound: ``low``, ``central`` or ``high``: which return curve, and which end of a shock's effects; the central ones are
            those to be expected.

    Raises:
        ScenarioError: a change that cannot be, with the nearest feasible choice in its values.
    """
    check_scenario(scenario, setting)
    if scenario.changes_nothing:
        return panel
    work = ScenarioWork(panel, scenario, setting, bound)
    for step in (move_people, _change_capacity, _strike, _follow_seasons, _let_backlog_grow):
        step(work)
    return work.finished()


def _change_capacity(work: ScenarioWork) -> None:
    for change in work.scenario.capacity:
        where = work.inside(change.where)
        both = where[:, None] & work.active(change.first_month, change.last_month, change.calendar_months)[None, :]
        for variable in change.variables:
            changed = np.where(both, work[variable] * (1 + change.percent / _PERCENT), work[variable])
            work.tables[variable] = np.where(both, _with_units(work, change, variable, where, changed), changed)


def _with_units(
    work: ScenarioWork, change: CapacityChange, variable: str, where: np.ndarray, there: np.ndarray
) -> np.ndarray:
    """Units added by what is there in the first month, or taken from each month by what is there; days are each commune's."""
    if change.units == 0:
        return there
    of_place = np.nansum(there[where], axis=0)
    least = float(np.nanmin(there[where]) if variable in DAYS else of_place[work.active(change.first_month, None)].min())
    if -change.units > least:
        values = {"variable": variable, "place": change.where, "available": least}
        raise ScenarioError("scenario_error.capacity_negative", asked=change.units, nearest=-np.floor(least), **values)
    if variable in DAYS:
        return there + change.units
    if change.units < 0:
        return there * (1 + change.units / np.where(of_place > 0, of_place, 1.0))[None, :]
    return there + change.units * shares_of_place(work, where, there[:, 0])[:, None]


def _strike(work: ScenarioWork) -> None:
    shock = work.scenario.shock
    if shock is None:
        return
    effects = shock_effects(work.panel, work.scenario, work.setting)
    after = (work.ahead >= shock.month)[None, :]
    for variable in BUILDINGS:
        work.tables[variable] = work[variable] * np.where(after, 1 - effects.unusable[work.bound][:, None], 1.0)
    people = effects.displaced[work.bound][:, None]
    stay = stay_curves(work.setting, work.scenario.returns, 0.0, work.ahead - shock.month)[work.bound]
    work.tables[DISPLACED_WITHIN] = people * np.where(after, stay[None, :], 0.0)


def _centroids(panel: Panel, setting: ScenarioSetting) -> np.ndarray:
    return np.array([setting.centroids.get(code, (np.nan, np.nan)) for code in panel.commune_codes])


def _follow_seasons(work: ScenarioWork) -> None:
    """Each month against the season of the last observed one; the displaced part moves with its total."""
    last = work.panel.months[0] - pd.DateOffset(months=1)
    parts = {total: part for part, total in DEPENDENT.items() if total}
    for season in work.scenario.season:
        factor = np.array([season.of(month.month) for month in work.panel.months]) / season.of(last.month)
        for name in (season.variable, parts.get(season.variable, "")):
            if name:
                work.tables[name] = work[name] * factor[None, :]


def _let_backlog_grow(work: ScenarioWork) -> None:
    """Requests beyond what is coped with today wait.

    Without a season, what is coped with is whatever keeps today's backlog where it is. With one, the backlog lives by the year:
    the excess of an ordinary month is coped with as it is today, that of a full month waits, and spare hours clear it.
    """
    if not any(name in work.tables for name in _BACKLOG):
        return
    norm = _pace(work).reshape(work.shape)
    requests, clerks, days = (work.before(name) for name in _BACKLOG)
    capacity, backlog = clerks * days * norm, work.before("registry_backlog")
    seasons = [s for s in work.scenario.season if s.variable == _BACKLOG[0]]
    last = work.panel.months[0] - pd.DateOffset(months=1)
    ordinary = requests / np.prod([s.of(last.month) for s in seasons]) - capacity
    coped_with = np.where((backlog > 0) & (not seasons), ordinary, np.maximum(ordinary, 0.0))
    requests, clerks, days = (work[name] for name in _BACKLOG)
    extra = requests - clerks * days * norm - coped_with
    waiting = backlog[:, 0]
    table = np.empty(work.shape)
    for month in range(work.shape[1]):
        waiting = np.maximum(0.0, waiting + extra[:, month])
        table[:, month] = waiting
    work.tables["registry_backlog"] = np.where(np.isnan(table), backlog, table)


def _pace(work: ScenarioWork) -> np.ndarray:
    """Requests that a clerk handles in a day; one norm for all in sets kept from before their mix was known."""
    norms = work.setting.definitions.norms
    norm = norm_values(norms, work.panel)
    return norm("requests_per_agent_day") if "requests_per_agent_day" in norms else registry_pace(work.panel, norm).value


def shock_effects(panel: Panel, scenario: Scenario, setting: ScenarioSetting) -> ShockEffects:
    """The effects of a scenario's shock in the month it strikes.

    Raises:
        ScenarioError: the scenario has no shock, or an impossible one.
    """
    if scenario.shock is None:
        raise ScenarioError("scenario_error.no_shock", asked=scenario.id, nearest="")
    check_scenario(scenario, setting)
    return work_out(panel, scenario.shock, _centroids(panel, setting), setting.shock_model, setting.definitions.uncertainty)
