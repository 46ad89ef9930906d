"""The second shock: intensity equation, fragility, limits of what may be asked, and the event that it is checked against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import TypedDict

from analytics.norms import Source
from analytics.shock import (
    DWELLING_VARIABLES,
    PUBLIC_BUILDINGS,
    REST_OF_DWELLINGS,
    Fragility,
    IntensityEquation,
    Shock,
    ShockModel,
)
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip

KINDS = (*DWELLING_VARIABLES, REST_OF_DWELLINGS, PUBLIC_BUILDINGS)
LIMITED = ("latitude", "longitude", "magnitude", "depth_km")


class Coefficients(TypedDict):
    """Of the intensity equation."""

    c0: float
    c1: float
    c2: float
    c4: float
    m1: float
    m2: float


class Equation(TypedDict):
    """The equation and where it comes from."""

    coefficients: Coefficients
    source: Source


class ReferenceEvent(TypedDict):
    """The event that the equation is checked against."""

    shock: Shock
    month: date
    censored_below: float
    source: Source


class ShockFile(TypedDict):
    """The whole file."""

    equation: Equation
    fragility: Fragility
    reference_event: ReferenceEvent
    limits: dict[str, tuple[float, float]]


def _build(file: ShockFile) -> ShockModel:
    event = file["reference_event"]
    return ShockModel(
        equation=IntensityEquation(**file["equation"]["coefficients"], source=file["equation"]["source"]),
        fragility=file["fragility"],
        reference=event["shock"],
        reference_month=event["month"],
        censored_below=event["censored_below"],
        limits=file["limits"],
    )


def _check(file: ShockFile, _known: Known) -> Iterator[Slip]:
    medians = file["fragility"].medians
    for at, found, wanted in ((("fragility", "medians"), medians, KINDS), (("limits",), file["limits"], LIMITED)):
        for name in (name for name in wanted if name not in found):
            yield Slip(at, "missing_name", {"missing": name})
        for name in (name for name in found if name not in wanted):
            yield Slip((*at, name), "unknown_name", {"nearest": ", ".join(wanted)}, at_key=True)
    for name, (low, high) in file["limits"].items():
        if not low < high:
            yield Slip(("limits", name), "not_rising")
        elif name in {f.name for f in fields(Shock)} and not low <= getattr(file["reference_event"]["shock"], name) <= high:
            yield Slip(("reference_event", "shock", name), "out_of_range", {"low": low, "high": high})


SHOCK = Kind("second_shock", ShockFile, _build, _check)
