"""Indicators: one file each, sector by sector in order of file."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.faces import ClassedBy
from analytics.model import Indicator, Level, Measure
from data.loaders.kind import Kind
from data.loaders.known import Known, has_words, not_among
from data.loaders.slips import Slip

# What the parameters of a measure name: variables, norms; those that its formula cannot do without.
VARIABLES = frozenset(("backlog", "staff", "done", "pace"))
NORMS = frozenset(("days_to_clear", "target_utilisation", "share", "high"))
NEEDED = {
    Measure.STAFF_TO_CLEAR: ("backlog", "days_to_clear", "target_utilisation"),
    Measure.OUTSTANDING: ("share", "done"),
}

MORE_THAN_ONE = 2


def _check(indicator: Indicator, known: Known) -> Iterator[Slip]:
    yield from has_words(f"unit.{indicator.unit}", "unit")
    if indicator.has_pressure:
        yield from has_words(f"commune.above_{indicator.people}", "people")
    if indicator.goalposts and indicator.goalposts.scored not in ("pressure", "value"):
        yield not_among("scored", indicator.goalposts.scored, ("pressure", "value"), "goalposts", "scored")
    if not 0 <= indicator.weight <= 1:
        yield Slip(("weight",), "out_of_range", {"low": 0, "high": 1})
    if indicator.classed_by is ClassedBy.WORST_TERM and len(indicator.terms) < MORE_THAN_ONE:
        yield Slip(("terms",), "wrong_length", {"wanted": MORE_THAN_ONE})
    for term in indicator.terms if indicator.classed_by is ClassedBy.WORST_TERM else ():
        yield from has_words(f"term.{term.label}", "terms")
        yield from has_words(f"absent.{term.label}", "terms")
    yield from _check_terms(indicator, known)
    yield from _check_parameters(indicator, known)


def _check_terms(indicator: Indicator, known: Known) -> Iterator[Slip]:
    variables = known.variable | (known.provincial if indicator.level is Level.PROVINCE else frozenset())
    alone = indicator.measure in NEEDED
    if not indicator.terms or (alone and len(indicator.terms) > 1):
        yield Slip(("terms",), "wrong_length", {"wanted": 1})
    for at, term in enumerate(indicator.terms):
        named = [
            ("demand", term.demand),
            *((field, name) for field in ("displaced", "whole") if (name := getattr(term, field))),
        ]
        paths: list[tuple[tuple[object, ...], str]] = [((at, field), name) for field, name in named]
        paths += [((at, "capacity", position), name) for position, name in enumerate(term.capacity)]
        for path, name in paths:
            if name not in variables:
                yield not_among("variable", name, variables, "terms", *path)
        yield from known.says("norm", term.norm, "terms", at, "norm")
        for position, norm in enumerate(term.capacity_norms):
            yield from known.says("norm", norm, "terms", at, "capacity_norms", position)
        if not term.capacity and not term.capacity_norms and indicator.measure is not Measure.OUTSTANDING:
            yield Slip(("terms", at, "capacity"), "empty_list")


def _check_parameters(indicator: Indicator, known: Known) -> Iterator[Slip]:
    for name in NEEDED.get(indicator.measure, ()):
        if name not in indicator.parameters:
            yield Slip(("parameters",), "missing_name", {"missing": name})
    for name, named in indicator.parameters.items():
        if name in VARIABLES:
            yield from known.says("variable", named, "parameters", name)
        elif name in NORMS:
            yield from known.says("norm", named, "parameters", name)
        else:
            yield not_among("parameter", name, VARIABLES | NORMS, "parameters", name)


INDICATORS = Kind("indicators/*", Indicator, check=_check)
