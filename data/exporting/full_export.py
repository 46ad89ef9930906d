"""The whole store as CSV files that any tool reads, and that import again to the same figures; described as a data package."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd

from data import queries
from data.assessing.tables import write_tables
from data.exporting.columns import write_table
from data.exporting.inert import inert_text
from data.exporting.package import Exported, write_descriptions
from data.people.roles import Right
from data.records.entry_store import read_entries
from data.records.sheet_kind import SheetKind, name_column
from data.records.sheet_store import read_in_force
from data.records.table import entry_kinds, sheet_kinds
from data.store import Store, StoreError

OBSERVATION_COLUMNS = [
    "commune_code", "commune_name", "reference_date", "variable", "value", "status", "provenance", "reliability", "source",
    "upload_id", "cell",
]  # fmt: skip


def export_store(store: Store, folder: Path, *, hxl: bool = False) -> list[Path]:
    """Write ``observations.csv`` and a file for each kind of sheet record (what is in force), ``communes.csv``,
    ``variables.csv``, ``norms.csv``, ``uploads.csv``; and a file for each kind of entry, withdrawn or not; then
    ``datapackage.json`` and ``csv-metadata.json``, which describe them. ``hxl``: each table with its row of HXL tags.

    Every file is UTF-8 with a byte-order mark (BOM), values exact, and is replaced atomically.

    A person who sees some communes only is handed their rows, whoever asks for what (``store.writer``).

    Raises:
        StoreError: the store is empty, or the person's role is not handed complete data.
        OSError: the folder cannot be written.
    """
    viewer = store.writer.viewer
    if not store.writer.may(Right.EXPORT):
        raise StoreError("store.role_may_not")
    with store.open() as connection:
        territory = viewer.within(queries.whole_territory(connection))
        about = None if viewer.sees_everything else territory
        communes = queries.read_communes(connection, territory)
        tables = {
            "observations": _observations(queries.read_observations(connection, territory), communes),
            **{
                kind.id: _sheet_records(kind, read_in_force(connection, kind, territory), communes) for kind in sheet_kinds()
            },
            "communes": communes,
            "variables": queries.read_variables(connection),
            "norms": queries.read_norms(connection),
            "uploads": queries.read_uploads(connection, territory),
            **{kind.id: read_entries(connection, kind, about) for kind in entry_kinds()},
        }
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        Exported(name, _write(folder / f"{name}.csv", table, hxl=hxl), list(table.columns), hxl)
        for name, table in tables.items()
    ]
    described = write_descriptions(folder, written, store.province, store.snapshot_id() or "")
    return [*(table.path for table in written), *described]


def export_tables(store: Store, folder: Path) -> list[Path]:
    """Write observations, communes and movements as Parquet files, which ``python -m data assess`` reads.

    Raises:
        StoreError: the store is empty, or the person's role is not handed complete data.
        OSError: the folder cannot be written.
    """
    if not store.writer.may(Right.EXPORT):
        raise StoreError("store.role_may_not")
    with store.open() as connection:
        territory = store.writer.viewer.within(queries.whole_territory(connection))
        tables = [
            read(connection, territory)
            for read in (queries.read_observations, queries.read_communes, queries.read_movements)
        ]
    return write_tables(folder, *tables)


def _observations(observations: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    names = communes.set_index("commune_code")["name_fr"]
    return observations.assign(
        commune_name=observations["commune_code"].map(names),
        reference_date=observations["reference_date"].dt.strftime("%Y-%m-%d"),
        value=observations["value"].map(_exact),
    )[OBSERVATION_COLUMNS]


def _sheet_records(kind: SheetKind, records: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """Records as they are sent in: dates and figures written out, each commune with its name."""
    layout, names = kind.layout(), communes.set_index("commune_code")["name_fr"]
    written: dict[str, pd.Series] = {}
    for field in layout.of_type("month", "day"):
        written[field.id] = records[field.id].dt.strftime("%Y-%m-%d")
    for field in layout.of_type("persons", "number"):
        written[field.id] = records[field.id].map(_exact)
    for column in kind.communes:
        written[name_column(column)] = records[column].map(names).fillna("")
    return records.assign(**written)[list(kind.export_columns)]


def _exact(value: float) -> str:
    """Every digit of a value without an exponent; empty when there is none."""
    if pd.isna(value):
        return ""
    return f"{int(value)}" if float(value).is_integer() else f"{Decimal(repr(float(value))):f}"


def _inert(column: pd.Series) -> pd.Series:
    """A column without texts that a spreadsheet would run; each distinct value is looked at once."""
    changed = {v: inert_text(v) for v in column.unique() if isinstance(v, str) and inert_text(v) != v}
    return column.map(lambda v: changed.get(v, v)) if changed else column


def _write(path: Path, table: pd.DataFrame, *, hxl: bool) -> Path:
    safe = table.apply(_inert)
    draft = path.with_suffix(".draft")
    draft.write_text(write_table(safe, path.stem, hxl=hxl), encoding="utf-8-sig", newline="")
    draft.replace(path)
    return path
