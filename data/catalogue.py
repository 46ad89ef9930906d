"""The variable catalogue: what may be observed, with unit, bounds, labels and HXL tag, read from definitions/variables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DEFINITIONS = Path(__file__).parent / "definitions"

LANGUAGES = ("fr", "ar", "en")


@dataclass(frozen=True, slots=True)
class Variable:
    """One observed quantity of a commune.

    ``at_most`` names the variable of which this one is a part; ``people`` marks counts of persons (disclosure control);
    ``jump_pct`` is the change against the month before above which a warning is given.
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
    jump_pct: float | None = None

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
    """Read every file of ``definitions/variables``: the monthly sheets in workbook order, then the census."""
    order = ("displacement", "education", "health", "civil_registry", "census")
    return tuple(_read_sheet(DEFINITIONS / "variables" / f"{name}.yaml") for name in order)


@cache
def load_variables() -> dict[str, Variable]:
    """All variables by id, in catalogue order."""
    return {v.id: v for sheet in load_sheets() for v in sheet.variables}


def monthly_sheets() -> tuple[Sheet, ...]:
    """The sheets that communes fill, in the order of the template."""
    return tuple(s for s in load_sheets() if s.variables[0].monthly)


def _read_sheet(path: Path) -> Sheet:
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    frequency = raw.get("frequency", "month")
    variables = tuple(
        Variable(**{"id": key, "sheet": raw["sheet"], "frequency": frequency, "help": entry.get("labels", {}), **entry})
        for key, entry in raw["variables"].items()
    )
    return Sheet(raw["sheet"], raw["labels"], variables)
