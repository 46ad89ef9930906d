"""The rows of a table, of whatever kind: what stands in them, when, and whether they may be read at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from data.importing.blocks.block import IDENTITY, Block
from data.importing.blocks.headings import (
    COMMUNE_CODE,
    COMMUNE_NAME,
    CUMULATIVE,
    DATE,
    DELETED,
    FORECAST,
    LONG_FIELDS,
    PART,
    SCALE,
    STATUS,
    UNIT,
    VALIDATION,
    VARIABLE,
    YEAR,
    figure_vocabulary,
    is_hxl_row,
)
from data.importing.days import ReadDay, read_day
from data.importing.month_order import MonthOrder, order_of
from data.importing.reading.sheet import RawValue, is_filled
from data.importing.status_words import FORECAST as PLANNED
from data.importing.status_words import NOT_APPROVED, StatusWord, read_status
from data.importing.values import is_readable
from data.loaders.today import load_variables

# DHIS2's own name for "not parted": the value is the whole.
_WHOLE = frozenset(("default", "hllvx50cxc0", "(default)", "total", "ensemble", "tous", "toutes", "les deux", "les deux sexes", "all",
                    "both", "both sexes", "all ages", "tous âges", "المجموع", "الكل", "كلا الجنسين"))  # fmt: skip
# A submission that was edited in the tool is one that somebody looked at.
_APPROVED = frozenset(("approved", "validation_status_approved", "edited", "approuvé", "approuvée", "معتمد"))
_TRUE = frozenset(("true", "1", "yes", "oui"))


class RowWords(NamedTuple):
    """What the cells of a row say beside its figures."""

    code: RawValue
    name: RawValue
    variable: str
    status: RawValue
    provenance: RawValue
    reliability: RawValue
    source: RawValue
    flaw: str
    asked: tuple[str, ...]
    place_cell: str
    date_cell: str


@dataclass(frozen=True, slots=True)
class _Month:
    raw: RawValue
    day: date | None


class RowReader:
    """Reads the rows of one block, of figures or of records."""

    def __init__(self, block: Block) -> None:
        self.block, self.sheet, self.where = block, block.sheet, block.column_of
        self.is_export = block.is_export
        self._dates, self._names = block.columns_of(DATE), block.columns_of(COMMUNE_NAME)
        self._places = self._names + block.columns_of(COMMUNE_CODE)
        self._placing = [at for at, name in block.fields.items() if name in IDENTITY]
        self._joined = _values_of_joined(block)
        self._joined_figures = _figures_in_joined(block)
        self._order = order_of([self.at(row, at) for at in self._dates for row in self.rows()])
        self._heading_length = max(len(self.sheet.rows[row]) for row in range(block.top, block.bottom + 1))
        self._months: dict[int, _Month] = {}
        self._shows_all = not block.sheet.hides

    def rows(self) -> Iterator[int]:
        """Rows below the headings, without those of tags."""
        first_rows = range(self.block.bottom + 1, self.block.bottom + 3)
        return (row for row in self.block.rows() if not (row in first_rows and is_hxl_row(self.sheet.rows[row])))

    def status(self, row: int) -> RawValue:
        """The status that a row declares in a column."""
        return self._of(row, STATUS)

    def status_word(self, row: int) -> StatusWord:
        """What a row, a label or a title says of how firm its figures are."""
        return read_status(self._status_said(row))

    def _status_said(self, row: int) -> RawValue:
        raw = self.status(row)
        return self.block.said[STATUS].value if not is_filled(raw) and STATUS in self.block.said else raw

    def words(self, row: int) -> RowWords:
        """What a row says beside its figures."""
        said = self.block.said
        names = list(dict.fromkeys(str(v).strip() for at in self._names if (v := self.at(row, at))))
        code: RawValue = self._of(row, COMMUNE_CODE)
        name: RawValue = "\n".join(names)
        asked = ["turned"] if self.sheet.is_turned else []
        if not is_filled(code) and not names and COMMUNE_NAME in said:
            name = said[COMMUNE_NAME].value
            asked += [] if said[COMMUNE_NAME].is_stated else ["commune"]
        asked += ["month"] if self.month_is_suggested else []
        asked += self.asked_of_dates(row)
        if VARIABLE not in self.where and VARIABLE in said and not said[VARIABLE].is_stated:
            asked.append("variable")
        status = self._status_said(row)
        word = read_status(status)
        asked += ["forecast"] if FORECAST in said or word.asked == PLANNED else []
        asked += [CUMULATIVE] if CUMULATIVE in said else []
        if UNIT in self.where and is_filled(unit := self._of(row, UNIT)) and not is_readable(unit):
            asked.append("unit")
        provenance, reliability, source = (self._of(row, field) for field in LONG_FIELDS[1:])
        flaw = self.flaw(row, word)
        where = self._first_filled(row, self._places), self._first_filled(row, self._dates)
        return RowWords(code, name, self._variable(row), status, provenance, reliability, source, flaw, tuple(asked), *where)

    def _first_filled(self, row: int, columns: Sequence[int]) -> str:
        """The address of the first cell of some columns that is filled, of the first one where none is; empty where there are none."""
        if not columns:
            return ""
        return self.sheet.address(row, next((at for at in columns if is_filled(self.at(row, at))), columns[0]))

    def asked_of_dates(self, row: int) -> tuple[str, ...]:
        """What the dates of a row leave open."""
        return asked_of([self.at(row, at) for at in self._dates], self._order)

    def month(self, row: int) -> tuple[RawValue, date | None]:
        """What is written of the month of a row, in it or beside its table, and the day it stands for."""
        if row not in self._months:
            self._months[row] = self._read_month(row)
        month = self._months[row]
        return month.raw, month.day

    @property
    def month_is_suggested(self) -> bool:
        """Whether no column and no label says the month, but a title."""
        said = self.block.said.get(DATE)
        return DATE not in self.where and said is not None and not said.is_stated

    def unseen(self, row: int, column: int) -> str:
        """Why a reader of the file does not see a cell; empty where he does."""
        if self._shows_all:
            return ""
        if self.sheet.is_hidden:
            return "hidden_sheet"
        if self.sheet.struck and self._is_struck(row, column):
            return "struck_cells"
        return "hidden_cells" if self.sheet.is_unseen(row, column) else ""

    def _is_struck(self, row: int, column: int) -> bool:
        """Whether a cell is struck out, or what says where, when or of what it is."""
        headings = range(self.block.top, self.block.bottom + 1)
        said = [(row, column), *((row, at) for at in self._placing), *((at, column) for at in headings)]
        return any(place in self.sheet.struck for place in said)

    def flaw_of(self, row: int, column: int) -> str:
        """What is wrong with where a cell stands."""
        return "joined_figures" if (row, column) in self._joined_figures else ""

    def at(self, row: int, column: int) -> RawValue:
        """What stands in a cell, or in the joined cells that it is one of where these say where or when a row is."""
        value = self.sheet.at(row, column)
        return value if is_filled(value) else self._joined.get((row, column))

    def _of(self, row: int, field: str) -> RawValue:
        column = self.where.get(field)
        return self.at(row, column) if column is not None else None

    def _variable(self, row: int) -> str:
        if VARIABLE not in self.where:
            return str(self.block.said[VARIABLE].value) if VARIABLE in self.block.said else ""
        text = str(self._of(row, VARIABLE) or "").strip()
        if text in load_variables():
            return text
        found = figure_vocabulary().find(text) if text else None
        return found if found in load_variables() else ""

    def _read_month(self, row: int) -> _Month:
        said = [self.at(row, at) for at in self._dates]
        filled = [raw for raw in said if is_filled(raw)]
        year = read_day(self._of(row, YEAR)).year if YEAR in self.where else None
        if not filled:
            from_beside = self.block.said.get(DATE) if DATE not in self.where else None
            raw = from_beside.value if from_beside else None
            return _Month(raw, read_day(raw).day)
        days = [settle(read_day(raw), self._order, year) for raw in filled]
        if len({(day.year, day.month) for day in days if day}) > 1:
            return _Month(" / ".join(str(raw) for raw in filled), None)
        return _Month(filled[0], next((day for day in days if day), None))

    def flaw(self, row: int, word: StatusWord | None = None) -> str:
        """What is wrong with a row, or says that it is not to be read; empty where nothing is. ``word`` is its status, once read."""
        if SCALE in self.block.said:
            return "scale_beside"
        cells = self.sheet.rows[row]
        beyond = self.sheet.is_text and any(is_filled(cell) for cell in cells[self.block.right :])
        if beyond and self._is_last and (self.sheet.delimiter == "," or len(cells) > self._heading_length):
            return "row_too_long"
        validation = str(self._of(row, VALIDATION) or "").strip().casefold()
        if (validation and validation not in _APPROVED) or (word or self.status_word(row)).flaw == NOT_APPROVED:
            return NOT_APPROVED
        if str(self._of(row, DELETED) or "").strip().casefold() in _TRUE:
            return "deleted_value"
        part = str(self._of(row, PART) or "").strip().casefold()
        return "part_of_value" if part and part not in _WHOLE else ""

    @property
    def _is_last(self) -> bool:
        """Whether no other table stands to the right."""
        headings = self.sheet.rows[self.block.top : self.block.bottom + 1]
        return not any(is_filled(cell) for row in headings for cell in row[self.block.right :])


def asked_of(dates: Sequence[RawValue], order: MonthOrder) -> tuple[str, ...]:
    """What dates leave open that their column writes in an order: nothing where none of them could be read in the other one."""
    if order is MonthOrder.DAY_FIRST:
        return ()
    return (order.value,) if any(isinstance(raw, str) and read_day(raw).other for raw in dates) else ()


def settle(read: ReadDay, order: MonthOrder, year: int | None) -> date | None:
    """The day of a cell, in the order that its column writes; a month without its year takes that of its row."""
    if read.month is not None:
        return date(year, read.month, 1) if year and 2000 <= year <= 2100 else None
    day = read.other if order in (MonthOrder.MONTH_FIRST, MonthOrder.MONTH_FIRST_PERHAPS) and read.other else read.day
    if order is MonthOrder.BOTH and read.other:
        return None
    if day is None or (year is not None and day.year != year):
        return None
    return day.date() if isinstance(day, datetime) else day


def _values_of_joined(block: Block) -> dict[tuple[int, int], RawValue]:
    """What stands in joined cells of the columns that place a row, for the rows that they reach over."""
    counted = block.counted
    return {
        (row, column): block.sheet.at(merge.top, merge.left)
        for merge in block.sheet.merges
        if merge.bottom > merge.top and merge.top > block.bottom
        for column in range(merge.left, min(merge.right, merge.left + 50) + 1)
        if column in block.columns and column not in counted
        for row in range(merge.top, min(merge.bottom + 1, block.end))
    }


def _figures_in_joined(block: Block) -> frozenset[tuple[int, int]]:
    """Figures that stand in joined cells: nobody can tell of which row they are."""
    counted = block.counted
    return frozenset(
        (merge.top, merge.left)
        for merge in block.sheet.merges
        if block.bottom < merge.top < block.end and merge.left in counted
        and (merge.bottom > merge.top or any(at in counted for at in range(merge.left + 1, min(merge.right, 20_000) + 1)))
    )  # fmt: skip
