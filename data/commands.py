"""What each command of ``python -m data`` does, and its answer to a person and to a machine."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

import pandas as pd

from data import queries
from data.actor import current_actor
from data.answer import DONE, REFUSED, WRONG_CALL, Answer, WrongCallError
from data.exporting.full_export import export_store
from data.exporting.template import build_long_template, build_template
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.findings import Finding, render_finding
from data.importing.report import ImportReport
from data.ingest import drop_demonstration
from data.initialise import initialise
from data.keeping.revert import revert_action
from data.kept_definitions import adopt_today
from data.loaders.today import load_today, require_sound
from data.months import last_months, months_between
from data.records.table import KINDS
from data.store import Store
from geo.names import build_name_index, find_commune

__all__ = ["DONE", "REFUSED", "WRONG_CALL", "Answer", "WrongCallError"]


def check(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Read every definition and compare it with the others."""
    require_sound(store.province)
    count = len(load_today(store.province).contents)
    return Answer([t("cli.sound", count=count)], {"status": "done", "files": count})


def init(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Make the first snapshot, or follow the definitions where there is one already (``--if-missing``)."""
    require_sound(store.province)
    if trouble := store.trouble():
        # Somebody's figures are there: a new store over them would show demonstration figures in their place.
        raise trouble
    existing = store.snapshot_id()
    if call.if_missing and existing:
        return _follow_definitions(store, existing, t)
    snapshot = initialise(
        store,
        reference=not call.without_reference,
        demonstration=not (call.without_demonstration or call.without_reference),
        until=_last_month(call.until),
    )
    return Answer([t("cli.initialised", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id})


def _last_month(asked: str | None) -> date:
    """The last month of the demonstration: the one asked for, the past one otherwise, so that its plans lie ahead."""
    try:
        return months_between(asked, asked)[0] if asked else last_months(date.today(), 2)[0]
    except ValueError:
        raise WrongCallError("cli.month_unreadable", text=str(asked)) from None


def _follow_definitions(store: Store, existing: str, t: Translator) -> Answer:
    """A store that is there already: its figures are published again where the definitions are others than theirs."""
    adopted = adopt_today(store)
    if adopted is None:
        return Answer([t("cli.already_initialised", snapshot=existing)], {"status": "done", "snapshot": existing})
    line = t("cli.definitions_adopted", snapshot=adopted.id, moved=adopted.detail)
    return Answer([line], {"status": "done", "snapshot": adopted.id, "moved": adopted.detail})


def import_file(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Read a file, say what is kept and set aside, and keep it unless it is tried only."""
    require_sound(store.province)
    try:
        content = call.file.read_bytes()
    except OSError:
        raise WrongCallError("cli.file_missing", file=str(call.file)) from None
    report = prepare_for_store(store, content, call.file.name, is_confirmed=call.confirm)
    findings = [f for f in (report.refusal, *report.findings) if f]
    errors = tuple(f"{t(f'check.severity.{f.severity}')}: {render_finding(f, report.file_name, t)}" for f in findings)
    data = _report_data(report, findings, t)
    counts = _counts(report, t)
    if not report.is_acceptable:
        return Answer([*counts, t("cli.refused")], {"status": "refused", **data}, errors, REFUSED)
    if call.dry_run:
        return Answer([*counts, t("cli.dry_run")], {"status": "checked", **data}, errors)
    snapshot = accept_import(store, content, report)
    return Answer(
        [*counts, t("cli.imported", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id, **data}, errors
    )


def _counts(report: ImportReport, t: Translator) -> list[str]:
    """Cells read, kept and set aside; of which records and entries where the file holds any."""
    cells = {"count": report.cells_in, "kept": report.cells_kept, "aside": report.cells_set_aside}
    lines = [t("cli.counts", file=report.file_name, **cells)]
    if report.has_records:
        lines.append(t("cli.counts_records", **report.record_counts))
    for kind in report.other_records:
        lines.append(t("cli.counts_kind", kind=kind.label(t), **report.counts_of(kind)))
    if report.entries_in:
        lines.append(t("cli.counts_entries", kept=report.entries_kept, rows=report.entries_in))
    return lines


def _report_data(report: ImportReport, findings: list[Finding], t: Translator) -> dict[str, Any]:
    """What a script reads; ``writings_*`` is what this answer has always called the entries."""
    return {
        "file": report.file_name,
        "cells_in": report.cells_in,
        "cells_kept": report.cells_kept,
        "cells_set_aside": report.cells_set_aside,
        "figures_kept": len(report.observations),
        **report.record_counts,
        "writings_kept": report.entries_kept,
        "writings_in": report.entries_in,
        "records": {name: report.counts_of(KINDS[name]) for name in report.records_in},
        "findings": [
            {
                "key": f.key,
                "severity": f.severity.value,
                "cells": list(f.cells),
                "message": f.message(t),
                "remedy": f.remedy(t),
            }
            for f in findings
        ],
    }


def write_template(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Write the template for a commune or for all."""
    require_sound(store.province)
    suffix = call.file.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise WrongCallError("cli.template_suffix", file=str(call.file))
    try:
        months = months_between(*call.months) if call.months else last_months(date.today())
    except ValueError:
        raise WrongCallError("cli.month_unreadable", text=" ".join(call.months)) from None
    communes = _communes(store, call.commune)
    is_book = suffix == ".xlsx"
    content = (
        build_template(communes, months, t, _communes(store, None)) if is_book else build_long_template(communes, months, t)
    )
    try:
        call.file.write_bytes(content)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.file), reason=error.strerror or "") from None
    return Answer([t("cli.written", file=str(call.file))], {"status": "done", "file": str(call.file)})


def _communes(store: Store, text: str | None) -> pd.DataFrame:
    """All communes, or the one that was asked for by code or name."""
    with store.open() as connection:
        communes = queries.read_communes(connection, queries.whole_territory(connection))
    if text is None:
        return communes
    match = find_commune(build_name_index(communes, store.province.aliases), text)
    if match.commune_code is None:
        names = communes.set_index("commune_code")["name_fr"]
        candidates = ", ".join(f"{names[c]} ({c})" for c in match.candidates) or "—"
        raise WrongCallError("cli.commune_unknown", text=text, candidates=candidates)
    return communes[communes["commune_code"] == match.commune_code]


def list_history(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """List the snapshots that are kept."""
    snapshots = store.history()
    lines = [
        f"{'*' if s.is_current else ' '} {s.id}  {t.moment(s.created_at)}  {t(f'action.{s.action}')}  {s.detail}".rstrip()
        for s in snapshots
    ]
    entries = [
        {"id": s.id, "parent_id": s.parent_id, "created_at": s.created_at.isoformat(), "action": s.action, "detail": s.detail,
         "definitions": s.definitions, "is_current": s.is_current}
        for s in snapshots
    ]  # fmt: skip
    return Answer(lines or [t("store.empty")], {"status": "done", "snapshots": entries})


def undo(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Publish the snapshot before; with ``--only`` take back one action and leave what was done since."""
    snapshot = revert_action(store, call.only) if call.only else store.undo()
    return Answer([t("cli.undone", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id})


def remove_demonstration(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Take every demonstration figure out."""
    with store.write("drop-demonstration") as connection:
        removed = drop_demonstration(connection)
    snapshot = store.current().id
    return Answer(
        [t("cli.dropped", count=removed, snapshot=snapshot)], {"status": "done", "snapshot": snapshot, "removed": removed}
    )


def export(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Write every figure and record to a folder."""
    require_sound(store.province)
    try:
        files = export_store(store, call.folder)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.folder), reason=error.strerror or "") from None
    store.audit.record(current_actor(), "export", {"snapshot": store.snapshot_id()})
    return Answer([t("cli.written", file=str(f)) for f in files], {"status": "done", "files": [str(f) for f in files]})
