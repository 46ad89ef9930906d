"""A scenario applied to a panel: columns change, the ordinary assessment computes.

Rules, in the order in which they act on a panel whose first month is the first one of the horizon:

1. Displaced people: those hosted today leave by the scenario's preset, given how long they had been displaced; percentages,
   arrivals and departures follow. What depends on them (displaced pupils, visits, requests, households, and the totals that
   contain them) moves with them at the ratio of the last observed month, the province's where a commune hosted nobody.
2. Capacity by percentage, then by units.
3. A shock takes public buildings out of use from its month to the end of the horizon (no repair is assumed). The people it
   displaces stay in their own commune: they are residents already, so that they are counted apart and demand nothing twice.
4. Seasons, each month against the season of the last observed one.
5. Requests that the clerks cannot serve beyond what they leave today join the backlog.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.demand import UNKNOWN_SHARE_COUNTED
from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, Provenance, Status
from analytics.panel import Column, Panel
from analytics.ratios import norm_values
from analytics.scenario import CapacityChange, PeopleChange, Scenario, ScenarioError, ScenarioSetting, check_scenario
from analytics.shock import PUBLIC_BUILDINGS, share_displaced, shock_intensity

HOSTED = "displaced_persons"
COUNTED_PCT = "displaced_counted_in_census_pct"
# People displaced by a shock inside their own commune; a column that no indicator reads.
DISPLACED_WITHIN = "displaced_within_commune"

# What depends on displaced persons, and the total that contains it.
DEPENDENT: Mapping[str, str | None] = {
    "displaced_households": None,
    "displaced_pupils_primary": "pupils_primary",
    "displaced_pupils_college": "pupils_college",
    "displaced_pupils_lycee": "pupils_lycee",
    "displaced_outpatient_visits": "outpatient_visits",
    "displaced_registry_requests": "registry_requests",
}
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
        bound: ``low``, ``central`` or ``high``: which return curve and which fragility.

    Raises:
        ScenarioError: a change that cannot be, with the nearest feasible choice in its values.
    """
    check_scenario(scenario, setting)
    if scenario.changes_nothing:
        return panel
    work = _Work(panel, scenario, setting, bound)
    for step in (_move_people, _change_capacity, _strike, _follow_seasons, _let_backlog_grow):
        step(work)
    return work.finished()


class _Work:
    """The tables being changed, communes × months, by variable; a table is taken from the panel when it is first asked for."""

    def __init__(self, panel: Panel, scenario: Scenario, setting: ScenarioSetting, bound: str) -> None:
        self.panel, self.scenario, self.setting, self.bound = panel, scenario, setting, bound
        self.shape = (len(panel.commune_codes), len(panel.months))
        self.ahead = np.arange(1, self.shape[1] + 1)
        self.tables: dict[str, np.ndarray] = {}

    def before(self, name: str) -> np.ndarray:
        """A variable of the panel as it was."""
        return self.panel[name].value.reshape(self.shape)

    def __getitem__(self, name: str) -> np.ndarray:
        return self.tables.get(name, self.before(name))

    def active(self, first: int, last: int | None, calendar: tuple[int, ...] = ()) -> np.ndarray:
        """Which months a change holds in."""
        inside = (self.ahead >= first) & (self.ahead <= (last or self.shape[1]))
        of_year = np.array([month.month for month in self.panel.months])
        return inside & np.isin(of_year, calendar) if calendar else inside

    def inside(self, where: str) -> np.ndarray:
        """Which communes a place holds."""
        return self.setting.in_place(where, self.panel.commune_codes)

    def finished(self) -> Panel:
        """The panel with every changed table as a column that says it is an estimate."""
        return self.panel.with_columns({name: _changed(self.panel[name], t.ravel()) for name, t in self.tables.items()})


def _changed(column: Column, value: np.ndarray) -> Column:
    """A column with new values: estimates where they differ, no firmer than what they rest on."""
    differs = ~np.isnan(value) & (np.isnan(column.value) | (value != column.value))
    absent = differs & np.isnan(column.value)
    status = np.where(absent, _STATUS[Status.ESTIMATED], np.maximum(column.status, _STATUS[Status.ESTIMATED] * differs))
    provenance = np.where(differs, np.maximum(column.provenance, _ESTIMATE), column.provenance)
    reliability = np.where(absent, _LAST_GRADE, column.reliability)
    age = np.where(absent, 0.0, column.age_months)
    return Column(value, status.astype(np.int8), provenance.astype(np.int8), reliability.astype(np.int8), age)


_STATUS = {status: rank for rank, status in enumerate(Status)}
_ESTIMATE = PROVENANCE_ORDER.index(Provenance.ESTIMATE)
_LAST_GRADE = len(RELIABILITY_ORDER) - 1


