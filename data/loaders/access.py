"""Access rules: which facilities, what they offer and how reach fades with distance, by service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypedDict

from analytics.access_profile import AccessRule
from analytics.model import Sector
from analytics.norms import NormStatus, Source
from data.loaders.kind import Kind
from data.loaders.known import Known, not_among
from data.loaders.slips import Slip

# Distances of the douars that the census publishes.
CENSUS_DISTANCES = ("primary_school_km", "college_km", "lycee_km", "health_centre_km")


class Huff(TypedDict):
    """Exponents of capacity and distance."""

    alpha: float
    beta: float


class AccessFile(TypedDict):
    """The whole file."""

    status: NormStatus
    source: Source
    services: dict[Sector, AccessRule]
    huff: Huff
    functional_share: dict[str, float]


def _build(file: AccessFile) -> dict[Sector, AccessRule]:
    shared = {**file["huff"], "functional_share": file["functional_share"]}
    return {sector: replace(rule, **shared) for sector, rule in file["services"].items()}  # type: ignore[arg-type]


def _check(file: AccessFile, known: Known) -> Iterator[Slip]:
    for sector, rule in file["services"].items():
        at = ("services", sector.value)
        yield from known.says("indicator", rule.indicator, *at, "indicator")
        for name in ("supply", "people"):
            yield from known.says("variable", getattr(rule, name), *at, name)
        for position, kind in enumerate(rule.facility_kinds):
            yield from known.says("facility", kind, *at, "facility_kinds", position)
        if rule.census_distance and rule.census_distance not in CENSUS_DISTANCES:
            yield not_among("distance", rule.census_distance, CENSUS_DISTANCES, *at, "census_distance")
        for name in ("steps", "point_steps"):
            limits = [limit for limit, _ in getattr(rule, name)]
            if not limits or limits != sorted(set(limits)):
                yield Slip((*at, name), "not_rising")


ACCESS = Kind("access", AccessFile, _build, _check)
