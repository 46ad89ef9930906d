"""What may happen, as named changes to a baseline; the scenario without a change is the baseline (method note 4.2).

A scenario is never a second model: ``analytics.scenario_application`` changes columns of a panel, and the ordinary assessment
computes. Months of a scenario count from 1, the month after the last observed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from analytics.assumptions import NormProfile
from analytics.capacity_factors import FACTORS
from analytics.displacement import DecayPreset
from analytics.model import Definitions, Indicator, Sector
from analytics.norms import NormStatus, Source
from analytics.shock import Shock, ShockModel

ALL = "all"
LONGEST_HORIZON = 36
SCALE = (1, 5)
MONTHS_A_YEAR = 12
RELATED_STAFF = ("doctors", "nurses", "midwives")
# Capacities are rooms, facilities, staff and days; other denominators of indicators are people or places of a census.
CAPACITIES = ("classrooms", "teachers", "primary_care", "clinicians", "health_opening", "registry")


# Of probability times impact, 1–25 (IASC emergency response preparedness).
MEDIUM_RISK, HIGH_RISK = 8, 15


class ScenarioError(ValueError):
    """A change that contradicts itself or cannot be; ``key`` names the text, ``values`` what was asked and, as ``nearest``, the
    nearest feasible choice."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key}: {values}")
        self.key = key
        self.values = values


class Hazard(StrEnum):
    """What kind of thing happens."""

    TREND = "trend"
    WINTER = "winter"
    RETURNS = "returns"
    EARTHQUAKE = "earthquake"
    FLOOD = "flood"
    CLOSURE = "closure"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class PeopleChange:
    """More or fewer displaced persons hosted in a place (a commune, a comparison group such as a cercle, or ``all``).

    ``percent`` of those who are there; ``persons`` who arrive (or, negative, leave) in ``first_month``, shared out by those
    already hosted, and by residents where there are none. Arrivals come from other communes after the last census.
    """

    where: str = ALL
    percent: float = 0.0
    persons: float = 0.0
    first_month: int = 1
    last_month: int | None = None


@dataclass(frozen=True, slots=True)
class CapacityChange:
    """Capacity lost or added: each variable by ``percent`` of what is there and by ``units``, shared out over the place.

    ``calendar_months`` (1–12) restricts the change to these months of the year; empty means every month.
    """

    variables: tuple[str, ...]
    where: str = ALL
    percent: float = 0.0
    units: float = 0.0
    first_month: int = 1
    last_month: int | None = None
    calendar_months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SeasonalFactor:
    """Multiplier of a variable in some calendar months, against an ordinary month (1 in the months left out).

    By month only: no altitude by commune is held, so that a mountain commune's winter is that of the province.
    """

    variable: str
    factors: tuple[tuple[int, float], ...]

    def of(self, month: int) -> float:
        """Multiplier of a calendar month."""
        return dict(self.factors).get(month, 1.0)


@dataclass(frozen=True, slots=True)
class ScenarioAssumption:
    """One assumption of a scenario in words, with how far it is verified and where it comes from."""

    labels: dict[str, str]
    status: NormStatus
    source: Source


@dataclass(frozen=True, slots=True)
class Scenario:
    """Named changes to a baseline; two scenarios with the same id and changes are equal, whatever their texts.

    ``returns`` names the displacement preset by which today's displaced people leave (empty: they stay as they are);
    ``profile`` the norm profile to assess with (None: the reader's); probability and impact run from 1 to 5.
    """

    id: str
    hazard: Hazard = Hazard.TREND
    horizon_months: int = 12
    probability: int = 3
    impact: int = 3
    people: tuple[PeopleChange, ...] = ()
    capacity: tuple[CapacityChange, ...] = ()
    season: tuple[SeasonalFactor, ...] = ()
    returns: str = ""
    profile: NormProfile | None = None
    shock: Shock | None = None
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)
    descriptions: Mapping[str, str] = field(default_factory=dict, compare=False)
    assumptions: tuple[ScenarioAssumption, ...] = field(default=(), compare=False)

    @property
    def risk(self) -> int:
        """Probability times impact, 1–25."""
        return self.probability * self.impact

    @property
    def risk_level(self) -> str:
        """``low``, ``medium`` or ``high``."""
        return risk_level(self.risk)

    @property
    def changes_nothing(self) -> bool:
        """Whether the panel stays exactly as it is."""
        return not (self.people or self.capacity or self.season or self.returns or self.shock)


def risk_level(risk: int) -> str:
    """Level of a product of probability and impact: ``low``, ``medium`` (8 or more) or ``high`` (15 or more)."""
    return "high" if risk >= HIGH_RISK else "medium" if risk >= MEDIUM_RISK else "low"


