"""The second shock: intensity equation, fragility, limits of what may be asked; where it strikes is the territory's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from analytics.norms import NormStatus, Source
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


class Scatter(TypedDict):
    """How far one earthquake and one place lie from the equation; ``between_share`` with the status of that share."""

    s1: float
    s2: float
    s3: float
    between_share: float
    between_status: NormStatus


class Equation(TypedDict):
    """The equation, how far it holds, and where it comes from."""

    coefficients: Coefficients
    scatter: Scatter
    source: Source


class ShockFile(TypedDict):
    """The whole file."""

    equation: Equation
    fragility: Fragility
    limits: dict[str, tuple[float, float]]


def build_model(file: ShockFile, territory: TerritoryFile) -> ShockModel:
    """The model for a territory: the event that the equation is checked against, and where a shock may be placed, are its own."""
    event, equation = territory.event, file["equation"]
    scatter = {name: float(equation["scatter"][name]) for name in ("s1", "s2", "s3", "between_share")}
    return ShockModel(
        equation=IntensityEquation(**equation["coefficients"], **scatter, source=equation["source"]),
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
    if not 0 <= file["equation"]["scatter"]["between_share"] <= 1:
        yield Slip(("equation", "scatter", "between_share"), "out_of_range", {"low": 0, "high": 1})
    for name, (low, high) in file["limits"].items():
        if not low < high:
            yield Slip(("limits", name), "not_rising")


SHOCK = Kind("second_shock", ShockFile, check=_check)
