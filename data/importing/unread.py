"""Every cell of a file is accounted for: read as a figure or a record, a word that places one, or named as not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from data.importing.blocks.block import Block, Unread
from data.importing.blocks.headings import PART, UNIT, is_hxl_row
from data.importing.cells import RawCell
from data.importing.contents import Contents
from data.importing.findings import Finding, Severity
from data.importing.reading.sheet import Place, RawSheet, RawValue
from data.importing.values import is_error, read_number

_KEYS = {
    Unread.UNKNOWN: "columns_unknown",
    Unread.TWICE: "columns_twice",
    Unread.ANOTHER_DATE: "columns_of_another_date",
    Unread.TAG_DISAGREES: "columns_tag_disagrees",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Filled cells of a file: ``in_file = words + figures + records + not_read`` always.

    ``words`` are headings, titles, what places a row, remarks; ``figures`` are kept or set aside one by one, ``records`` with
    their row; each cell that is ``not_read`` holds a figure or an error, and is named.
    """

    in_file: int = 0
    words: int = 0
    figures: int = 0
    records: int = 0
    not_read: int = 0


def account_for(contents: Contents, cells: Sequence[RawCell]) -> tuple[Account, list[Finding]]:
    """The account of a file, and the findings that name every cell that is not read."""
    read = defaultdict[str, set[Place]](set)
    filled_cells = 0
    for cell in cells:
        read[cell.sheet].add((cell.row, cell.column))
    account, findings = Account(), []
    for sheet in contents.sheets:
        own = _Sheet(sheet, contents, read[sheet.name])
        account = _sum(account, own.account())
        findings += own.findings
    filled_cells = sum(1 for sheet in contents.sheets for _ in sheet.filled())
    counted = account.words + account.figures + account.records + account.not_read
    assert account.in_file == counted == filled_cells, "a cell of the file is not accounted for"
    named = {cell for finding in findings for cell in finding.cells}
    assert account.not_read <= len(named), "a cell that is not read is not named"
    return account, findings


def _sum(one: Account, other: Account) -> Account:
    names = ("in_file", "words", "figures", "records", "not_read")
    return Account(*(getattr(one, name) + getattr(other, name) for name in names))


def is_figure(value: RawValue) -> bool:
    """Whether a cell holds a number or an error, however it is written."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        return True
    if not isinstance(value, str):
        return False
    if is_error(value.strip()):
        return not value.strip()[1:2].islower() or "/" in value
    read = read_number(value, integer=True)
    return read.value is not None or read.problem in ("formula_without_value", "thousand_or_decimal")


class _Sheet:
    """The account of one sheet."""

    def __init__(self, sheet: RawSheet, contents: Contents, read: set[Place]) -> None:
        self.sheet, self.read = sheet, read
        self.blocks = [block for block in contents.blocks if block.sheet is sheet]
        self.lacking = [(block, finding) for block, finding in contents.lacking if block.sheet is sheet]
        self.is_of_entries = any(headed.sheet is sheet for headed in contents.entries)
        self.findings: list[Finding] = []

    def account(self) -> Account:
        """Count the cells, and name those that are not read."""
        filled = list(self.sheet.filled())
        if self.is_of_entries:
            return Account(len(filled), records=len(filled))
        of_records = self._of_records()
        placing = self._placing()
        left = [(row, at) for row, at, value in filled
                if (row, at) not in self.read and (row, at) not in of_records and (row, at) not in placing
                and is_figure(value)]  # fmt: skip
        self._name(left)
        figures = sum((row, at) in self.read for row, at, _ in filled)
        records = sum((row, at) in of_records for row, at, _ in filled)
        return Account(len(filled), len(filled) - figures - records - len(left), figures, records, len(left))

    def _of_records(self) -> set[Place]:
        """Cells of the rows of records."""
        return {
            (row, at)
            for block in self.blocks if block.kind is not None
            for row, at, _ in block.cells()
            if at in block.fields and not is_hxl_row(self.sheet.rows[row])
        }  # fmt: skip

    def _placing(self) -> set[Place]:
        """Cells of headings, and those that say where, when and of what a row is."""
        found: set[Place] = set()
        for block in [*self.blocks, *(block for block, _ in self.lacking)]:
            columns = range(block.left, block.right)
            found.update((row, at) for row in range(block.top, block.bottom + 1) for at in columns)
            figures = block.figures
            known = [at for at, c in block.columns.items() if at not in figures and (c.field or c.unread is Unread.LABEL)]
            found.update((row, at) for row in block.rows() for at in known)
            # What is counted per school or per sex has a word in these columns; a number there is a count of its own.
            found -= {(row, at) for at in block.columns_of(UNIT) + block.columns_of(PART)
                      for row in block.rows() if is_figure(self.sheet.at(row, at))}  # fmt: skip
        return found

    def _name(self, left: Sequence[Place]) -> None:
        """Findings for the cells that are not read, by table and by reason; the others of the sheet together."""
        waiting = set(left)
        for block, finding in self.lacking:
            own = [place for place in left if place in waiting and _within(block, place)]
            waiting -= set(own)
            if own:
                self.findings.append(replace(finding, cells=self._addresses(own)))
        for block in self.blocks:
            waiting -= self._name_columns(block, waiting)
        if waiting:
            key = "cells_not_read" if self.blocks else "sheet_skipped"
            severity = Severity.WARNING if self.blocks else Severity.NOTE
            self.findings.append(Finding(key, severity, self._addresses(sorted(waiting))))

    def _name_columns(self, block: Block, waiting: set[Place]) -> set[Place]:
        """Name the columns of a table that are not read, with their figures; returns the cells that were named."""
        named: set[Place] = set()
        for unread, key in _KEYS.items():
            columns = {at: c.heading for at, c in block.columns.items() if c.unread is unread}
            below = {at: [p for p in waiting if p[1] == at and _within(block, p)] for at in columns}
            for with_figures, severity in ((True, Severity.WARNING), (False, Severity.NOTE)):
                chosen = [at for at in columns if bool(below[at]) is with_figures]
                if not chosen or (not with_figures and unread is Unread.TWICE):
                    continue
                cells = self._addresses(
                    [p for at in chosen for p in sorted(below[at])] or [(block.bottom, at) for at in chosen]
                )
                values: dict[str, object] = {"columns": ", ".join(dict.fromkeys(columns[at] for at in chosen))}
                self.findings.append(Finding(key, severity, cells, values=values))
                named |= {p for at in chosen for p in below[at]}
        blank = sorted(p for p in waiting - named if _within(block, p) and p[1] not in block.columns)
        if blank:
            self.findings.append(Finding("columns_without_heading", Severity.WARNING, self._addresses(blank)))
        return named | set(blank)

    def _addresses(self, places: Iterable[Place]) -> tuple[str, ...]:
        return tuple(self.sheet.address(row, at) for row, at in places)


def _within(block: Block, place: Place) -> bool:
    """Whether a cell stands below the headings of a table, or to the right of them."""
    row, column = place
    return block.bottom < row < block.end and column >= block.left
