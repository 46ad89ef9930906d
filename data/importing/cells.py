"""From blocks to one table of cells: commune, month, variable and what the cell says, each with its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from data.importing.blocks.block import Block
from data.importing.checks.saying import Says
from data.importing.places import match_commune, match_each
from data.importing.reading.sheet import RawValue, is_filled
from data.importing.readings import cell_texts, exported_number, in_unit, number_columns, origin_columns, read_declared
from data.importing.rows import RowReader, RowWords
from data.importing.values import ReadValue
from data.loaders.today import load_variables
from data.loaders.variables import Variable
from geo.names import NameIndex

_PLAIN = {"row": "int64", "column": "int64", "block": "int64", "is_percent": "bool", "is_export": "bool"}


class RawCell(NamedTuple):
    """A filled cell of a figure, with what its row, its headings and the sheet say of it.

    ``flaw`` is the key of what is wrong with it before it is read, ``unseen`` of why a reader of the file does not see it;
    ``asked`` are the keys of what the file only suggests of it; ``place_cell`` and ``date_cell`` the addresses of what says where
    and when its row is, empty where no cell of the row does.
    """

    sheet: str
    row: int
    column: int
    cell: str
    block: int
    code_raw: RawValue
    name_raw: RawValue
    date_raw: RawValue
    day: object
    variable: str
    raw: RawValue
    status_raw: RawValue
    provenance_raw: RawValue
    reliability_raw: RawValue
    source_raw: RawValue
    is_percent: bool
    is_export: bool
    flaw: str
    unseen: str
    asked: tuple[str, ...]
    place_cell: str
    date_cell: str


def list_cells(blocks: Sequence[Block]) -> list[RawCell]:
    """Every filled cell of a figure below the headings of the blocks."""
    return [cell for number, block in enumerate(blocks) for cell in _cells_of(block, number)]


def _cells_of(block: Block, number: int) -> Iterator[RawCell]:
    reader, figures, sheet, is_long = RowReader(block), block.figures, block.sheet, block.is_long
    months = {column: block.columns[column].month for column in figures}
    percent, is_export = sheet.percent, reader.is_export
    for row in reader.rows():
        words: RowWords | None = None
        in_row = sheet.rows[row]
        for column, variable in figures.items():
            raw = in_row[column] if column < len(in_row) else None
            if not is_filled(raw) and not (is_long and is_filled(reader.status(row))):
                continue
            words = words or reader.words(row)
            month = months[column]
            date_raw, day = reader.month(row) if month is None else (month, month)
            asked = words.asked if month is None or not words.asked else tuple(a for a in words.asked if "month" not in a)
            yield RawCell(
                sheet.name,
                row,
                column,
                sheet.address(row, column),
                number,
                words.code,
                words.name,
                date_raw,
                day,
                variable or words.variable,
                raw,
                words.status,
                words.provenance,
                words.reliability,
                words.source,
                (row, column) in percent if percent else False,
                is_export,
                words.flaw or reader.flaw_of(row, column),
                reader.unseen(row, column),
                asked,
                words.place_cell,
                words.date_cell if month is None else "",
            )


def build_cells(raw: Sequence[RawCell], index: NameIndex) -> pd.DataFrame:
    """Read every listed cell: adds ``commune_code, commune_match, reference_date, value, status, problem, note, provenance,
    reliability, source``, as ``records.rows.Rows`` has them. What cannot be read is left empty for the checks to report."""
    # As objects: to walk columns of texts that pandas packs costs half of the reading.
    cells = pd.DataFrame(list(raw), columns=list(RawCell._fields), dtype="object").astype(_PLAIN)
    said = zip(cell_texts(cells["code_raw"]), cell_texts(cells["name_raw"]), strict=True)
    matches = match_each(said, partial(match_commune, index))
    cells["commune_match"] = matches
    cells["commune_code"] = [m.commune_code for m in matches]
    cells["reference_date"] = _months(cells)
    variables = load_variables()
    columns = ("variable", "raw", "status_raw", "is_percent", "is_export")
    read = [_read(variables.get(name), *said) for name, *said in zip(*(cells[c] for c in columns), strict=True)]
    for name, column in (number_columns(read, cells.index) | origin_columns(cells)).items():
        cells[name] = column
    cells["says"], cells["is_own"] = Says.FIGURE.value, True
    return cells


def _months(cells: pd.DataFrame) -> pd.Series:
    """First day of the month for monthly variables, the day itself for the census."""
    variables = load_variables()
    of_census = {name for name, entry in variables.items() if not entry.monthly}
    days = [
        day.replace(day=1) if day is not None and variable not in of_census else day
        for day, variable in zip(cells["day"], cells["variable"], strict=True)
    ]
    known = {day: pd.Timestamp(day) for day in set(days) if day is not None}
    return pd.Series(pd.to_datetime([known.get(day) for day in days]), index=cells.index)


def _read(variable: Variable | None, raw: RawValue, status: RawValue, is_percent: bool, is_export: bool) -> ReadValue:
    if is_export:
        raw = exported_number(raw)
    integer, maximum = (variable.integer, variable.maximum) if variable else (False, None)
    read = read_declared(raw, status, integer=integer, maximum=maximum)
    # A figure of our own export is in the unit of its variable.
    return (
        read if read.value is None or is_export else in_unit(read, is_percent, bool(variable and variable.unit == "percent"))
    )
