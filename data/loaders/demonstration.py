"""Parameters of the demonstration figures: each with the rule or the row that it rests on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NotRequired, TypedDict

from data.loaders.kind import Kind
from data.loaders.slips import Slip, SlipsError, slip
from data.loaders.structuring import register, structure


class Value(TypedDict):
    """A number and its rule; ``months`` are those of the year in which it holds."""

    value: float
    rule: str
    months: NotRequired[tuple[int, ...]]


class Total(TypedDict):
    """A row of the totals of the province."""

    indicator: str
    rule: str
    month: NotRequired[date]


class Values(TypedDict):
    """Several numbers and their rule."""

    value: tuple[float, ...]
    rule: str


class Curve(TypedDict):
    """A curve by points and its rule."""

    value: tuple[tuple[float, float], ...]
    rule: str


Points = tuple[tuple[float, float], ...]


def _values(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, Value)


_CYCLE: dict[str, Any] = {
    "pupils": str, "teachers": str, "age": str, "pupils_per_room": float, "displaced_share": float, "enrolment": float,
    "spread": float,
}  # fmt: skip
_DETAILS: dict[str, Any] = {
    "seed": int,
    "displaced": {**_values("women", "children_6_15_of_6_17", "enrolled"), "ages": Values},
    "women": _values(
        "pupils_primary", "pupils_college", "pupils_lycee", "teachers", "health_staff", "registry_agents"
    ),
    "schools": {
        **_values(
            "pupils_per_class", "people_per_school", "closed", "double_shift", "learners_per_space", "area_per_space",
            "in_use_first", "months_to_deploy", "girls_per_cabin", "boys_per_cabin", "reporting_at_least",
        ),
        "share_over_40_by_class_size": Curve,
    },
    "health": _values(
        "partially_functioning", "infants_per_1000", "penta3_coverage", "days_without_doctor", "days_never_doctor",
        "mobile_days_at_most", "mobile_held", "mobile_winter", "reporting_at_least",
    ),
    "registry": {
        **_values(
            "births_on_time", "deaths_on_time", "share_papers_lost", "documents_per_household", "months_to_reissue",
            "share_reissued", "people_per_distant_douar", "distant_douars_at_most", "douars_visited",
        ),
        "deaths_per_1000": Total,
    },
}  # fmt: skip
_SHAPE: dict[str, Any] = {
    "seed": int,
    "months": {"first": date, "count": int},
    "displaced": {
        "first_count": Total,
        "proxy": {"variable": str, "month": date, "rule": str},
        **_values("weibull_shape", "persons_per_household"),
    },
    "schools": {
        "primary": _CYCLE, "college": _CYCLE, "lycee": _CYCLE, "rule_rooms": str, "smallest_commune_with": dict[str, int],
        "rule_smallest": str, "growth_second_year": Value,
    },
    "health": {
        "facilities": Total, "doctors": Total, "nurses": Total, "hospital_communes": tuple[str, ...],
        "hospital_share": {"doctors": float, "nurses": float, "rule": str},
        **_values(
            "midwife_share", "visits_per_person_year", "displaced_visits_factor", "winter_factor", "clinicians_per_facility",
            "opening_days",
        ),
    },
    "registry": {
        **_values(
            "people_per_agent", "requests_per_person_year", "september_factor", "summer_factor", "share_papers_lost",
            "documents_per_household", "months_to_reissue", "opening_days", "acts_per_agent_day",
            "extracts_per_agent_day", "full_acts_share", "full_acts_spread",
        ),
        "births_per_1000": Total,
    },
    "damage": {"by_intensity": Points, **_values("never_recovered", "recovery_months")},
    "movements": {
        "own_commune_by_intensity": Points, "rule_own_commune": str,
        "relocation_hosts": {"codes": tuple[str, ...], "value": int, "rule": str},
        **_values(
            "least_intensity", "distance_exponent", "origins_per_host", "spread", "relocation_share", "relocation_origins",
            "relocation_months",
        ),
    },
    "details": _DETAILS,
}  # fmt: skip


class Demonstration(dict[str, Any]):
    """The parameters as the file writes them: numbers stay whole where they are."""


def _read(raw: Any, _kind: Any) -> Demonstration:
    found = list(_compare(raw, _SHAPE))
    if found:
        raise SlipsError(found)
    return Demonstration(raw)


def _compare(raw: Any, shape: Mapping[str, Any]) -> list[Slip]:
    if not isinstance(raw, Mapping):
        return list(slip("wrong_kind", wanted="@kind_mapping").slips)
    found = [Slip((), "missing_name", {"missing": name}) for name in shape if name not in raw]
    for name, part in raw.items():
        if name not in shape:
            found.append(Slip((name,), "unknown_name", {"nearest": ", ".join(list(shape)[:8])}, at_key=True))
        elif isinstance(shape[name], dict):
            found += [inner.under(name) for inner in _compare(part, shape[name])]
        else:
            try:
                structure(part, shape[name])
            except SlipsError as error:
                found += [inner.under(name) for inner in error.slips]
    return found


register(Demonstration, _read)
DEMONSTRATION = Kind("demonstration", Demonstration, optional=True)
