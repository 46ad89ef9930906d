"""How reliable a figure is by its source, age and coverage, and how the Monte Carlo draws around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from analytics.drawing_rules import UncertaintyRules
from analytics.model import RELIABILITY_ORDER, Provenance, ReliabilityRules
from analytics.norms import NormStatus, Source
from data.loaders.kind import Kind
from data.loaders.known import Known, not_among
from data.loaders.slips import Slip


class AgeQuality(TypedDict):
    """Quality of a figure up to an age in months."""

    months: float
    quality: float


class ReliabilityFile(TypedDict):
    """The whole file of reliability."""

    status: NormStatus
    source: Source
    by_provenance: dict[Provenance, float]
    by_age: tuple[AgeQuality, ...]
    when_older: float
    without_age: frozenset[str]
    coverage: dict[str, tuple[str, ...]]
    coverage_unknown: float
    lowest: dict[str, float]
    variation: dict[str, float]


def _build_reliability(file: ReliabilityFile) -> ReliabilityRules:
    return ReliabilityRules(
        by_provenance=file["by_provenance"],
        by_age=tuple((entry["months"], entry["quality"]) for entry in file["by_age"]),
        when_older=file["when_older"],
        without_age=file["without_age"],
        coverage={variable: said_by for said_by, variables in file["coverage"].items() for variable in variables},
        coverage_unknown=file["coverage_unknown"],
        lowest=tuple(file["lowest"][grade] for grade in RELIABILITY_ORDER[:-1]),
        variation=tuple(file["variation"][grade] for grade in RELIABILITY_ORDER),
    )


def _check_reliability(file: ReliabilityFile, known: Known) -> Iterator[Slip]:
    wanted = {
        "by_provenance": [p.value for p in Provenance],
        "lowest": RELIABILITY_ORDER[:-1],
        "variation": RELIABILITY_ORDER,
    }
    for name, keys in wanted.items():
        yield from _keys(file[name], keys, name)  # type: ignore[literal-required]
    for name in file["without_age"]:
        yield from known.says("variable", name, "without_age")
    for said_by, variables in file["coverage"].items():
        yield from known.says("observed", said_by, "coverage", said_by)
        for at, name in enumerate(variables):
            yield from known.says("observed", name, "coverage", said_by, at)


def _keys(found: dict[str, float], wanted: object, name: str) -> Iterator[Slip]:
    keys = list(wanted)  # type: ignore[call-overload]
    for missing in (key for key in keys if key not in found):
        yield Slip((name,), "missing_name", {"missing": missing})
    for key, share in found.items():
        if key not in keys:
            yield Slip((name, key), "unknown_name", {"nearest": ", ".join(keys)}, at_key=True)
        elif not 0 <= share <= 1:
            yield Slip((name, key), "out_of_range", {"low": 0, "high": 1})


def _check_uncertainty(rules: UncertaintyRules, known: Known) -> Iterator[Slip]:
    low, high = rules.interval
    if not 0 <= low < high <= 1:
        yield Slip(("interval",), "not_rising")
    if not 0 <= rules.almost_excluded < rules.almost_sure <= 1:
        yield Slip(("almost_sure",), "not_rising")
    if rules.draws < 1:
        yield Slip(("draws",), "out_of_range", {"low": 1, "high": "…"})
    for at, size in enumerate(rules.first_communes):
        if size < 1:
            yield Slip(("first_communes", at), "out_of_range", {"low": 1, "high": "…"})
    for name in ("rank_confidence", "lowest_coverage"):
        yield from _share(getattr(rules, name), name)
    yield from _share(rules.census_share.correlation, "census_share", "correlation")
    for at, cause in enumerate(rules.shared_causes):
        yield from _share(cause.correlation, "shared_causes", at, "correlation")
        for place, variable in enumerate(cause.variables):
            yield from known.says("variable", variable, "shared_causes", at, "variables", place)
    for name in sorted(rules.shares):
        if name not in known.indicators:
            yield not_among("indicator", name, known.indicators, "shares")


def _share(value: float, *path: object) -> Iterator[Slip]:
    if not 0 <= value <= 1:
        yield Slip(path, "out_of_range", {"low": 0, "high": 1})


RELIABILITY = Kind("reliability", ReliabilityFile, _build_reliability, _check_reliability)
UNCERTAINTY = Kind("uncertainty", UncertaintyRules, check=_check_uncertainty)