@dataclass(frozen=True, slots=True)
class ScenarioSetting:
    """What a scenario acts on besides the panel: comparison group and centroid (latitude, longitude) by commune code, the
    definitions, the decay presets from the fastest to the slowest, the shock model, and how many months the people displaced
    today had been so in the last observed month."""

    group_of: Mapping[str, str]
    centroids: Mapping[str, tuple[float, float]]
    definitions: Definitions
    presets: Mapping[str, DecayPreset]
    shock_model: ShockModel
    months_since_event: int

    def in_place(self, where: str, codes: Sequence[str]) -> np.ndarray:
        """Which communes belong to a place.

        Raises:
            ScenarioError: no commune or group has this code.
        """
        if where == ALL:
            return np.ones(len(codes), dtype=bool)
        inside = np.array([where in (code, self.group_of.get(code)) for code in codes])
        if not inside.any():
            raise ScenarioError("scenario_error.place_unknown", asked=where, nearest=ALL)
        return inside


def capacity_variables(definitions: Definitions) -> tuple[str, ...]:
    """Variables that a capacity change may name: what indicators count as capacity, and the health staff behind them. What serves
    displaced people alone is reported each month like them, whatever its sector."""
    terms = [term for i in definitions.indicators.values() for term in i.terms]
    named = {c: None for t in terms for c in t.capacity if c.startswith(CAPACITIES) or t.is_of_displaced_alone}
    named = {name: None for name in named if name not in FACTORS}
    return (*named, *RELATED_STAFF)


def moved_indicators(definitions: Definitions, sector: Sector) -> tuple[Indicator, ...]:
    """Indicators of a sector that count for it, or are days of waiting, and that a scenario can move: what a census measured stays."""
    capacities = set(capacity_variables(definitions))
    return tuple(
        i
        for i in definitions.of_sector(sector)
        if i.has_pressure
        and (i.counts or i.goalposts is not None)
        and any(capacities & set(term.capacity) for term in i.terms)
    )


def seasonal_variables(definitions: Definitions) -> tuple[str, ...]:
    """Variables that a season may move: capacities, and the visits and requests that come each month."""
    return (*capacity_variables(definitions), "outpatient_visits", "registry_requests")


def check_scenario(scenario: Scenario, setting: ScenarioSetting) -> None:
    """Refuse what cannot be before anything is computed.

    Raises:
        ScenarioError: a value out of its range, an unknown name, or a change that never takes effect.
    """
    _within("scenario_error.horizon", scenario.horizon_months, (1, LONGEST_HORIZON))
    _within("scenario_error.probability", scenario.probability, SCALE)
    _within("scenario_error.impact", scenario.impact, SCALE)
    _one_of("scenario_error.returns_unknown", scenario.returns, ("", *setting.presets))
    for people in scenario.people:
        _within("scenario_error.people_percent", people.percent, (-100.0, np.inf))
        _check_period(people.first_month, people.last_month, scenario)
    for change in scenario.capacity:
        _within("scenario_error.capacity_percent", change.percent, (-100.0, np.inf))
        _check_period(change.first_month, change.last_month, scenario)
        for variable in change.variables:
            _one_of("scenario_error.variable_unknown", variable, capacity_variables(setting.definitions))
        for month in change.calendar_months:
            _within("scenario_error.calendar_month", month, (1, MONTHS_A_YEAR))
    for season in scenario.season:
        _one_of("scenario_error.variable_unknown", season.variable, seasonal_variables(setting.definitions))
        for month, factor in season.factors:
            _within("scenario_error.calendar_month", month, (1, MONTHS_A_YEAR))
            _within("scenario_error.season_factor", factor, (0.05, 10.0))
    if scenario.shock is not None:
        _check_shock(scenario, scenario.shock, setting.shock_model)


def _check_shock(scenario: Scenario, shock: Shock, model: ShockModel) -> None:
    for name, limits in model.limits.items():
        _within(f"scenario_error.shock_{name}", getattr(shock, name), limits)
    _check_period(shock.month, None, scenario)


def _check_period(first: int, last: int | None, scenario: Scenario) -> None:
    _within("scenario_error.first_month", first, (1, scenario.horizon_months))
    if last is not None and last < first:
        raise ScenarioError("scenario_error.empty_period", asked=last, first=first, nearest=first)


def _within(key: str, asked: float, limits: tuple[float, float]) -> None:
    if not limits[0] <= asked <= limits[1]:
        nearest = limits[0] if not asked > limits[0] else limits[1]
        raise ScenarioError(key, asked=asked, nearest=nearest)


def _one_of(key: str, asked: str, known: Sequence[str]) -> None:
    if asked not in known:
        raise ScenarioError(key, asked=asked, nearest=known[0])
