"""Between a file and the store: prepares it against the published snapshot, and writes it once a person accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import PurePath

from data import queries
from data.free_text import one_line
from data.importing.corrections import Correction
from data.importing.layouts import read_confirmed, remember
from data.importing.own_communes import communes_of, refuse_what_is_not_own
from data.importing.population_ceilings import COUNTED
from data.importing.prepare import prepare_import
from data.importing.report import ImportReport
from data.importing.values import read_number
from data.ingest import IMPORT, RecordsOnDemand, Upload, add_upload, write_catalogue
from data.kept_definitions import describe_move
from data.loaders.today import forget_if_changed, load_today, require_sound
from data.people.permissions import require_write
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

    What it is compared with is bound to the writer's communes, like everything that they read; the names of all communes are
    known, so that a foreign one is told as such.

    Args:
        is_confirmed: a person has confirmed what the file only suggests.
        corrections: values that a person puts in the place of those of some cells, by address.

    Raises:
        StoreError: the store is empty, or the writer's role imports nothing.
    """
    require_write(store.writer, IMPORT_ACTION.name, store.writer.viewer.communes)
    with store.open() as connection, _texts_forgotten():
        everywhere = queries.whole_territory(connection)
        territory = store.writer.viewer.within(everywhere)
        report = prepare_import(
            content,
            one_line(PurePath(file_name).name),
            queries.read_communes(connection, everywhere),
            lambda codes, months, named: queries.read_values_near(connection, territory, codes, months, named, COUNTED),
            store.province,
            today,
            RecordsOnDemand(connection, territory),
            is_confirmed=is_confirmed,
            confirmed_layouts=read_confirmed(connection),
            corrections=corrections,
        )
        return refuse_what_is_not_own(report, store.writer, RecordsOnDemand(connection, everywhere))


@contextmanager
def _texts_forgotten() -> Iterator[None]:
    """These caches hold texts of cells: of a list of persons nothing may stay, not even in memory."""
    try:
        yield
    finally:
        plain.cache_clear()
        read_number.cache_clear()


def accept_import(store: Store, content: bytes, report: ImportReport) -> Snapshot:
    """Keep the file under its hash and publish a snapshot that holds its kept cells.

    Raises:
        ValueError: the report has nothing to write.
        DefinitionsError: the definitions, which the snapshot would take, are broken.
        StoreError: the writer may not write all of it, another write is under way, or the snapshot fails its checks; nothing is
            published then.
    """
    if not report.is_acceptable:
        raise ValueError(f"nothing to write from {report.file_name}")
    # A server that was started earlier has the files of then in its cache: the snapshot takes those of now.
    forget_if_changed(store.province)
    require_sound(store.province)
    about = communes_of(report, store.writer)
    require_write(store.writer, IMPORT_ACTION.name, about)
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
    with store.write(IMPORT_ACTION.name, detail, about) as connection:
        # The file was checked against the definitions of today: a variable added since the last snapshot must be known to this one.
        write_catalogue(connection, load_today(store.province))
        add_upload(connection, upload, report.observations, report.records)
        if report.layout:
            remember(connection, report.layout, upload.upload_id)
    return store.current()
