"""The second shock: intensity equation, fragility, limits of what may be asked; where it strikes is the territory's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from analytics.norms import Source
from analytics.shock import (
    DWELLING_VARIABLES,
    PUBLIC_BUILDINGS,
    REST_OF_DWELLINGS,
    Fragility,
    IntensityEquation,
    ShockModel,
)
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip
from data.loaders.territory import TerritoryFile

KINDS = (*DWELLING_VARIABLES, REST_OF_DWELLINGS, PUBLIC_BUILDINGS)
LIMITED = ("magnitude", "depth_km")


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


class ShockFile(TypedDict):
    """The whole file."""

    equation: Equation
    fragility: Fragility
    limits: dict[str, tuple[float, float]]


def build_model(file: ShockFile, territory: TerritoryFile) -> ShockModel:
    """The model for a territory: the event that the equation is checked against, and where a shock may be placed, are its own."""
    event = territory.event
    return ShockModel(
        equation=IntensityEquation(**file["equation"]["coefficients"], source=file["equation"]["source"]),
        fragility=file["fragility"],
        reference=event.shock,
        reference_month=event.month,
        censored_below=event.censored_below,
        limits={**territory.epicentre, **file["limits"]},
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


SHOCK = Kind("second_shock", ShockFile, check=_check)
