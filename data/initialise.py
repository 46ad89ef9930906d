"""Makes the first snapshot: communes, catalogue, reference files, and demonstration figures unless they are not wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

import duckdb
import pandas as pd

from data.demonstration import build_demonstration
from data.demonstration_movements import build_demonstration_movements
from data.i18n import Translator
from data.importing.report import no_observations
from data.ingest import DEMONSTRATION, REFERENCE, Upload, add_upload, write_catalogue, write_communes
from data.loaders.today import load_today
from data.province import Province
from data.records import entry_store
from data.records.movements import MOVEMENTS
from data.records.table import registers
from data.reference_files import read_communes, read_province_totals, read_reference_files, read_source
from data.results_rows import read_shipped
from data.store import Snapshot, Store, StoreError
from data.support_tables import DEMONSTRATION as INVENTED
from data.support_tables import TITLE, digest_of_files, read_support_files


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
        if reference and (support := read_support_files(province)):
            add_upload(connection, _support_upload(province, support), no_observations(), support)
        if reference and demonstration and province.demonstration.exists():
            facts, communes = pd.concat([f.observations for f in files]), read_communes(province)
            figures = build_demonstration(province, communes, facts, read_province_totals(province), until)
            movements = build_demonstration_movements(province, communes, facts, figures)
            records = {MOVEMENTS.id: movements, **read_support_files(province, INVENTED)}
            add_upload(connection, _demonstration_upload(figures, records), figures, records)
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


def _support_upload(province: Province, support: Mapping[str, pd.DataFrame]) -> Upload:
    count = sum(len(rows) for rows in support.values())
    return Upload(
        kind=REFERENCE,
        file_name="support.csv",
        sha256=digest_of_files(province),
        title=TITLE,
        licence=Translator("en").words(read_source(province, "support").get("licence", "")),
        cells_in=count,
        cells_kept=count,
    )


def _demonstration_upload(figures: pd.DataFrame, records: Mapping[str, pd.DataFrame]) -> Upload:
    parts = (figures[["commune_code", "variable", "value"]], *records.values())
    count = len(figures) + sum(len(rows) for rows in records.values())
    rows = b"".join(pd.util.hash_pandas_object(part).to_numpy().tobytes() for part in parts)
    return Upload(
        kind=DEMONSTRATION,
        file_name="demonstration",
        sha256=sha256(rows).hexdigest(),
        title="Demonstration figures",
        cells_in=count,
        cells_kept=count,
    )
