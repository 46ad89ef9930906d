"""Values of a DHIS2 server (``dataValueSets`` as JSON), and submissions of a collection tool as JSON, as one sheet with headings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lxml import etree

from data.importing.findings import RefusedError
from data.importing.reading.sheet import MAXIMUM_ROWS, RawSheet, RawValue, visible_text

# What a value set says once for all its values.
_OF_THE_SET = ("period", "orgUnit", "attributeOptionCombo")
_DEEPEST = 6
# The dimensions of a DHIS2 table of analytics, as its sets of values call them.
_OF_ANALYTICS = {"dx": "dataelement", "pe": "period", "ou": "orgunit", "co": "categoryoptioncombo"}


def read_json(text: str) -> RawSheet:
    """The sheet of a JSON file: a row a value or a submission.

    Raises:
        RefusedError: it is no JSON, or holds no list of objects.
    """
    records = _records(_loaded(text.lstrip("\ufeff")))
    if not records:
        raise RefusedError("file_json_unreadable")
    if len(records) > MAXIMUM_ROWS:
        raise RefusedError("too_many_rows", limit=MAXIMUM_ROWS)
    headings = list(dict.fromkeys(key for record in records for key in record))
    rows: list[tuple[RawValue, ...]] = [tuple(headings)]
    rows += [tuple(record.get(heading) for heading in headings) for record in records]
    return RawSheet("", rows, is_text=True)


def _loaded(text: str) -> Any:
    """What a JSON file holds; a list where each of its lines is an object."""
    try:
        try:
            return json.loads(text)
        except ValueError:
            lines = [line for line in text.splitlines() if line.strip()]
            if len(lines) < 2:
                raise
            return [json.loads(line) for line in lines]
    except (ValueError, RecursionError) as error:
        raise RefusedError("file_json_unreadable") from error


def _from_table(said: Any) -> list[dict[str, Any]] | None:
    """The records of a table: a list of rows below their headings, or headings and rows apart; None where it is none."""
    headings: Any
    rows: Any
    if isinstance(said, list) and len(said) > 1 and all(isinstance(row, list) for row in said):
        headings, rows = said[0], said[1:]
    elif isinstance(said, dict):
        headings, rows = said.get("headers", said.get("columns")), said.get("rows", said.get("data"))
    else:
        return None
    if not isinstance(headings, list) or not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return None
    names = [str(entry.get("name", "")) if isinstance(entry, dict) else str(entry) for entry in headings]
    return [dict(zip((_OF_ANALYTICS.get(name, name) for name in names), row, strict=False)) for row in rows]


def _records(said: Any) -> list[dict[str, RawValue]]:
    """The objects of the first list that holds any."""
    if (table := _from_table(said)) is not None:
        return [_flat(record) for record in table]
    if isinstance(said, list):
        return [_flat(entry) for entry in said if isinstance(entry, dict)]
    if not isinstance(said, dict):
        return []
    if isinstance(said.get("dataValues"), list):
        shared = {name: said[name] for name in _OF_THE_SET if name in said}
        return [_flat({**shared, **entry}) for entry in said["dataValues"] if isinstance(entry, dict)]
    for key in ("results", "value", "data", "submissions", "dataValueSets"):
        if isinstance(said.get(key), list):
            return [record for entry in said[key] for record in _records([entry] if "dataValues" not in entry else entry)]
    return [_flat(said)]


def read_value_set(root: etree._Element) -> RawSheet:
    """The sheet of a set of values as XML.

    Raises:
        RefusedError: it holds no value.
    """
    values = [dict(value.attrib.items()) for value in root.iter("{*}dataValue")]
    if not values:
        raise RefusedError("nothing_recognised")
    return read_json(json.dumps({**dict(root.attrib.items()), "dataValues": values}))


def _flat(record: Mapping[str, Any], path: str = "", deep: int = 0) -> dict[str, RawValue]:
    """The fields of a record, those within groups and repeats by their path; of a word with its id and its labels, the id."""
    found: dict[str, RawValue] = {}
    for key, value in record.items():
        name = f"{path}{key}"
        if isinstance(value, dict) and isinstance(value.get("uid"), str):
            found[name] = value["uid"]
        elif isinstance(value, dict) and deep < _DEEPEST:
            found |= _flat(value, f"{name}/", deep + 1)
        elif isinstance(value, list) and deep < _DEEPEST:
            found |= _flat({f"{key}[{number}]": entry for number, entry in enumerate(value, 1)}, path, deep + 1)
        elif isinstance(value, str):
            found[name] = visible_text(value) if value.strip() else None
        elif value is None or isinstance(value, bool | int | float):
            found[name] = value if not isinstance(value, int) or abs(value) < 10**15 else str(value)
    return found
