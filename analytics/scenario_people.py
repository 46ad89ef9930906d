"""Displaced people in a scenario: who leaves by the curve, who arrives, and what moves with them (``scenario_application``)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.demand import UNKNOWN_SHARE_COUNTED
from analytics.model import Definitions
from analytics.scenario import PeopleChange, ScenarioError, ScenarioSetting
from analytics.scenario_work import ScenarioWork, shares_of_place

HOSTED = "displaced_persons"
COUNTED_PCT = "displaced_counted_in_census_pct"

# What depends on displaced persons, and the total that contains it.
DEPENDENT: Mapping[str, str | None] = {
    "displaced_households": None,
    "displaced_pupils_primary": "pupils_primary",
    "displaced_pupils_college": "pupils_college",
    "displaced_pupils_lycee": "pupils_lycee",
    "displaced_outpatient_visits": "outpatient_visits",
    "displaced_registry_requests": "registry_requests",
}
_PERCENT = 100.0


def dependents(definitions: Definitions) -> dict[str, str | None]:
    """What depends on displaced persons, and the total that contains it: ``DEPENDENT``, and what indicators count of displaced
    people alone."""
    terms = [term for i in definitions.indicators.values() for term in i.terms if term.is_of_displaced_alone]
    return dict.fromkeys((t.demand for t in terms), None) | dict(DEPENDENT)


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


def move_people(work: ScenarioWork) -> None:
    """Move displaced persons, the share of them counted by the census, and all that depends on them."""
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
    for name, total in dependents(work.setting.definitions).items():
        _follow_people(work, name, total, stock - before)


def _leave(work: ScenarioWork, stock: np.ndarray, change: PeopleChange, where: np.ndarray, active: np.ndarray) -> np.ndarray:
    """Departures are a share of the stock of the first month, taken from every month of the change."""
    there = float(np.nansum(stock[where, np.argmax(active)]))
    if -change.persons > there and work.bound == CENTRAL:
        raise ScenarioError(
            "scenario_error.people_negative", asked=change.persons, place=change.where, nearest=-np.floor(there)
        )
    share = min(1.0, -change.persons / there) if there > 0 else 0.0
    return np.where(where[:, None] & active[None, :], stock * (1 - share), stock)


def _arrive(work: ScenarioWork, change: PeopleChange, where: np.ndarray, active: np.ndarray) -> np.ndarray:
    """Arrivals shared out over the place, fading from the month after they came."""
    weights = shares_of_place(work, where, work.before(HOSTED)[:, 0])
    since = work.ahead - change.first_month
    stay = stay_curves(work.setting, work.scenario.returns, 0.0, since)[work.bound]
    return change.persons * weights[:, None] * (stay * active)[None, :]


def _recount(work: ScenarioWork, before: np.ndarray, stock: np.ndarray, arrived: np.ndarray) -> None:
    """Who arrives after the census was not counted by it: the counted share falls with arrivals and stays otherwise."""
    share = np.nan_to_num(work.before(COUNTED_PCT), nan=UNKNOWN_SHARE_COUNTED * _PERCENT)
    with np.errstate(invalid="ignore", divide="ignore"):
        diluted = share * (stock - arrived) / stock
    table = np.where((arrived > 0) & (stock > 0), np.clip(diluted, 0.0, _PERCENT), work.before(COUNTED_PCT))
    if (arrived > 0).any():
        work.tables[COUNTED_PCT] = table


def _follow_people(work: ScenarioWork, name: str, total: str | None, difference: np.ndarray) -> None:
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
