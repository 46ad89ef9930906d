"""Findings of an import: refusals, errors, warnings and notes, each with its cells and its remedy."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The process that reads a file says what it found in keys: it loads no texts, nor what they are written with.
    from data.i18n import Translator

CELLS_SHOWN = 5


class Severity(StrEnum):
    """An error sets its cells aside; a warning keeps them; a note keeps them unless it says otherwise."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say of a file, about all the cells that share it.

    ``key`` names the text ``check.<key>`` and its remedy ``check.<key>.remedy``; ``rows`` are positions in the table of cells.
    ``left_out`` marks cells that are not written although nothing is wrong with them; ``is_question`` those that are once a
    person confirms what the file only suggests.
    """

    key: str
    severity: Severity
    cells: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    values: dict[str, object] = field(default_factory=dict)
    left_out: bool = False
    is_question: bool = False

    @property
    def sets_aside(self) -> bool:
        """Whether its cells are not written."""
        return self.severity is Severity.ERROR or self.left_out

    @property
    def is_wrong(self) -> bool:
        """Whether another value in its cells would mend it: nothing is wrong with what is left out or asked."""
        return self.severity is Severity.ERROR and not self.left_out

    def message(self, t: Translator) -> str:
        """What is wrong, in words."""
        return t(f"check.{self.key}", **self._words(t))

    def remedy(self, t: Translator) -> str:
        """What to do about it."""
        return t(f"check.{self.key}.remedy", **self._words(t))

    def places(self, t: Translator) -> str:
        """The first cells, and how many more there are."""
        return " ".join(part for part in (self.first_cells, self.more_cells(t)) if part)

    @property
    def first_cells(self) -> str:
        """The first cells: addresses, which read from left to right in any language."""
        return ", ".join(_without_repeated_sheet(self.cells[:CELLS_SHOWN]))

    def more_cells(self, t: Translator) -> str:
        """How many cells there are beside the first ones, in words; empty where there are none."""
        more = len(self.cells) - CELLS_SHOWN
        return t("check.more_cells", count=more) if more > 0 else ""

    def _words(self, t: Translator) -> dict[str, object]:
        return {k: _in_language(v, t) for k, v in self.values.items()}


def _in_language(value: object, t: Translator) -> object:
    """A value in the reader's language: labels come as ``{language: label}``, what differs from cell to cell as a tuple."""
    if isinstance(value, dict):
        return value[t.language]
    if isinstance(value, tuple):
        return t("sign.between").join(t.number(v) if isinstance(v, float) else str(v) for v in value)
    return value


def _without_repeated_sheet(cells: tuple[str, ...]) -> list[str]:
    """Addresses with the sheet's name only where it changes: ``Sheet!C7, D7``."""
    sheets = [cell.rpartition("!")[0] for cell in cells]
    return [
        cell.rpartition("!")[2] if position and sheets[position] == sheets[position - 1] else cell
        for position, cell in enumerate(cells)
    ]


class RefusedError(Exception):
    """The whole file is refused; ``finding`` says why, at which cells, and what to do."""

    def __init__(self, key: str, cells: tuple[str, ...] = (), **values: object) -> None:
        super().__init__(key)
        self.finding = Finding(key, Severity.ERROR, cells, values=values)


def render_finding(finding: Finding, file_name: str, t: Translator) -> str:
    """One line: file, cells, what is wrong, what to do."""
    places = finding.places(t)
    where = f"{file_name}: {places}" if places else file_name
    return f"{where}: {finding.message(t)} {finding.remedy(t)}"
