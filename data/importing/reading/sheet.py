"""One sheet as it stands in a file: raw values with their addresses, and what a spreadsheet shows beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.utils import get_column_letter

from data.importing.findings import RefusedError

MAXIMUM_ROWS = 500_000
# Of all sheets of a file, blanks between filled cells counted: 500 megabytes of memory at the most.
MAXIMUM_CELLS = 6_000_000

RawValue = str | int | float | bool | date | datetime | None
Place = tuple[int, int]

# Marks of direction, zero-width spaces and soft hyphens: nobody sees them, and a number or a name is the same without them.
_INVISIBLE = dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
_JOINERS = {0x200C, 0x200D}
_REMOVED = {sign: None for sign in _INVISIBLE if sign not in _JOINERS}


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that are shown as one, first and last row and column: their value stands in the first."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell is one of them."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: rows of raw values; row 0 is the file's first row.

    ``percent``, ``struck`` and ``unshown`` are the cells shown as a percentage, struck out, and in a format that shows nothing.
    ``hidden_rows`` and ``hidden_columns``
    are those that a reader of the file does not see; ``is_hidden`` is said of a whole sheet. ``is_text`` marks a file of
    lines, whose cells have no format: a row may be longer than its headings there. ``delimiter`` parts its cells. ``is_turned`` marks
    a copy whose rows are the columns of the file.
    """

    name: str
    rows: list[tuple[RawValue, ...]]
    percent: frozenset[Place] = frozenset()
    struck: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    is_text: bool = False
    delimiter: str = ""
    is_turned: bool = False
    unshown: frozenset[Place] = frozenset()

    def address(self, row: int, column: int) -> str:
        """Address of a cell as a spreadsheet writes it."""
        row, column = (column, row) if self.is_turned else (row, column)
        cell = f"{get_column_letter(column + 1)}{row + 1}"
        return f"{self.name}!{cell}" if self.name else cell

    def at(self, row: int, column: int) -> RawValue:
        """What a cell holds; None beyond the end of its row."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else None

    def filled(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int, RawValue]]:
        """Every cell that is not blank, row by row."""
        for row in range(first, len(self.rows) if last is None else min(last, len(self.rows))):
            for column, value in enumerate(self.rows[row]):
                if is_filled(value):
                    yield row, column, value

    @property
    def hides(self) -> bool:
        """Whether there is anything in it that a reader of the file does not see, or sees struck out."""
        return self.is_hidden or bool(self.hidden_rows or self.hidden_columns or self.struck or self.unshown)

    def is_unseen(self, row: int, column: int) -> bool:
        """Whether a reader of the file does not see a cell, or sees it struck out."""
        place = (row, column)
        return row in self.hidden_rows or column in self.hidden_columns or place in self.struck or place in self.unshown


def is_filled(value: RawValue) -> bool:
    """Whether a cell holds anything but spaces."""
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def visible_text(text: str) -> str:
    """A text without the signs that nobody sees."""
    return text.translate(_REMOVED)


def bounded(sheets: Sequence[RawSheet]) -> list[RawSheet]:
    """The sheets, unless they are too large.

    Raises:
        RefusedError: too many rows or cells.
    """
    if any(len(sheet.rows) > MAXIMUM_ROWS for sheet in sheets):
        raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
    check_cells(sum(len(row) for sheet in sheets for row in sheet.rows))
    return list(sheets)


def check_cells(count: int) -> None:
    """Stop at the most cells that are read of a file.

    Raises:
        RefusedError: there are more.
    """
    if count > MAXIMUM_CELLS:
        raise RefusedError("too_many_cells", limit=MAXIMUM_CELLS)
