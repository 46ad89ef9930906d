"""A table of the API in each form of exchange: JSON, CSV, Parquet, SDMX-CSV, DHIS2."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.model import Provenance, Status
from data.exporting.columns import ColumnType
from data.exporting.inert import inert_text
from pages.print.tables.results import write_csv
from pages.web.api.parameters import CSV, DHIS2, JSON, PARQUET, SDMX_CSV, Question
from pages.web.api.resource import Resource, of_what

MEDIA_TYPES = {
    JSON: "application/json",
    CSV: "text/csv; charset=utf-8",
    PARQUET: "application/vnd.apache.parquet",
    SDMX_CSV: "application/vnd.sdmx.data+csv; version=2.0.0",
    DHIS2: "application/json",
}
SUFFIXES = {CSV: "csv", PARQUET: "parquet", SDMX_CSV: "sdmx.csv", DHIS2: "dhis2.json"}
AGENCY, STRUCTURE_VERSION = "SERVICE_PRESSURE", "1.0.0"
# Observation status in the code list of SDMX (CL_OBS_STATUS): normal, estimated, imputed, missing, suppressed, cannot exist.
_SDMX_STATUS = {
    Status.REPORTED: "A",
    Status.ESTIMATED: "E",
    Status.IMPUTED: "I",
    Status.MISSING: "O",
    Status.SUPPRESSED: "Q",
    Status.NOT_APPLICABLE: "M",
}


def write_table(resource: Resource, table: pd.DataFrame, question: Question, total: int) -> bytes:
    """A table in the form that is asked for.

    Args:
        total: rows there are before the page was cut.
    """
    return _WRITERS[question.form](resource, table, question, total)


def encode_rows(resource: Resource, table: pd.DataFrame) -> list[str]:
    """The rows as texts of JSON, missing null: column by column, for most values of a column are those of the row before."""
    columns = [_encode(table[c.name], resource.decode.get(c.name)) for c in resource.described]
    row = ",".join(f"{_dumps(name).replace('%', '%%')}:%s" for name in resource.columns)
    return list(map(("{" + row + "}").__mod__, zip(*columns, strict=True)))


def list_rows(resource: Resource, table: pd.DataFrame) -> list[dict[str, Any]]:
    """The same rows, for an answer that holds them in a way of its own."""
    rows: list[dict[str, Any]] = json.loads(f"[{','.join(encode_rows(resource, table))}]")
    return rows


def _encode(column: pd.Series, decode: Callable[[Any], Any] | None) -> list[str]:
    if column.dtype.kind == "f" and decode is None:
        values = column.to_numpy(dtype=float, na_value=np.nan)
        known = np.isfinite(values)
        return [repr(value) if there else "null" for value, there in zip(values.tolist(), known.tolist(), strict=True)]
    kept: dict[Any, str] = {}

    def write(value: Any) -> str:
        said = None if value is None or value is pd.NA or value != value else value
        return _dumps(said if decode is None else decode(said))

    values = column if column.dtype == object else column.to_numpy(dtype=object, na_value=None).tolist()
    # 1, 1.0 and true are one key and three texts.
    keys = list(zip(map(type, values), values, strict=True))
    try:
        kept = {key: write(key[1]) for key in dict.fromkeys(keys)}
    except TypeError:
        # Lists and mappings, which are no keys.
        return [write(value) for value in values]
    return [kept[key] for key in keys]


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _json(resource: Resource, table: pd.DataFrame, question: Question, total: int) -> bytes:
    return write_json(resource, encode_rows(resource, table), question, total)


def write_json(resource: Resource, rows: Sequence[str], question: Question, total: int) -> bytes:
    """Rows that are encoded already (``encode_rows``), under what they are of."""
    head = {**of_what(question.figures), **resource.head(question.figures), "total": total}
    return f"{_dumps(head)[:-1]},{_dumps(resource.rows)}:[{','.join(rows)}]}}".encode()


def _csv(resource: Resource, table: pd.DataFrame, question: Question, _total: int) -> bytes:
    return write_csv(_flat(resource, table), hxl=question.hxl, name=resource.name)


def _flat(resource: Resource, table: pd.DataFrame) -> pd.DataFrame:
    """The table with whatever JSON nests written as text."""
    nested = [c.name for c in resource.described if c.type is ColumnType.JSON and c.name not in resource.decode]
    return table.assign(**{name: [_written(value) for value in table[name]] for name in nested})


def _written(value: Any) -> str:
    if value is None or value is pd.NA:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


_ARROW = {
    ColumnType.INTEGER: pa.int64(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.BOOLEAN: pa.bool_(),
}


def _parquet(resource: Resource, table: pd.DataFrame, question: Question, _total: int) -> bytes:
    """Columns typed whatever they hold; the lineage as metadata of the file, the tags as metadata of the columns."""
    flat = _flat(resource, table)
    fields = [
        pa.field(c.name, _ARROW.get(c.type, pa.string()), metadata={"hxl": c.hxl, "type": c.type.value})
        for c in resource.described
    ]
    arrays = [pa.array(flat[field.name], type=field.type, from_pandas=True) for field in fields]
    lineage = {name: str(value) for name, value in of_what(question.figures).items()}
    target = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=pa.schema(fields, metadata=lineage)), target, compression="zstd")
    return target.getvalue()


def _sdmx(resource: Resource, table: pd.DataFrame, question: Question, _total: int) -> bytes:
    """SDMX-CSV 2.0: one measure (the value of an indicator or variable, the score of a service), its attributes beside it."""
    is_result = "indicator_id" in table
    structure = f"{AGENCY}:{resource.name.upper()}({STRUCTURE_VERSION})"
    target = io.StringIO(newline="")
    lines = csv.writer(target, lineterminator="\r\n")
    rows = _sdmx_results(table) if is_result else _sdmx_observations(table)
    names = _RESULT_ATTRIBUTES if is_result else _OBSERVATION_ATTRIBUTES
    lines.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", *names])
    lines.writerows(["dataflow", structure, "I", *row] for row in rows)
    return target.getvalue().encode()


_RESULT_ATTRIBUTES = (
    "UNIT_MEASURE", "OBS_STATUS", "RESULT_STATUS", "NORM_VALUE", "PRESSURE", "SEVERITY_CLASS", "SCORE", "LOW", "HIGH",
    "PROVENANCE", "RELIABILITY",
)  # fmt: skip
_OBSERVATION_ATTRIBUTES = ("UNIT_MEASURE", "OBS_STATUS", "PROVENANCE", "RELIABILITY", "SOURCE")


def _sdmx_results(table: pd.DataFrame) -> Iterator[list[Any]]:
    for row in table.itertuples():
        measured = row.value if row.unit else row.score
        known = "A" if pd.notna(measured) else "O"
        attributes = (
            row.unit or "score", known, row.status, row.norm_value, row.pressure, row.severity_class, row.score, row.low, row.high,
            row.provenance, row.reliability,
        )  # fmt: skip
        yield [_plain(v) for v in (row.commune_code, row.indicator_id, row.reference_date, measured, *attributes)]


def _sdmx_observations(table: pd.DataFrame) -> Iterator[list[Any]]:
    for row in table.itertuples():
        attributes = row.unit, _SDMX_STATUS[Status(row.status)], row.provenance, row.reliability, row.source
        yield [_plain(v) for v in (row.commune_code, row.variable, str(row.reference_date)[:7], row.value, *attributes)]


def _plain(value: Any) -> Any:
    """A cell of a CSV: nothing where nothing is known, and no text that a spreadsheet would run."""
    if value is None or value is pd.NA or value != value:
        return ""
    return inert_text(value) if isinstance(value, str) else value


def _dhis2(_resource: Resource, table: pd.DataFrame, _question: Question, _total: int) -> bytes:
    """``dataValueSets`` as a DHIS2 server takes them: communes as organisation units and variables as data elements, by their codes.
    What is simulated, withheld or not known stays here: a server would take it for a report."""
    kept = table[table["value"].notna() & (table["provenance"] != Provenance.DEMONSTRATION)]
    values = [
        {
            "dataElement": row.variable,
            "period": str(row.reference_date)[:7].replace("-", ""),
            "orgUnit": row.commune_code,
            "value": f"{row.value:.15g}",
            "comment": f"{row.provenance}; {row.reliability}; {row.source}",
        }
        for row in kept.itertuples()
    ]
    schemes = {"dataElementIdScheme": "CODE", "orgUnitIdScheme": "CODE", "idScheme": "CODE"}
    return json.dumps({**schemes, "dataValues": values}, ensure_ascii=False).encode()


_Writer = Callable[[Resource, pd.DataFrame, Question, int], bytes]
_WRITERS: Mapping[str, _Writer] = {JSON: _json, CSV: _csv, PARQUET: _parquet, SDMX_CSV: _sdmx, DHIS2: _dhis2}
