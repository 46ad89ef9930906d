"""The command ``import``: files are read, judged, and kept unless they are only tried."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.answer import DONE, REFUSED, Answer, WrongCallError
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.findings import Finding, render_finding
from data.importing.report import ImportReport
from data.loaders.today import require_sound
from data.records.table import KINDS
from data.store import Store


def import_files(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Read one file or several, one after the other: each is an upload of its own, and one that is refused keeps none back."""
    # Before a file is looked for: what is wrong with the definitions is wrong with every file.
    require_sound(store.province)
    contents = [(file.name, _read(file)) for file in call.file]
    return import_contents(store, contents, t, is_confirmed=call.confirm, is_trial=call.dry_run)


def import_contents(
    store: Store, contents: Sequence[tuple[str, bytes]], t: Translator, *, is_confirmed: bool, is_trial: bool
) -> Answer:
    """Judge files by name and content, and keep what can be kept: what the command and the API answer alike.

    Args:
        is_confirmed: what the files only suggest is confirmed.
        is_trial: nothing is kept.

    Raises:
        DefinitionsError: the definitions of the territory are broken.
        StoreError: the store is empty, the writer may not, or another write is under way.
    """
    require_sound(store.province)
    answers = [_import(store, t, name, content, is_confirmed, is_trial) for name, content in contents]
    if len(answers) == 1:
        return answers[0]
    code = REFUSED if any(answer.code == REFUSED for answer in answers) else DONE
    return Answer(
        [line for answer in answers for line in answer.lines],
        {"status": "refused" if code == REFUSED else "done", "files": [answer.data for answer in answers]},
        tuple(line for answer in answers for line in answer.errors),
        code,
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise WrongCallError("cli.file_missing", file=str(file)) from None


def _import(store: Store, t: Translator, name: str, content: bytes, is_confirmed: bool, is_trial: bool) -> Answer:
    report = prepare_for_store(store, content, name, is_confirmed=is_confirmed)
    findings = [f for f in (report.refusal, *report.findings) if f]
    errors = tuple(f"{t(f'check.severity.{_kind(f)}')}: {render_finding(f, report.file_name, t)}" for f in findings)
    data = _report_data(report, findings, t)
    counts = _counts(report, t)
    if report.questions:
        counts.append(t("cli.questions", count=len(report.questions)))
    if not report.is_acceptable:
        return Answer([*counts, t("cli.refused")], {"status": "refused", **data}, errors, REFUSED)
    if is_trial:
        return Answer([*counts, t("cli.dry_run")], {"status": "checked", **data}, errors)
    snapshot = accept_import(store, content, report)
    return Answer(
        [*counts, t("cli.imported", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id, **data}, errors
    )


def _kind(finding: Finding) -> str:
    return "question" if finding.is_question else finding.severity.value


def _counts(report: ImportReport, t: Translator) -> list[str]:
    """What was understood; cells read, kept and set aside; of which records and entries where the file holds any."""
    cells = {"count": report.cells_in, "kept": report.cells_kept, "aside": report.cells_set_aside}
    lines = [t("cli.counts", file=report.file_name, **cells)]
    if report.refusal is None:
        lines = [report.understood.sentence(t), *lines, report.account_sentence(t)]
    for kind in report.kinds_of_rows:
        lines.append(t("cli.counts_kind", kind=kind.label(t), **report.counts_of(kind)))
    if report.entries_in:
        lines.append(t("cli.counts_entries", kept=report.entries_kept, rows=report.entries_in))
    return lines


def _report_data(report: ImportReport, findings: list[Finding], t: Translator) -> dict[str, Any]:
    """What a script reads; ``writings_*`` is what this answer has always called the entries."""
    account = report.account
    return {
        "file": report.file_name,
        "understood": report.understood.sentence(t) if report.refusal is None else "",
        "cells_in_file": account.in_file,
        "cells_of_words": account.words,
        "cells_of_records": account.records,
        "cells_not_read": account.not_read,
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
                "is_question": f.is_question,
                "cells": list(f.cells),
                "message": f.message(t),
                "remedy": f.remedy(t),
            }
            for f in findings
        ],
    }
