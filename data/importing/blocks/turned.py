"""A table whose communes stand side by side and whose figures stand below one another: read as if it were turned, after a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.importing.blocks.beside import FindCommune, with_said
from data.importing.blocks.block import Block, Column
from data.importing.blocks.columns import resolve_levels
from data.importing.blocks.headings import COMMUNE_NAME, Vocabulary
from data.importing.blocks.twice import without_twice
from data.importing.reading.sheet import Merge, RawSheet, is_filled
from data.loaders.today import load_variables

SEARCHED_ROWS, LEAST_COMMUNES = 30, 2


def find_turned(sheet: RawSheet, vocabulary: Vocabulary, find_commune: FindCommune, file_name: str) -> Block | None:
    """The table of a sheet whose communes are columns, over a turned copy of the sheet; None where there is none.

    A row names two communes or more; the cells before the first of them name, below it, figures (and perhaps a month of each).
    """
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        named = {
            at: found for at, cell in enumerate(sheet.rows[row]) if isinstance(cell, str) and (found := find_commune(cell))
        }
        if len(set(named.values())) < LEAST_COMMUNES or min(named) == 0:
            continue
        columns = _columns(sheet, row, min(named), vocabulary)
        if any(column.field in load_variables() for column in columns.values()):
            return _block(sheet, row, min(named), columns, find_commune, vocabulary, file_name)
    return None


def _columns(sheet: RawSheet, row: int, first: int, vocabulary: Vocabulary) -> dict[int, Column]:
    """What the cells before the first commune say of each row below: the columns of the turned table."""
    found = {row: Column("", COMMUNE_NAME)}
    for below in range(row + 1, len(sheet.rows)):
        column = resolve_levels([sheet.at(below, at) for at in range(first)], vocabulary)
        if column is not None:
            found[below] = column
    return without_twice(found, None, vocabulary)


def _block(
    sheet: RawSheet,
    row: int,
    first: int,
    columns: Mapping[int, Column],
    find_commune: FindCommune,
    vocabulary: Vocabulary,
    file_name: str,
) -> Block:
    turned = turn(sheet)
    block = Block(turned, None, 0, first - 1, len(turned.rows), row, len(sheet.rows), columns)
    if block.has_date:
        return block
    # The month stands above the communes, as in any other table: it is looked for in the sheet as it is.
    upright = Block(sheet, None, row, row, len(sheet.rows), 0, 1, {0: Column("", COMMUNE_NAME)})
    return replace(block, said=with_said(upright, 0, find_commune, vocabulary, file_name).said)


def turn(sheet: RawSheet) -> RawSheet:
    """The sheet with rows as columns; addresses are those of the file."""
    width = max((len(cells) for cells in sheet.rows), default=0)
    filled = max((at + 1 for cells in sheet.rows for at, cell in enumerate(cells) if is_filled(cell)), default=0)
    return replace(
        sheet,
        rows=[tuple(sheet.at(row, column) for row in range(len(sheet.rows))) for column in range(min(width, filled))],
        percent=frozenset((column, row) for row, column in sheet.percent),
        unshown=frozenset((column, row) for row, column in sheet.unshown),
        struck=frozenset((column, row) for row, column in sheet.struck),
        hidden_rows=sheet.hidden_columns,
        hidden_columns=sheet.hidden_rows,
        merges=tuple(Merge(m.left, m.top, m.right, m.bottom) for m in sheet.merges),
        is_turned=True,
    )