def stay_curves(setting: ScenarioSetting, preset: str, age: float, ahead: np.ndarray) -> dict[str, np.ndarray]:
    """Share (0–1) of a stock still there after ``ahead`` months, given that it had been displaced for ``age`` months.

    ``central`` by the preset; ``low`` and ``high`` the least and the most among the preset and its neighbours, one faster and
    one slower. Without a preset the stock stays.
    """
    if not preset:
        return {bound: np.ones(len(ahead)) for bound in BOUNDS}
    names = list(setting.presets)
    place = names.index(preset)
    near = names[max(0, place - 1) : place + 2]
    curves = np.array([_conditional(setting, name, age, ahead) for name in near])
    return {LOW: curves.min(axis=0), CENTRAL: curves[near.index(preset)], HIGH: curves.max(axis=0)}


def _conditional(setting: ScenarioSetting, preset: str, age: float, ahead: np.ndarray) -> np.ndarray:
    curve = setting.presets[preset]
    started = curve.share_left(np.array([age]))[0]
    return curve.share_left(age + np.maximum(ahead, 0)) / started if started > 0 else np.zeros(len(ahead))


def _move_people(work: _Work) -> None:
    if not (work.scenario.people or work.scenario.returns):
        return
    before = work.before(HOSTED)
    stay = stay_curves(work.setting, work.scenario.returns, work.setting.months_since_event, work.ahead)[work.bound]
    stock = before * stay
    arrived = np.zeros(work.shape)
    for change in work.scenario.people:
        where, active = work.inside(change.where), work.active(change.first_month, change.last_month)
        both = where[:, None] & active[None, :]
        grown = np.where(both, stock * change.percent / _PERCENT, 0.0)
        arrived += np.maximum(grown, 0.0)
        stock = stock + grown
        if change.persons < 0:
            stock = _leave(work, stock, change, where, active)
        elif change.persons > 0:
            came = _arrive(work, change, where, active)
            arrived, stock = arrived + came, stock + came
    work.tables[HOSTED] = stock
    _recount(work, before, stock, arrived)
    for name, total in DEPENDENT.items():
        _follow_people(work, name, total, stock - before)


def _leave(work: _Work, stock: np.ndarray, change: PeopleChange, where: np.ndarray, active: np.ndarray) -> np.ndarray:
    """Departures are a share of the stock of the first month, taken from every month of the change."""
    there = float(np.nansum(stock[where, np.argmax(active)]))
    if -change.persons > there and work.bound == CENTRAL:
        raise ScenarioError("scenario.people_negative", asked=change.persons, place=change.where, nearest=-np.floor(there))
    share = min(1.0, -change.persons / there) if there > 0 else 0.0
    return np.where(where[:, None] & active[None, :], stock * (1 - share), stock)


def _arrive(work: _Work, change: PeopleChange, where: np.ndarray, active: np.ndarray) -> np.ndarray:
    """Arrivals shared out over the place, fading from the month after they came."""
    weights = _weights(work, where, work.before(HOSTED)[:, 0])
    since = work.ahead - change.first_month
    stay = stay_curves(work.setting, work.scenario.returns, 0.0, since)[work.bound]
    return change.persons * weights[:, None] * (stay * active)[None, :]


