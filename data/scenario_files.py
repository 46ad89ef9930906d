"""Reads the library of scenarios, the second shock and the trigger rules; writes a scenario as plain values and reads it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import yaml

from analytics.assumptions import OFFERED_PROFILES, NormProfile
from analytics.norms import NormStatus
from analytics.scenario import (
    CapacityChange,
    Hazard,
    PeopleChange,
    Scenario,
    ScenarioAssumption,
    ScenarioError,
    SeasonalFactor,
)
from analytics.shock import Fragility, IntensityEquation, Shock, ShockModel
from analytics.triggers import TriggerRule, TriggerRules
from data.catalogue import DEFINITIONS
from data.province import Province
from data.source_fields import read_source

_TEXTS = ("labels", "descriptions", "assumptions")
MOST_CHANGES = 40

# In a scenario that ships: the earthquake of the territory that is looked at.
SECOND_SHOCK = "second_shock"


@cache
def load_library(province: Province) -> dict[str, Scenario]:
    """The scenarios that ship, by id, in the order of their files; one that says ``shock: second_shock`` strikes where the
    territory says."""
    raw = [_yaml(path.name, "scenarios") for path in sorted((DEFINITIONS / "scenarios").glob("*.yaml"))]
    return {entry["id"]: _placed(entry, province) for entry in raw}


def _placed(entry: dict[str, Any], province: Province) -> Scenario:
    if entry.get("shock") != SECOND_SHOCK:
        return read_scenario(entry)
    return replace(read_scenario({**entry, "shock": None}), shock=province.second_shock)


@cache
def load_shock_model(province: Province) -> ShockModel:
    """Equation, fragility and limits of a second shock; the event that the equation is checked against, and where a shock may be
    placed, are the territory's."""
    raw = _yaml("second_shock.yaml")
    equation, fragility = raw["equation"], raw["fragility"]
    return ShockModel(
        equation=IntensityEquation(**equation["coefficients"], source=read_source(equation["source"])),
        fragility=Fragility(
            medians={kind: (m[0], m[1], m[2]) for kind, m in fragility["medians"].items()},
            spread=float(fragility["spread"]),
            status=NormStatus(fragility["status"]),
            source=read_source(fragility["source"]),
            labels=fragility["labels"],
        ),
        reference=province.event.shock,
        reference_month=province.event.month,
        censored_below=province.event.censored_below,
        limits={**province.epicentre, **{n: (float(low), float(high)) for n, (low, high) in raw["limits"].items()}},
    )


@cache
def load_trigger_rules() -> TriggerRules:
    """Levels, thresholds, actions and the deactivation."""
    raw = _yaml("triggers.yaml")
    return TriggerRules(
        levels=tuple(TriggerRule(**level) for level in raw["levels"]),
        falls_below=float(raw["deactivation"]["below"]),
        falls_periods=int(raw["deactivation"]["periods"]),
        status=NormStatus(raw["status"]),
        source=read_source(raw["source"]),
    )


def write_scenario(scenario: Scenario, *, texts: bool = True) -> dict[str, Any]:
    """A scenario as plain values for a file, the store or an address; what is at its default is left out."""
    raw = asdict(scenario)
    raw["season"] = [{"variable": s.variable, "factors": dict(s.factors)} for s in scenario.season]
    for name in () if texts else _TEXTS:
        del raw[name]
    plain = _plain(raw)
    empty = _plain(asdict(Scenario(scenario.id)))
    return {key: value for key, value in plain.items() if key == "id" or value != empty[key]}


def read_scenario(raw: Mapping[str, Any]) -> Scenario:
    """A scenario from plain values.

    Raises:
        ScenarioError: ``scenario.unreadable``: a name or a kind of value that a scenario does not have.
    """
    try:
        return _read(dict(raw))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ScenarioError("scenario_error.unreadable", asked=str(raw.get("id", "")), nearest="") from error


def _read(raw: dict[str, Any]) -> Scenario:
    people = tuple(PeopleChange(**_numbers(entry, _PEOPLE)) for entry in raw.pop("people", ()))
    capacity = tuple(_read_capacity(entry) for entry in raw.pop("capacity", ()))
    if len(people) + len(capacity) > MOST_CHANGES:
        raise ValueError("more changes than anyone can read")
    season = tuple(
        SeasonalFactor(str(s["variable"]), tuple((int(m), float(f)) for m, f in dict(s["factors"]).items()))
        for s in raw.pop("season", ())
    )
    shock = raw.pop("shock", None)
    profile = raw.pop("profile", None)
    ordinary = Scenario("")
    scenario = Scenario(
        id=str(raw.pop("id")),
        hazard=Hazard(raw.pop("hazard", ordinary.hazard)),
        horizon_months=int(raw.pop("horizon_months", ordinary.horizon_months)),
        probability=int(raw.pop("probability", ordinary.probability)),
        impact=int(raw.pop("impact", ordinary.impact)),
        returns=str(raw.pop("returns", ordinary.returns)),
        people=people,
        capacity=capacity,
        season=season,
        shock=Shock(**_numbers(shock, _SHOCK)) if shock else None,
        profile=_profile(profile),
        labels=dict(raw.pop("labels", {})),
        descriptions=dict(raw.pop("descriptions", {})),
        assumptions=tuple(_read_assumption(entry) for entry in raw.pop("assumptions", ())),
    )
    if raw:
        raise ValueError(f"a scenario has no {sorted(raw)}")
    return scenario


def _profile(raw: object) -> NormProfile | None:
    if raw is None:
        return None
    profile = NormProfile(str(raw))
    if profile not in OFFERED_PROFILES:
        raise ValueError(f"profile {profile} is not offered")
    return profile


_PEOPLE = {"where": str, "percent": float, "persons": float, "first_month": int, "last_month": int}
_CAPACITY = {**_PEOPLE, "units": float}
_SHOCK = {"latitude": float, "longitude": float, "magnitude": float, "depth_km": float, "month": int}


def _numbers(raw: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    return {key: kinds[key](value) if value is not None else None for key, value in raw.items()}


def _read_capacity(raw: Mapping[str, Any]) -> CapacityChange:
    others = {k: v for k, v in raw.items() if k not in ("variables", "calendar_months")}
    variables = tuple(str(v) for v in raw["variables"])
    calendar = tuple(int(m) for m in raw.get("calendar_months", ()))
    return CapacityChange(variables=variables, calendar_months=calendar, **_numbers(others, _CAPACITY))


def _read_assumption(raw: Mapping[str, Any]) -> ScenarioAssumption:
    return ScenarioAssumption(dict(raw["labels"]), NormStatus(raw["status"]), read_source(raw["source"]))


def _plain(value: Any) -> Any:
    """Lists, dictionaries with text keys, numbers and texts: what JSON and YAML hold."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, str) else value


def _yaml(name: str, folder: str = "") -> dict[str, Any]:
    return yaml.safe_load((DEFINITIONS / folder / name).read_text(encoding="utf-8"))
