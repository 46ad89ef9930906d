"""An actor or an action that a person types: by the same reading and checks as a row of a file, kept as an upload of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime

import pandas as pd

from data import queries
from data.importing.findings import Finding, Severity
from data.importing.own_communes import refuse_what_is_not_own
from data.importing.prepare import prepare_import
from data.importing.report import ImportReport
from data.ingest import IMPORT, RecordsOnDemand, Upload, add_upload
from data.people.permissions import require_write
from data.records.actions import ACTIONS, ADD_ACTION
from data.records.actors import ACTORS, ADD_ACTOR
from data.records.kind import Action
from data.records.sheet_kind import SheetKind
from data.store import Store

_ACTIONS: Mapping[str, Action] = {ACTIONS.id: ADD_ACTION, ACTORS.id: ADD_ACTOR}
FILE_NAME = "saisie.csv"


def add_row(store: Store, kind: SheetKind, row: Mapping[str, str | float | date | None]) -> tuple[Finding, ...]:
    """Check a row and write it; what is said of it where it is not kept, and then nothing is written.

    A row with the reference of another one takes its place from now on; the earlier one stays in the history, and undo brings it
    back.

    Args:
        row: values by field of the kind; what is left out is blank.

    Raises:
        StoreError: the person's role does not write this kind, or another write is under way.
    """
    action = _ACTIONS[kind.id]
    require_write(store.writer, action.name, None)
    content = _write_file(kind, row)
    report = _prepare(store, content)
    wrong = (report.refusal,) if report.refusal else tuple(f for f in report.findings if f.severity is Severity.ERROR)
    if wrong or not report.is_acceptable:
        return wrong
    store.archive(content, ".csv")
    upload = Upload(IMPORT, FILE_NAME, report.sha256, cells_in=report.cells_in, cells_kept=report.cells_kept)
    said = report.records[kind.id].to_dict("records")[0]
    with store.write(action.name, action.describe(said)) as connection:
        add_upload(connection, upload, report.observations, report.records)
    return ()


def _prepare(store: Store, content: bytes) -> ImportReport:
    with store.open() as connection:
        everywhere = queries.whole_territory(connection)
        communes = queries.read_communes(connection, everywhere)
        records = RecordsOnDemand(connection, everywhere)
        nothing = pd.DataFrame(columns=["commune_code", "reference_date", "variable", "value", "provenance"])
        report = prepare_import(content, FILE_NAME, communes, nothing, store.province, None, records)
        return refuse_what_is_not_own(report, store.writer, records)


def _write_file(kind: SheetKind, row: Mapping[str, str | float | date | None]) -> bytes:
    """The row as a file of ours: ``upload_id`` says that its figures have a full stop before decimals."""
    fields = [field.id for field in kind.layout().fields]
    if lost := set(row) - set(fields):
        raise ValueError(f"{kind.id} has no {sorted(lost)}")
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([*fields, "upload_id"])
    writer.writerow([*(_text(row.get(name)) for name in fields), datetime.now().astimezone().isoformat()])
    return target.getvalue().encode("utf-8-sig")


def _text(value: str | float | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
