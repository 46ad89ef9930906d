"""The variable catalogue: what may be observed, with unit, bounds, labels and HXL tag, read from definitions/variables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DEFINITIONS = Path(__file__).parent / "definitions"

LANGUAGES = ("fr", "ar", "en")

# There are a hundred of these files: libyaml reads them ten times as fast where it is there; both loaders are the safe ones.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Variable:
    """One observed quantity of a commune.

    ``at_most`` names the variable that this one cannot exceed. ``part_of`` names the variable, or the total of
    ``analytics.demand.SUMS``, that the parts of one ``split`` (by sex, by age) add up to. ``people`` marks counts of persons:
    those under ``disclosure_threshold`` are withheld and the others rounded to a multiple of ``rounding``. ``jump_pct`` is the
    change against the month before above which a warning is given. ``ceiling`` names how many of it a commune can report beside its
    census (``population_ceilings.yaml``). ``extensions`` are the sectors that need the variable:
    it exists only once one of them has an indicator switched on.
    """

    id: str
    sheet: str
    frequency: str
    unit: str
    kind: str
    labels: dict[str, str]
    help: dict[str, str]
    hxl: str
    minimum: float = 0.0
    maximum: float | None = None
    integer: bool = True
    people: bool = False
    at_most: str | None = None
    part_of: str | None = None
    split: str = ""
    disclosure_threshold: int | None = None
    rounding: int | None = None
    extensions: tuple[str, ...] = ()
    jump_pct: float | None = None
    ceiling: str = ""

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


@cache
def load_sheets() -> tuple[Sheet, ...]:
    """Read every file of ``definitions/variables``: the monthly sheets in workbook order, then the census. The sheet of the
    extension sectors holds what the sectors that are switched on need; it is not there when none is."""
    order = ("displacement", "education", "health", "civil_registry", "extensions", "census")
    sheets = [_read_sheet(DEFINITIONS / "variables" / f"{name}.yaml") for name in order]
    return tuple(sheet for sheet in sheets if sheet.variables)


@cache
def load_variables() -> dict[str, Variable]:
    """All variables by id, in catalogue order."""
    return {v.id: v for sheet in load_sheets() for v in sheet.variables}


def monthly_sheets() -> tuple[Sheet, ...]:
    """The sheets that communes fill, in the order of the template."""
    return tuple(s for s in load_sheets() if s.variables[0].monthly)


def read_yaml(path: Path) -> dict[str, Any]:
    """One definition file as plain values."""
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    return content


@cache
def enabled_sectors() -> frozenset[str]:
    """Sectors with an indicator that is switched on."""
    entries = [read_yaml(path) for path in (DEFINITIONS / "indicators").glob("*.yaml")]
    return frozenset(entry["sector"] for entry in entries if entry.get("enabled", True))


def _read_sheet(path: Path) -> Sheet:
    raw = read_yaml(path)
    frequency = raw.get("frequency", "month")
    read = (_read_variable(key, entry, raw["sheet"], frequency) for key, entry in raw["variables"].items())
    asked = tuple(v for v in read if not v.extensions or enabled_sectors() & set(v.extensions))
    return Sheet(raw["sheet"], raw["labels"], asked)


def _read_variable(key: str, entry: dict[str, Any], sheet: str, frequency: str) -> Variable:
    own = {"help": entry.get("labels", {}), **entry, "extensions": tuple(entry.get("extensions", ()))}
    return Variable(**{"id": key, "sheet": sheet, "frequency": frequency, **own})
