"""Means: needs, the resources that close them, and what these cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from analytics.model import Sector
from analytics.resources import Cost, Need, Resource
from data.loaders.kind import Kind
from data.loaders.known import Known, has_words, not_among
from data.loaders.slips import Slip


class MeasuresFile(TypedDict):
    """What may be missing and what closes it."""

    service_weights: dict[Sector, float]
    interest: float
    needs: dict[str, Need]
    resources: dict[str, Resource]


def _check_measures(file: MeasuresFile, known: Known) -> Iterator[Slip]:
    for sector, weight in file["service_weights"].items():
        if weight < 0:
            yield Slip(("service_weights", sector.value), "out_of_range", {"low": 0, "high": "…"})
    if not 0 <= file["interest"] < 1:
        yield Slip(("interest",), "out_of_range", {"low": 0, "high": 1})
    for key, need in file["needs"].items():
        yield from _check_need(need, known, "needs", key)
    for key, resource in file["resources"].items():
        yield from _check_resource(resource, known, "resources", key)


def _check_need(need: Need, known: Known, *at: object) -> Iterator[Slip]:
    yield from has_words(f"unit.{need.unit}", *at, "unit")
    yield from known.says("indicator", need.indicator, *at, "indicator")
    terms = known.indicators.get(need.indicator, {}).get("terms")
    listed = [term for term in terms if isinstance(term, Mapping)] if isinstance(terms, list) else []
    labels = [str(term.get("label", "")) for term in listed]
    if listed and need.term not in labels:
        yield not_among("term", need.term, labels, *at, *(("term",) if need.term else ()))
    chosen = next((term for term in listed if term.get("label", "") == need.term), {})
    named = chosen.get("capacity", [])
    capacity = [str(name) for name in named] if isinstance(named, list) else []
    if need.unit_variable and chosen and need.unit_variable not in capacity:
        yield not_among("capacity", need.unit_variable, capacity, *at, "unit_variable")
    if need.waiting_variable:
        yield from known.says("variable", need.waiting_variable, *at, "waiting_variable")


def _check_resource(resource: Resource, known: Known, *at: object) -> Iterator[Slip]:
    yield from known.says("cost", resource.cost, *at, "cost")
    yield from has_words(f"unit.{resource.unit}", *at, "unit")
    for position, need in enumerate(resource.closes):
        yield from known.says("need", need, *at, "closes", position)
    for need, gain in resource.gains.items():
        if need not in resource.closes:
            yield not_among("need", need, list(resource.closes), *at, "gains", need)
        for position, norm in enumerate(gain.norms):
            yield from known.says("norm", norm, *at, "gains", need, "norms", position)
    if resource.life_years <= 0:
        yield Slip((*at, "life_years"), "out_of_range", {"low": 1, "high": "…"})
    for name in ("responsible", "accountable"):
        yield from has_words(f"actor.{getattr(resource, name)}", *at, name)
    for position, payer in enumerate(resource.financing):
        yield from has_words(f"financing.{payer}", *at, "financing", position)


def _check_costs(costs: Mapping[str, Cost], _known: Known) -> Iterator[Slip]:
    for key, cost in costs.items():
        yield from has_words(f"unit.{cost.unit}", key, "unit")
        if not 0 <= cost.low_mad <= cost.central_mad <= cost.high_mad:
            yield Slip((key, "low_mad"), "not_rising")


MEASURES = Kind("measures", MeasuresFile, check=_check_measures)
COSTS = Kind("costs", dict[str, Cost], check=_check_costs)
