"""The values by which what was sent is looked through, from ``rules.yaml``: no figure rests on them, so they are no definitions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.demand import SUMS
from analytics.norms import NormStatus, Source
from analytics.quality_rules import ExternalLimit, QualityRules, Relation
from data.loaders.definition_set import DefinitionSet
from data.loaders.structuring import structure
from data.loaders.variables import Variable
from data.loaders.yaml_text import parse

FILE = Path(__file__).parent / "rules.yaml"


@dataclass(frozen=True, slots=True)
class RulesFile:
    """The whole file."""

    status: NormStatus
    source: Source
    days_to_report: int
    enough_filled: float
    months_before: int
    least_before: int
    modified_z: float
    over_time: float
    other_source: float
    smallest_change: float


@cache
def read_rules() -> RulesFile:
    """The file, read once a process.

    Raises:
        SlipsError: whatever in it is not what it should be.
    """
    read: RulesFile = structure(parse(FILE.read_text(encoding="utf-8")), RulesFile)
    return read


def quality_rules() -> QualityRules:
    """The values that quality is measured by."""
    read = read_rules()
    return QualityRules(
        enough_filled=read.enough_filled,
        months_before=read.months_before,
        least_before=read.least_before,
        modified_z=read.modified_z,
        over_time=read.over_time,
        other_source=read.other_source,
        smallest_change=read.smallest_change,
    )


def list_relations(definitions: DefinitionSet) -> tuple[Relation, ...]:
    """What the figures of one commune and month must keep to: a part is at most its whole, the parts of a split make up their total.

    Counts of people are rounded when they are published: the rounding of every term is allowed for.
    """
    monthly = {v.id: v for v in definitions.variables.values() if v.monthly}
    parts_of: dict[tuple[str, str], list[str]] = {}
    for variable in monthly.values():
        if variable.part_of:
            parts_of.setdefault((variable.part_of, variable.split), []).append(variable.id)
    single = [
        Relation((v.id,), _terms(v.at_most), False, _tolerance(monthly, v.id, v.at_most))
        for v in monthly.values()
        if v.at_most
    ]
    splits = [
        Relation(tuple(parts), _terms(whole), True, _tolerance(monthly, *parts, whole))
        for (whole, _), parts in parts_of.items()
    ]
    return (*single, *splits)


def list_limits(definitions: DefinitionSet) -> tuple[ExternalLimit, ...]:
    """The census figure that a count of people stands beside, and how much of it is usual."""
    limits = definitions.ceilings["ceilings"]
    return tuple(
        ExternalLimit(v.id, limits[v.ceiling].against, limits[v.ceiling].check_above, limits[v.ceiling].silent_under)
        for v in definitions.variables.values()
        if v.monthly and v.ceiling
    )


def _terms(whole: str) -> tuple[str, ...]:
    return tuple(SUMS.get(whole, (whole,)))


def _tolerance(variables: dict[str, Variable], *names: str) -> float:
    terms = [term for name in names for term in _terms(name)]
    return sum((variables[term].rounding or 0) / 2 for term in terms if term in variables)
