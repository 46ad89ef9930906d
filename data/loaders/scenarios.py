"""The library of scenarios, one file each, and the one way in which a scenario is written as plain values and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, TypedDict

from cattrs import Converter
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from analytics.assumptions import OFFERED_PROFILES
from analytics.norms import Source
from analytics.scenario import LONGEST_HORIZON, SCALE, Scenario, ScenarioError, SeasonalFactor
from analytics.shock import Shock
from data.loaders.kind import Kind
from data.loaders.known import Known, not_among
from data.loaders.slips import Slip
from data.loaders.structuring import register, structure

_TEXTS = ("labels", "descriptions", "assumptions")
MOST_CHANGES = 40
_UNREADABLE = (
    TypeError, ValueError, KeyError, AttributeError, OverflowError, BaseValidationError, ForbiddenExtraKeysError,
)  # fmt: skip


class SeasonEntry(TypedDict):
    """A season as a file writes it: the factor of each calendar month."""

    variable: str
    factors: dict[int, float]


def _read_season(raw: Any, _kind: Any) -> SeasonalFactor:
    entry = structure(raw, SeasonEntry)
    return SeasonalFactor(entry["variable"], tuple(entry["factors"].items()))


register(SeasonalFactor, _read_season)

# In a scenario that ships: the earthquake that the territory names (``second_shock`` of ``territory.yaml``).
SECOND_SHOCK = "second_shock"


def _read_shock(raw: Any, _kind: Any) -> Shock | None:
    """No shock yet where the territory's is meant: ``DefinitionSet.library`` puts it there."""
    return None if raw is None or raw == SECOND_SHOCK else structure(raw, Shock)


register(Shock | None, _read_shock)


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
    """A scenario from plain values that came from outside: an address, a saved row. Numbers may come as text.

    Raises:
        ScenarioError: ``scenario.unreadable``: a name or a kind of value that a scenario does not have.
    """
    try:
        scenario: Scenario = _LENIENT.structure(dict(raw), Scenario)
        if len(scenario.people) + len(scenario.capacity) > MOST_CHANGES:
            raise ValueError("more changes than anyone can read")
        if scenario.profile is not None and scenario.profile not in OFFERED_PROFILES:
            raise ValueError(f"profile {scenario.profile} is not offered")
    except _UNREADABLE as error:
        raise ScenarioError("scenario_error.unreadable", asked=str(raw.get("id", "")), nearest="") from error
    return scenario


def _lenient() -> Converter:
    """Converts what can be converted, and names no place: whoever mistypes an address has no file to mend."""

    def read_season(raw: Any, _kind: Any) -> SeasonalFactor:
        if set(raw) != {"variable", "factors"}:
            raise ValueError("a season has a variable and its factors")
        factors = tuple((int(month), float(factor)) for month, factor in dict(raw["factors"]).items())
        return SeasonalFactor(str(raw["variable"]), factors)

    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    converter.register_structure_hook(SeasonalFactor, read_season)
    converter.register_structure_hook(Source, lambda raw, _: Source(**{name: str(value) for name, value in raw.items()}))
    return converter


def _plain(value: Any) -> Any:
    """Lists, dictionaries with text keys, numbers and texts: what JSON and YAML hold."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, str) else value


def _check(scenario: Scenario, known: Known) -> Iterator[Slip]:
    if scenario.returns:
        yield from known.says("preset", scenario.returns, "returns")
    bounds = {"horizon_months": (1, LONGEST_HORIZON), "probability": SCALE, "impact": SCALE}
    for name, (low, high) in bounds.items():
        if not low <= getattr(scenario, name) <= high:
            yield Slip((name,), "out_of_range", {"low": low, "high": high})
    for name in ("labels", "descriptions"):
        if not getattr(scenario, name):
            yield Slip((), "missing_name", {"missing": name})
    for at, change in enumerate(scenario.capacity):
        for position, variable in enumerate(change.variables):
            yield from known.says("observed", variable, "capacity", at, "variables", position)
        for position, month in enumerate(change.calendar_months):
            yield from _month(month, "capacity", at, "calendar_months", position)
    for at, season in enumerate(scenario.season):
        yield from known.says("observed", season.variable, "season", at, "variable")
        for month, _ in season.factors:
            yield from _month(month, "season", at, "factors", month)
    if scenario.profile is not None and scenario.profile not in OFFERED_PROFILES:
        yield not_among("profile", scenario.profile, OFFERED_PROFILES, "profile")


def _month(month: int, *path: object) -> Iterator[Slip]:
    if not 1 <= month <= 12:
        yield Slip(path, "out_of_range", {"low": 1, "high": 12})


_LENIENT = _lenient()
SCENARIOS = Kind("scenarios/*", Scenario, check=_check)
