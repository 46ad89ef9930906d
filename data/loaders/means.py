"""Means: needs, the resources that close them, and what these cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from analytics.resources import Cost, Need, Resource
from data.loaders.kind import Kind
from data.loaders.known import Known, has_words, not_among
from data.loaders.slips import Slip


class MeasuresFile(TypedDict):
    """What may be missing and what closes it."""

    needs: dict[str, Need]
    resources: dict[str, Resource]


def _check_measures(file: MeasuresFile, known: Known) -> Iterator[Slip]:
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


def _check_resource(resource: Resource, known: Known, *at: object) -> Iterator[Slip]:
    yield from known.says("cost", resource.cost, *at, "cost")
    yield from has_words(f"unit.{resource.unit}", *at, "unit")
    for position, need in enumerate(resource.closes):
        yield from known.says("need", need, *at, "closes", position)
    for position, norm in enumerate(resource.gain_norms):
        yield from known.says("norm", norm, *at, "gain_norms", position)
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
