"""What describes a folder of exported tables to other programs: a data package (Frictionless) and CSV on the Web metadata (W3C)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.exporting.columns import ColumnType, LeavingColumn, describe_columns, hxl_tags, name_in_words
from data.i18n import LANGUAGES, Translator
from data.province import Province

PACKAGE, METADATA = "datapackage.json", "csv-metadata.json"
# Names of types in the Table Schema and in CSV on the Web.
_FIELD_TYPES = {
    ColumnType.MONTH: "yearmonth",
    ColumnType.JSON: "string",
}
_WEB_TYPES = {ColumnType.MONTH: "gYearMonth", ColumnType.JSON: "json", ColumnType.DATETIME: "string"}
_KEYS: Mapping[str, Sequence[str]] = {"communes": ("commune_code",), "variables": ("variable",), "uploads": ("upload_id",)}
# Columns of a table that name a row of another one.
_LEADS_TO: Mapping[str, Mapping[str, str]] = {
    "observations": {"commune_code": "communes", "variable": "variables", "upload_id": "uploads"},
    "facilities": {"commune_code": "communes", "upload_id": "uploads"},
    "displaced_sites": {"commune_code": "communes", "upload_id": "uploads"},
    "movements": {"upload_id": "uploads"},
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A table that was written: its name, its file, the columns in their order; ``hxl`` where tags stand under the headings."""

    name: str
    path: Path
    columns: Sequence[str]
    hxl: bool


def write_descriptions(folder: Path, tables: Sequence[Exported], province: Province, snapshot: str) -> list[Path]:
    """Write ``datapackage.json`` and ``csv-metadata.json`` beside the tables.

    Args:
        snapshot: id of the snapshot that the tables are of.
    """
    package = {
        "name": f"service-pressure-{province.id}",
        "title": Translator("en", province)("exchange.title", place=province.names["en"]),
        "snapshot": snapshot,
        "resources": [_resource(table) for table in tables],
    }
    web = {"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}], "tables": [_web_table(table) for table in tables]}
    return [_write(folder / PACKAGE, package), _write(folder / METADATA, web)]


def _resource(table: Exported) -> dict[str, Any]:
    content = table.path.read_bytes()
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in describe_columns(table.columns, table.name)],
        "missingValues": [""],
    }
    if table.name in _KEYS:
        schema["primaryKey"] = list(_KEYS[table.name])
    if table.name in _LEADS_TO:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": list(_KEYS[other])}}
            for column, other in _LEADS_TO[table.name].items()
        ]
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": table.path.name,
        "format": "csv",
        "mediatype": "text/csv",
        # With a mark, so that a spreadsheet reads its letters.
        "encoding": "utf-8-sig",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        **({"dialect": {"commentRows": [2]}} if table.hxl else {}),
        "schema": schema,
    }


def _field(column: LeavingColumn) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FIELD_TYPES.get(column.type, column.type.value),
        "title": name_in_words(column.name, Translator("en")),
        "hxl": column.hxl,
    }
    if column.type is ColumnType.BOOLEAN:
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    if column.type is ColumnType.DATETIME:
        field["format"] = "any"
    return field


def _web_table(table: Exported) -> dict[str, Any]:
    columns = [
        {
            "name": column.name,
            "titles": {"und": [column.name], **{code: [name_in_words(column.name, Translator(code))] for code in LANGUAGES}},
            "datatype": _web_type(column),
        }
        for column in describe_columns(table.columns, table.name)
    ]
    keys = {"primaryKey": list(_KEYS[table.name])} if table.name in _KEYS else {}
    dialect: dict[str, Any] = {"encoding": "utf-8", "lineTerminators": ["\r\n"], "headerRowCount": 1}
    if table.hxl:
        # The tags as a comment, known by the first of them: as a second heading, programs would look for it among the titles.
        dialect["commentPrefix"] = hxl_tags(table.columns, table.name)[0]
    return {"url": table.path.name, "dialect": dialect, "tableSchema": {"columns": columns, **keys}}


def _web_type(column: LeavingColumn) -> str | dict[str, str]:
    if column.type is ColumnType.BOOLEAN:
        return {"base": "boolean", "format": "True|False"}
    return _WEB_TYPES.get(column.type, column.type.value)


def _write(path: Path, content: Mapping[str, Any]) -> Path:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)
    return path
