"""Between a file and the store: prepares it against the published snapshot, and writes it once a person accepts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePath

import pandas as pd

from data import queries
from data.importing.corrections import Correction
from data.importing.layouts import read_confirmed, remember
from data.importing.population_ceilings import COUNTED
from data.importing.prepare import prepare_import
from data.importing.report import ImportReport
from data.importing.values import read_number
from data.ingest import IMPORT, RecordsOnDemand, Upload, add_upload, write_catalogue
from data.kept_definitions import describe_move
from data.loaders.today import forget_today, load_today, require_sound
from data.records.kind import IMPORT_ACTION
from data.store import Snapshot, Store
from geo.spelling import plain


def prepare_for_store(
    store: Store,
    content: bytes,
    file_name: str,
    today: date | None = None,
    *,
    is_confirmed: bool = False,
    corrections: Mapping[str, Correction] | None = None,
) -> ImportReport:
    """Read and check a file against the published figures; nothing is written.

    Args:
        is_confirmed: a person has confirmed what the file only suggests.
        corrections: values that a person puts in the place of those of some cells, by address.

    Raises:
        StoreError: the store is empty.
    """
    with store.open() as connection:
        territory = queries.whole_territory(connection)
        communes = queries.read_communes(connection, territory)

        def near(codes: list[str], months: tuple[date, date], variables: list[str]) -> pd.DataFrame:
            return queries.read_values_near(connection, territory, codes, months, variables, COUNTED)

        name, records = PurePath(file_name).name, RecordsOnDemand(connection, territory)
        try:
            return prepare_import(
                content,
                name,
                communes,
                near,
                store.province,
                today,
                records,
                is_confirmed=is_confirmed,
                confirmed_layouts=read_confirmed(connection),
                corrections=corrections,
            )
        finally:
            # These caches hold texts of cells: of a list of persons nothing may stay, not even in memory.
            plain.cache_clear()
            read_number.cache_clear()


def accept_import(store: Store, content: bytes, report: ImportReport) -> Snapshot:
    """Keep the file under its hash and publish a snapshot that holds its kept cells.

    Raises:
        ValueError: the report has nothing to write.
        DefinitionsError: the definitions, which the snapshot would take, are broken.
        StoreError: another write is under way, or the snapshot fails its checks; nothing is published then.
    """
    if not report.is_acceptable:
        raise ValueError(f"nothing to write from {report.file_name}")
    # A server that was started earlier has the files of then in its cache: the snapshot takes those of now.
    forget_today()
    require_sound(store.province)
    store.archive(content, PurePath(report.file_name).suffix.lower())
    upload = Upload(
        kind=IMPORT,
        file_name=report.file_name,
        sha256=report.sha256,
        cells_in=report.cells_in,
        cells_kept=report.cells_kept,
        cells_set_aside=report.cells_set_aside,
    )
    said = IMPORT_ACTION.describe({"file_name": report.file_name})
    detail = " · ".join(part for part in (said, describe_move(store)) if part)
    with store.write(IMPORT_ACTION.name, detail) as connection:
        # The file was checked against the definitions of today: a variable added since the last snapshot must be known to this one.
        write_catalogue(connection, load_today(store.province))
        add_upload(connection, upload, report.observations, report.records)
        if report.layout:
            remember(connection, report.layout, upload.upload_id)
    return store.current()
