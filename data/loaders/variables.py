"""The variable catalogue: what may be observed, with unit, bounds, labels and HXL tag."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NotRequired, TypedDict

from analytics.demand import SUMS
from analytics.model import Sector
from data.loaders.kind import Kind
from data.loaders.known import Known, has_words, not_among
from data.loaders.slips import Slip

# The monthly sheets in workbook order, then the census.
ORDER = ("displacement", "education", "health", "civil_registry", "extensions", "census")
FREQUENCIES = ("month", "census")


@dataclass(frozen=True, slots=True)
class Variable:
    """One observed quantity of a commune.

    ``at_most`` names the variable that this one cannot exceed. ``part_of`` names the variable, or the total of
    ``analytics.demand.SUMS``, that the parts of one ``split`` (by sex, by age) add up to. ``people`` marks counts of persons:
    those under ``disclosure_threshold`` are withheld and the others rounded to a multiple of ``rounding``; ``share_of`` names the
    count that a percentage is of, ``follows`` the one whose size it tells: both are withheld with it. ``jump_pct`` is the
    change against the month before above which a warning is given. ``ceiling`` names how many of it a commune can report beside its
    census (``population_ceilings.yaml``). ``extensions`` are the sectors that need the variable:
    it exists only once one of them has an indicator switched on. ``sheet`` and ``frequency`` are those of its file.
    """

    id: str
    unit: str
    kind: str
    labels: dict[str, str]
    hxl: str
    help: dict[str, str] = field(default_factory=dict)
    minimum: float = 0.0
    maximum: float | None = None
    integer: bool = True
    people: bool = False
    at_most: str | None = None
    part_of: str | None = None
    split: str = ""
    disclosure_threshold: int | None = None
    rounding: int | None = None
    share_of: str | None = None
    follows: str | None = None
    extensions: tuple[Sector, ...] = ()
    jump_pct: float | None = None
    ceiling: str = ""
    sheet: str = ""
    frequency: str = "month"

    @property
    def monthly(self) -> bool:
        """Whether communes report it each month (otherwise a reference file carries it)."""
        return self.frequency == "month"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One service: a sheet of the template, its labels and its variables in order."""

    id: str
    labels: dict[str, str]
    variables: tuple[Variable, ...]


class VariablesFile(TypedDict):
    """The whole file of a sheet."""

    sheet: str
    labels: dict[str, str]
    frequency: NotRequired[str]
    variables: dict[str, Variable]


def _build(file: VariablesFile) -> Sheet:
    sheet, frequency = file["sheet"], file.get("frequency", "month")
    read = file["variables"].values()
    variables = (replace(v, help=v.help or v.labels, sheet=sheet, frequency=frequency) for v in read)
    return Sheet(file["sheet"], file["labels"], tuple(variables))


def asked_of(sheet: Sheet, enabled: frozenset[str]) -> Sheet:
    """The sheet with the variables that sectors with an indicator switched on need."""
    return replace(sheet, variables=tuple(v for v in sheet.variables if not v.extensions or enabled & set(v.extensions)))


def _check(file: VariablesFile, known: Known) -> Iterator[Slip]:
    if file.get("frequency", "month") not in FREQUENCIES:
        yield not_among("frequency", file["frequency"], FREQUENCIES, "frequency")
    for key, variable in file["variables"].items():
        yield from _check_variable(variable, known, "variables", key)


def _check_variable(variable: Variable, known: Known, *at: Any) -> Iterator[Slip]:
    yield from has_words(f"unit.{variable.unit}", *at, "unit")
    yield from has_words(f"template.kind_{variable.kind}", *at, "kind")
    if variable.people and variable.disclosure_threshold is None:
        yield Slip(at, "missing_name", {"missing": "disclosure_threshold"})
    if (variable.part_of is None) != (variable.split == ""):
        yield Slip(at, "missing_name", {"missing": "split" if variable.part_of else "part_of"})
    for name in ("share_of", "follows"):
        if getattr(variable, name) is not None:
            yield from known.says("observed", getattr(variable, name), *at, name)
            if variable.disclosure_threshold is None:
                yield Slip(at, "missing_name", {"missing": "disclosure_threshold"})
    if variable.at_most is not None:
        yield from known.says("observed", variable.at_most, *at, "at_most")
    if variable.part_of is not None and variable.part_of not in known.observed | set(SUMS):
        yield not_among("variable", variable.part_of, known.observed | set(SUMS), *at, "part_of")
    if variable.ceiling:
        yield from known.says("ceiling", variable.ceiling, *at, "ceiling")
    if not variable.hxl.startswith("#"):
        yield Slip((*at, "hxl"), "not_a_tag")
    if variable.maximum is not None and variable.maximum < variable.minimum:
        yield Slip((*at, "maximum"), "not_rising")


VARIABLES = Kind("variables/*", VariablesFile, _build, _check)
