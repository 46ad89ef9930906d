"""Units of supports: what one of them is worth against a need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from analytics.support_units import UnitRule
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip


class SupportFile(TypedDict):
    """The rule of each unit by need."""

    units: dict[str, dict[str, UnitRule]]


def _check(file: SupportFile, known: Known) -> Iterator[Slip]:
    own = [need for rules in file["units"].values() for need, rule in rules.items() if rule.is_own]
    for need in sorted({need for need in own if own.count(need) > 1}):
        yield Slip(("units",), "said_twice", {"text": need})
    for unit, rules in file["units"].items():
        yield from _check_rules(unit, rules, known)


def _check_rules(unit: str, rules: Mapping[str, UnitRule], known: Known) -> Iterator[Slip]:
    for need, rule in rules.items():
        yield from known.says("need", need, "units", unit, need)
        if not rule.many > 0:
            yield Slip(("units", unit, need, "many"), "out_of_range", {"low": "> 0", "high": "…"})
        for position, norm in enumerate(rule.norms):
            yield from known.says("norm", norm, "units", unit, need, "norms", position)


SUPPORT = Kind("support", SupportFile, check=_check)
