"""A published figure is corrected: changed after the checks of a file, or withdrawn, with a reason; and a correction is undone."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import duckdb
import pandas as pd

from analytics.model import Status
from data import queries
from data.free_text import find_personal_data, one_line
from data.i18n import DEFAULT_LANGUAGE, Translator
from data.importing.accept import prepare_for_store
from data.importing.report import OBSERVATION_COLUMNS, ImportReport
from data.ingest import CORRECTION, Upload, add_upload, remove_upload
from data.people.permissions import require_write
from data.records.figure_corrections import (
    CHANGE,
    LONGEST_REASON,
    UNDO,
    WITHDRAW,
    CorrectionState,
    FigureCorrection,
    list_corrections,
)
from data.records.moment import moment_of_writing
from data.store import Store
from data.store_error import StoreError


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """Which figure is corrected and what it becomes: ``value`` as it is typed, None where the figure is withdrawn.

    ``seen`` is the digest of the month's figures that the person saw (``data.queries.read_month_figures``).
    """

    commune_code: str
    month: date
    variable: str
    value: str | None
    reason: str
    seen: str


def check_figure(store: Store, asked: FigureAsked) -> ImportReport:
    """What the checks of a file say of the new figure beside those of the store; nothing is written.

    Raises:
        StoreError: the writer's role imports nothing, or the store is empty.
    """
    target = io.StringIO()
    lines = csv.writer(target, delimiter=";", lineterminator="\r\n")
    lines.writerow(["commune_code", "reference_date", "variable", "value"])
    lines.writerow([asked.commune_code, f"{asked.month:%Y-%m}", asked.variable, asked.value])
    return prepare_for_store(store, target.getvalue().encode(), "correction.csv")


def correct_figure(store: Store, asked: FigureAsked, report: ImportReport | None = None) -> str:
    """Publish a corrected figure, or withdraw it; returns the id of its upload.

    Args:
        report: what ``check_figure`` said of the new figure; nothing is needed for one that is withdrawn.

    Raises:
        StoreError: no reason, one that is too long or holds a personal datum; the checks set the figure aside; there is no such
            figure, only a simulated one, or somebody changed it meanwhile; nothing changes; the role may not correct, the commune is
            not its own, or another write is under way.
    """
    action, reason = (WITHDRAW if asked.value is None else CHANGE), one_line(asked.reason)
    require_write(store.writer, action.name, (asked.commune_code,))
    _require_reason(reason)
    before = _read_before(store, asked)
    row = _withdrawn(before) if asked.value is None else _changed(before, report)
    # What the figure was stays out of the source, which everybody reads: it may be a small count.
    said = Translator(DEFAULT_LANGUAGE)("corrections.source", reason=reason)
    row = row.assign(source=" · ".join(part for part in (before["source"], said) if part), cell=CORRECTION)
    values = {
        "commune_code": asked.commune_code,
        "reference_date": asked.month,
        "variable": asked.variable,
        "step": "withdrawn" if asked.value is None else "changed",
        "value_before": _none_where_missing(before["value"]),
        "value": _none_where_missing(row["value"].iloc[0]),
        "reason": reason,
    }
    with store.write(action.name, action.describe(values), (asked.commune_code,)) as connection:
        return _write(connection, store, values, row)


def undo_correction(store: Store, upload_id: str, commune_code: str, reason: str) -> None:
    """Take a correction in force back: what it replaced is in force again, and the list says so.

    Raises:
        StoreError: no reason, it is not in force, the role may not correct, or another write is under way.
    """
    said = one_line(reason)
    require_write(store.writer, UNDO.name, (commune_code,))
    _require_reason(said)
    with store.open() as connection:
        found = _find(list_corrections(connection.cursor(), (commune_code,)), upload_id)
    values = {
        "commune_code": commune_code,
        "reference_date": found.reference_date,
        "variable": found.variable,
        "step": "undone",
        "value_before": found.value,
        "value": found.before,
        "reason": said,
    }
    with store.write(UNDO.name, UNDO.describe(values), (commune_code,)) as connection:
        _find(list_corrections(connection, (commune_code,)), upload_id)
        remove_upload(connection, upload_id)
        _note(connection, store, values, upload_id)


def _find(corrections: list[FigureCorrection], upload_id: str) -> FigureCorrection:
    found = next((c for c in corrections if c.upload_id == upload_id), None)
    if found is None or found.state is not CorrectionState.IN_FORCE:
        raise StoreError("store.correction_gone")
    return found


def _require_reason(reason: str) -> None:
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise StoreError("store.correction_reason", longest=LONGEST_REASON)
    if find_personal_data(reason):
        raise StoreError("store.correction_personal")


def _read_before(store: Store, asked: FigureAsked) -> Any:
    """The figure in force, as the person saw it."""
    with store.open() as connection:
        cursor = connection.cursor()
        now = queries.read_month_figures(cursor, (asked.commune_code,), asked.month).get(asked.commune_code, "")
        rows = queries.read_figure_in_force(cursor, (asked.commune_code,), asked.month, asked.variable)
    if rows.empty:
        raise StoreError("store.correction_nothing")
    if now != asked.seen:
        raise StoreError("store.correction_changed")
    return rows.iloc[0]


def _withdrawn(before: Any) -> pd.DataFrame:
    if before["status"] == Status.MISSING:
        raise StoreError("store.correction_same")
    return pd.DataFrame([before])[OBSERVATION_COLUMNS].assign(value=float("nan"), status=Status.MISSING.value)


def _changed(before: Any, report: ImportReport | None) -> pd.DataFrame:
    """The new figure as the checks read it, with the kind and the reliability of the one that it replaces."""
    kept = report.observations if report is not None and report.refusal is None else pd.DataFrame()
    if len(kept) != 1:
        raise StoreError("store.correction_set_aside")
    value, status = kept["value"].iloc[0], kept["status"].iloc[0]
    same = value == before["value"] or (pd.isna(value) and pd.isna(before["value"]))
    if same and status == before["status"]:
        raise StoreError("store.correction_same")
    return kept[OBSERVATION_COLUMNS].assign(provenance=before["provenance"], reliability=before["reliability"])


def _write(connection: duckdb.DuckDBPyConnection, store: Store, values: dict[str, object], row: pd.DataFrame) -> str:
    moment = moment_of_writing(connection, "figure_correction", "noted_at")
    digest = sha256("|".join(str(part) for part in (*values.values(), moment)).encode()).hexdigest()
    upload = Upload(CORRECTION, f"{CORRECTION}-{digest[:16]}", digest, cells_in=1, cells_kept=1)
    add_upload(connection, upload, row)
    _note(connection, store, values, upload.upload_id)
    return upload.upload_id


def _note(connection: duckdb.DuckDBPyConnection, store: Store, values: dict[str, object], upload_id: str) -> None:
    who = {"role": store.writer.viewer.role.value, "account": store.writer.account, "upload_id": upload_id}
    moment = moment_of_writing(connection, "figure_correction", "noted_at")
    connection.execute(
        "INSERT INTO figure_correction SELECT coalesce(max(correction_id), 0) + 1, $commune_code, $reference_date, $variable, $step, "
        "$value_before, $value, $reason, $role, $account, $upload_id, $noted_at FROM figure_correction",
        {**values, **who, "noted_at": moment},
    )


def _none_where_missing(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
