"""From sheets of records to one table of rows: each field as it stands, as it is read, and the cell it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from analytics.displacement import OUTSIDE
from analytics.model import Provenance
from data.importing.cells import DECLARED_RELIABILITY, RUN_BY_SPREADSHEETS, match_commune, read_declared, words_of, written
from data.importing.headers import LONG_FIELDS, is_hxl_row
from data.importing.record_headers import HeadedRecords
from data.importing.values import ReadValue, read_day, read_number
from data.importing.workbook import RawValue
from data.record_sheets import RecordField, RecordSheet
from geo.names import MatchKind, NameIndex, NameMatch

# A choice of the template's list: code, dash, name.
_CODE_AND_NAME = re.compile(r"\s*([\d.]+)\s+[—–-]\s+(.+)")


def build_rows(records: list[HeadedRecords], definition: RecordSheet, index: NameIndex, first_row: int) -> pd.DataFrame:
    """Every filled row below the headings, numbered from ``first_row``, with ``sheet`` and ``cell`` (that of the row's main
    field), and for each field ``<field>_raw``, ``<field>_cell`` and what is read:

    a month as first day, a commune as code (None when not recognised, "" when blank; ``<field>_match``), a word as id (None when
    unknown, "" when blank), persons and numbers as figures (``<field>_problem``, ``<field>_note``), a text as text; then
    ``status``, ``provenance``, ``reliability``.
    """
    names = _field_names(definition)
    listed = [row for headed in records for row in _list_rows(headed, names)]
    columns = ["sheet", *(f"{name}_{part}" for name in names for part in ("raw", "cell"))]
    rows = pd.DataFrame(listed, columns=columns, dtype="object")
    rows.index = pd.RangeIndex(first_row, first_row + len(rows))
    for field in definition.fields:
        rows = rows.assign(**_READERS[field.type](rows, field, definition, index))
    main = definition.required[-1][0] if definition.of_type("persons") else "name"
    return rows.assign(
        cell=rows[f"{main}_cell"],
        provenance=words_of(rows["provenance_raw"], {p.value for p in Provenance}, Provenance.DECLARED.value),
        reliability=words_of(rows["reliability_raw"], set("ABCD"), DECLARED_RELIABILITY),
    )


def _field_names(definition: RecordSheet) -> list[str]:
    """Fields of the template, the separate name of each commune, and the words of long files."""
    names = [f.id for f in definition.fields]
    return list(dict.fromkeys([*names, *(_name_of(f) for f in definition.of_type("commune")), *LONG_FIELDS]))


def _name_of(field: RecordField) -> str:
    return field.id.replace("_code", "_name")


def _list_rows(headed: HeadedRecords, names: list[str]) -> Iterator[tuple[object, ...]]:
    where = headed.columns
    for position in range(headed.header.row + 1, len(headed.sheet.rows)):
        row = headed.sheet.rows[position]
        if is_hxl_row(row):
            continue
        values = [row[where[name]] if name in where and where[name] < len(row) else None for name in names]
        if any(written(value) for value in values):
            cells = (headed.sheet.address(position, where.get(name, 0)) for name in names)
            yield (headed.sheet.name, *(part for pair in zip(values, cells, strict=True) for part in pair))


def _read_month(rows: pd.DataFrame, field: RecordField, _definition: RecordSheet, _index: NameIndex) -> dict[str, object]:
    days = [read_day(raw) if raw is not None else None for raw in rows[f"{field.id}_raw"]]
    months = pd.Series([d.replace(day=1) if d else None for d in days], index=rows.index, dtype="object")
    return {field.id: pd.to_datetime(months)}


def _read_commune(rows: pd.DataFrame, field: RecordField, definition: RecordSheet, index: NameIndex) -> dict[str, object]:
    known: dict[tuple[str, str], NameMatch] = {}
    matches = []
    for code, name in zip(rows[f"{field.id}_raw"].map(written), rows[f"{_name_of(field)}_raw"].map(written), strict=True):
        if (code, name) not in known:
            known[code, name] = _match(code, name, definition, index)
        matches.append(known[code, name])
    blank = rows[f"{field.id}_raw"].map(written).eq("") & rows[f"{_name_of(field)}_raw"].map(written).eq("")
    codes = pd.Series([m.commune_code for m in matches], index=rows.index, dtype="object")
    return {field.id: codes.mask(blank, ""), f"{field.id}_match": matches}


def _match(code: str, name: str, definition: RecordSheet, index: NameIndex) -> NameMatch:
    if definition.is_outside(code or name):
        return NameMatch(OUTSIDE, MatchKind.NAME)
    return match_commune(index, *split_choice(code, name))


def split_choice(code: str, name: str) -> tuple[str, str]:
    """Code and name where both stand in one cell, as the template's list offers them."""
    choice = _CODE_AND_NAME.fullmatch(code)
    return (choice[1], choice[2]) if choice and not name else (code, name)


def _read_word(rows: pd.DataFrame, field: RecordField, _definition: RecordSheet, _index: NameIndex) -> dict[str, object]:
    texts = rows[f"{field.id}_raw"].map(written)
    known = {text: field.find_word(text) if text else "" for text in texts.unique()}
    return {field.id: pd.Series([known[text] for text in texts], index=rows.index, dtype="object")}


def _read_persons(rows: pd.DataFrame, field: RecordField, _definition: RecordSheet, _index: NameIndex) -> dict[str, object]:
    pairs = zip(rows[f"{field.id}_raw"], rows["status_raw"], strict=True)
    read = [read_declared(raw, status, integer=True) for raw, status in pairs]
    return {**_figures(field, read, rows.index), "status": [r.status.value for r in read]}


def _read_figure(rows: pd.DataFrame, field: RecordField, _definition: RecordSheet, _index: NameIndex) -> dict[str, object]:
    read = [_blank_or_number(raw) for raw in rows[f"{field.id}_raw"]]
    return _figures(field, read, rows.index)


def _blank_or_number(raw: RawValue) -> ReadValue:
    return read_number(raw, integer=False) if written(raw) else ReadValue()


def _figures(field: RecordField, read: list[ReadValue], index: pd.Index) -> dict[str, object]:
    return {
        field.id: pd.Series([r.value for r in read], index=index, dtype=float),
        f"{field.id}_problem": [r.problem for r in read],
        f"{field.id}_note": [r.note for r in read],
    }


def _read_text(rows: pd.DataFrame, field: RecordField, _definition: RecordSheet, _index: NameIndex) -> dict[str, object]:
    return {
        field.id: pd.Series(
            [written(raw).lstrip(RUN_BY_SPREADSHEETS) for raw in rows[f"{field.id}_raw"]], rows.index, dtype="object"
        )
    }


_READERS = {
    "month": _read_month,
    "commune": _read_commune,
    "word": _read_word,
    "persons": _read_persons,
    "number": _read_figure,
    "text": _read_text,
}
