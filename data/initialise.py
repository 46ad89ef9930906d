"""Makes the first snapshot: communes, catalogue, reference files, and demonstration figures unless they are not wanted."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import duckdb
import pandas as pd

from data.demonstration import build_demonstration
from data.demonstration_movements import build_demonstration_movements
from data.i18n import Translator
from data.ingest import DEMONSTRATION, REFERENCE, Upload, add_upload, write_catalogue, write_communes
from data.loaders.today import load_today
from data.province import Province
from data.records import entry_store
from data.records.movements import MOVEMENTS
from data.records.table import registers
from data.reference_files import read_communes, read_province_totals, read_reference_files
from data.results_rows import read_shipped
from data.store import Snapshot, Store, StoreError


def initialise(store: Store, *, reference: bool = True, demonstration: bool = True, until: date | None = None) -> Snapshot:
    """Build the store from the folder of its territory; there are demonstration figures where the folder has their parameters.

    Args:
        until: last month of the demonstration; the one that its parameters state where none is given.

    Raises:
        StoreError: the store holds a snapshot already, whole or damaged, published or not; nothing is changed.
    """
    if trouble := store.trouble():
        raise trouble
    if store.snapshot_id() is not None:
        raise StoreError("store.exists")
    province = store.province
    with store.write("init") as connection:
        write_communes(connection, read_communes(province))
        write_catalogue(connection, load_today(province))
        files = read_reference_files(province) if reference else ()
        for file in files:
            add_upload(connection, _reference_upload(file), file.observations)
        if reference and demonstration and province.demonstration.exists():
            facts, communes = pd.concat([f.observations for f in files]), read_communes(province)
            figures = build_demonstration(province, communes, facts, read_province_totals(province), until)
            movements = build_demonstration_movements(province, communes, facts, figures)
            add_upload(connection, _demonstration_upload(figures, movements), figures, {MOVEMENTS.id: movements})
        if reference:
            _add_registers(connection, province, demonstration, until)
    return store.current()


def _add_registers(
    connection: duckdb.DuckDBPyConnection, province: Province, demonstration: bool, until: date | None
) -> None:
    shipped = read_shipped(province, read_communes(province), demonstration=demonstration, until=until)
    for kind in registers():
        if kind.id in shipped:
            entry_store.add_entries(connection, kind, shipped[kind.id])


def _reference_upload(file) -> Upload:  # type: ignore[no-untyped-def]
    source, cells = file.source, len(file.observations)
    return Upload(
        kind=REFERENCE,
        file_name=f"{file.id}.csv",
        sha256=file.sha256,
        title=file.title,
        source_url=str(source.get("url", "")),
        licence=Translator("en").words(source.get("licence", "")),
        cells_in=cells,
        cells_kept=cells,
    )


def _demonstration_upload(figures: pd.DataFrame, movements: pd.DataFrame) -> Upload:
    parts = (figures[["commune_code", "variable", "value"]], movements)
    rows = b"".join(pd.util.hash_pandas_object(part).to_numpy().tobytes() for part in parts)
    return Upload(
        kind=DEMONSTRATION,
        file_name="demonstration",
        sha256=sha256(rows).hexdigest(),
        title="Demonstration figures",
        cells_in=len(figures) + len(movements),
        cells_kept=len(figures) + len(movements),
    )
