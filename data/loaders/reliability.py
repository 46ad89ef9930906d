"""How reliable a figure is by its source, age and coverage, and how the Monte Carlo draws around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TypedDict

from analytics.model import RELIABILITY_ORDER, Provenance, ReliabilityRules, UncertaintyRules
from analytics.norms import NormStatus, Source
from data.loaders.kind import Kind
from data.loaders.known import Known
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


class UncertaintyFile(TypedDict):
    """The whole file of uncertainty."""

    status: NormStatus
    source: Source
    draws: int
    seed: int
    capacity_width: float
    norm_spread: float
    norm_shares: tuple[float, float, float]
    weight_concentration: float
    powers: tuple[float, ...]
    interval: tuple[float, float]
    first_communes: int


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


def _build_uncertainty(file: UncertaintyFile) -> UncertaintyRules:
    return UncertaintyRules(**{f.name: file[f.name] for f in fields(UncertaintyRules)})  # type: ignore[literal-required]


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


def _check_uncertainty(file: UncertaintyFile, _known: Known) -> Iterator[Slip]:
    if abs(sum(file["norm_shares"]) - 1) > 1e-9:
        yield Slip(("norm_shares",), "shares_add_up", {"sum": sum(file["norm_shares"])})
    low, high = file["interval"]
    if not 0 <= low < high <= 1:
        yield Slip(("interval",), "not_rising")
    for name in ("draws", "first_communes"):
        if file[name] < 1:
            yield Slip((name,), "out_of_range", {"low": 1, "high": "…"})


RELIABILITY = Kind("reliability", ReliabilityFile, _build_reliability, _check_reliability)
UNCERTAINTY = Kind("uncertainty", UncertaintyFile, _build_uncertainty, _check_uncertainty)
