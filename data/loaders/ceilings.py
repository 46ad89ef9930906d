"""How many people a commune can report beside its census: levels by kind of count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from analytics.norms import NormStatus, Source
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A kind of count: the census figure it stands beside, and the multiples of it above which a cell is asked about and set
    aside (``impossible_above``, yet never under ``least_of_province`` times the figure of the whole province)."""

    id: str
    against: str
    check_above: float
    impossible_above: float
    least_of_province: float
    highest: float
    reason: str
    silent_under: float = 0.0


class MostOfProvince(TypedDict):
    """A multiple of the province's figure that no commune can pass."""

    value: float
    reason: str


class CeilingsFile(TypedDict):
    """The whole file; ``references`` says in words what each census figure counts."""

    status: NormStatus
    source: Source
    most_of_province: MostOfProvince
    references: dict[str, dict[str, str]]
    ceilings: dict[str, Ceiling]


def _check(file: CeilingsFile, known: Known) -> Iterator[Slip]:
    for key, ceiling in file["ceilings"].items():
        yield from known.says("census", ceiling.against, "ceilings", key, "against")
        if not 0 < ceiling.check_above < ceiling.impossible_above:
            yield Slip(("ceilings", key, "check_above"), "not_rising")
    for name in file["references"]:
        yield from known.says("variable", name, "references", name)


CEILINGS = Kind("population_ceilings", CeilingsFile, check=_check)