def _weights(work: _Work, where: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Shares of a place's communes: by a quantity, by residents where it is nothing, equal where these are not known."""
    for quantity in (by, work.before("population")[:, 0], np.ones(len(where))):
        share = np.where(where, np.nan_to_num(quantity), 0.0)
        if share.sum() > 0:
            return share / share.sum()
    raise AssertionError("a place holds at least one commune")


def _recount(work: _Work, before: np.ndarray, stock: np.ndarray, arrived: np.ndarray) -> None:
    """Who arrives after the census was not counted by it: the counted share falls with arrivals and stays otherwise."""
    share = np.nan_to_num(work.before(COUNTED_PCT), nan=UNKNOWN_SHARE_COUNTED * _PERCENT)
    with np.errstate(invalid="ignore", divide="ignore"):
        diluted = share * (stock - arrived) / stock
    table = np.where((arrived > 0) & (stock > 0), np.clip(diluted, 0.0, _PERCENT), work.before(COUNTED_PCT))
    if (arrived > 0).any():
        work.tables[COUNTED_PCT] = table


def _follow_people(work: _Work, name: str, total: str | None, difference: np.ndarray) -> None:
    """Move what depends on displaced persons, and the total that contains it, by the ratio of the baseline."""
    part, hosted = work.before(name), work.before(HOSTED)
    known = ~np.isnan(part) & ~np.isnan(hosted)
    with np.errstate(invalid="ignore", divide="ignore"):
        of_province = np.where(known, part, 0.0).sum(axis=0) / np.where(known, hosted, 0.0).sum(axis=0)
        ratio = np.where(known & (hosted > 0), part / hosted, np.nan_to_num(of_province, posinf=0.0)[None, :])
    moved = ratio * difference
    work.tables[name] = np.maximum(0.0, part + moved)
    if total is not None:
        work.tables[total] = np.where(np.isnan(moved), work.before(total), np.maximum(0.0, work.before(total) + moved))


def _change_capacity(work: _Work) -> None:
    for change in work.scenario.capacity:
        where = work.inside(change.where)
        both = where[:, None] & work.active(change.first_month, change.last_month, change.calendar_months)[None, :]
        for variable in change.variables:
            changed = np.where(both, work[variable] * (1 + change.percent / _PERCENT), work[variable])
            work.tables[variable] = np.where(both, _with_units(work, change, variable, where, changed), changed)


def _with_units(work: _Work, change: CapacityChange, variable: str, where: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Units added by what is there in the first month, or taken from each month by what is there; days are each commune's."""
    if change.units == 0:
        return there
    of_place = np.nansum(there[where], axis=0)
    least = float(np.nanmin(there[where]) if variable in DAYS else of_place[work.active(change.first_month, None)].min())
    if -change.units > least:
        values = {"variable": variable, "place": change.where, "available": least}
        raise ScenarioError("scenario.capacity_negative", asked=change.units, nearest=-np.floor(least), **values)
    if variable in DAYS:
        return there + change.units
    if change.units < 0:
        return there * (1 + change.units / np.where(of_place > 0, of_place, 1.0))[None, :]
    return there + change.units * _weights(work, where, there[:, 0])[:, None]


def _strike(work: _Work) -> None:
    shock = work.scenario.shock
    if shock is None:
        return
    model = work.setting.shock_model
    centroids = _centroids(work.panel, work.setting)
    intensity = shock_intensity(shock, centroids, model.equation)
    after = (work.ahead >= shock.month)[None, :]
    unusable = model.fragility.unusable_share(PUBLIC_BUILDINGS, intensity, work.bound)[:, None]
    for variable in BUILDINGS:
        work.tables[variable] = work[variable] * np.where(after, 1 - unusable, 1.0)
    people = share_displaced(work.panel, intensity, model.fragility, work.bound)[:, None] * work.before("population")
    stay = stay_curves(work.setting, work.scenario.returns, 0.0, work.ahead - shock.month)[work.bound]
    work.tables[DISPLACED_WITHIN] = people * np.where(after, stay[None, :], 0.0)


def _centroids(panel: Panel, setting: ScenarioSetting) -> np.ndarray:
    return np.array([setting.centroids.get(code, (np.nan, np.nan)) for code in panel.commune_codes])


def _follow_seasons(work: _Work) -> None:
    """Each month against the season of the last observed one; the displaced part moves with its total."""
    last = work.panel.months[0] - pd.DateOffset(months=1)
    parts = {total: part for part, total in DEPENDENT.items() if total}
    for season in work.scenario.season:
        factor = np.array([season.of(month.month) for month in work.panel.months]) / season.of(last.month)
        for name in (season.variable, parts.get(season.variable, "")):
            if name:
                work.tables[name] = work[name] * factor[None, :]


def _let_backlog_grow(work: _Work) -> None:
    """Requests beyond what is coped with today wait; what is coped with today is what keeps today's backlog where it is."""
    if not any(name in work.tables for name in _BACKLOG):
        return
    norm = norm_values(work.setting.definitions.norms, work.panel)("requests_per_agent_day").reshape(work.shape)
    backlog = work.before("registry_backlog")
    today = _unserved(work.before, norm)
    coped_with = np.where(backlog > 0, today, np.maximum(today, 0.0))
    extra = _unserved(work.__getitem__, norm) - coped_with
    waiting = backlog[:, 0]
    table = np.empty(work.shape)
    for month in range(work.shape[1]):
        waiting = np.maximum(0.0, waiting + extra[:, month])
        table[:, month] = waiting
    work.tables["registry_backlog"] = np.where(np.isnan(table), backlog, table)


def _unserved(of: Callable[[str], np.ndarray], norm: np.ndarray) -> np.ndarray:
    requests, clerks, days = (of(name) for name in _BACKLOG)
    return requests - clerks * days * norm


@dataclass(frozen=True, slots=True)
class ShockEffects:
    """What a shock does to each commune: intensity, share of public buildings unusable and people displaced, by bound."""

    commune_codes: tuple[str, ...]
    intensity: np.ndarray
    unusable: Mapping[str, np.ndarray]
    displaced: Mapping[str, np.ndarray]


def shock_effects(panel: Panel, scenario: Scenario, setting: ScenarioSetting) -> ShockEffects:
    """The effects of a scenario's shock in the month it strikes.

    Raises:
        ScenarioError: the scenario has no shock, or an impossible one.
    """
    if scenario.shock is None:
        raise ScenarioError("scenario.no_shock", asked=scenario.id, nearest="")
    check_scenario(scenario, setting)
    model = setting.shock_model
    centroids = _centroids(panel, setting)
    intensity = shock_intensity(scenario.shock, centroids, model.equation)
    people = panel["population"].value[:: len(panel.months)]
    return ShockEffects(
        commune_codes=panel.commune_codes,
        intensity=intensity,
        unusable={b: model.fragility.unusable_share(PUBLIC_BUILDINGS, intensity, b) for b in BOUNDS},
        displaced={b: share_displaced(panel, intensity, model.fragility, b) * people for b in BOUNDS},
    )
