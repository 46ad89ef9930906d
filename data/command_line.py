"""The commands of ``python -m data``: exit 0 when done, 1 when the input is refused, 2 when the call is wrong."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from data import queries
from data.exporting.full_export import export_store
from data.exporting.template import build_long_template, build_template
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.findings import Finding, render_finding
from data.importing.report import ImportReport
from data.ingest import drop_demonstration
from data.initialise import initialise
from data.kept_definitions import adopt_today
from data.loaders.slips import DefinitionsError, Fault
from data.loaders.today import load_today, require_sound
from data.months import last_months, months_between
from data.province import UnknownProvinceError, find_province, offered_ids
from data.records.table import KINDS
from data.store import Store, StoreError
from geo.names import build_name_index, find_commune

DONE, REFUSED, WRONG_CALL = 0, 1, 2


class WrongCallError(Exception):
    """What was asked makes no sense; ``key`` names the text that says why and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: to a person, to a machine, and the exit code."""

    lines: list[str]
    data: dict[str, Any]
    errors: tuple[str, ...] = ()
    code: int = DONE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    call = build_parser().parse_args(arguments)
    t = Translator(call.lang)
    t = Translator(call.lang)
    try:
        province = find_province(call.territory)
        t = Translator(call.lang, province)
        answer: Answer = call.run(call, Store(province=province), t)
    except UnknownProvinceError as error:
        answer = _failure(t(error.key, **error.values), error.key, WRONG_CALL)
    except StoreError as error:
        answer = _failure(t(error.key, **error.values), error.key, REFUSED)
    except DefinitionsError as error:
        answer = _broken(error, t)
    except WrongCallError as error:
        answer = _failure(t(error.key, **error.values), error.key, WRONG_CALL)
    for line in answer.errors:
        print(line, file=sys.stderr)
    if call.json:
        print(json.dumps(answer.data, ensure_ascii=False, default=str))
    else:
        for line in answer.lines:
            print(line)
    return answer.code


def build_parser() -> argparse.ArgumentParser:
    """Commands and options, described in the language of ``--lang`` where it is given first."""
    t = Translator(_language_asked())
    parser = argparse.ArgumentParser(
        prog="python -m data",
        parents=[_common(t, json=False, lang=DEFAULT_LANGUAGE, territory=None)],
        description=t("cli.description"),
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    # A default of the command would take the place of what stands before it.
    after = _common(t, **dict.fromkeys(("json", "lang", "territory"), argparse.SUPPRESS))

    def command(name: str, run: Any, key: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[after], help=t(f"cli.{key}"), description=t(f"cli.{key}"))
        added.set_defaults(run=run)
        return added

    init = command("init", _init, "init")
    init.add_argument("--without-demonstration", action="store_true", help=t("cli.option_demonstration"))
    init.add_argument("--without-reference", action="store_true", help=t("cli.option_reference"))
    init.add_argument("--if-missing", action="store_true", help=t("cli.option_if_missing"))
    command("check", _check, "check")
    importing = command("import", _import, "import")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--dry-run", action="store_true", help=t("cli.option_dry_run"))
    template = command("template", _template, "template")
    template.add_argument("file", type=Path, metavar="FILE")
    template.add_argument("--commune", help=t("cli.option_commune"))
    template.add_argument("--months", nargs=2, metavar=("FIRST", "LAST"), help=t("cli.option_months"))
    command("history", _history, "history")
    command("undo", _undo, "undo")
    command("drop-demonstration", _drop_demonstration, "drop_demonstration")
    export = command("export", _export, "export")
    export.add_argument("folder", type=Path, metavar="DIR")
    return parser


def _common(t: Translator, **defaults: Any) -> argparse.ArgumentParser:
    """The options that stand before or after the command, with their defaults."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", default=defaults["json"], help=t("cli.option_json"))
    common.add_argument("--lang", choices=list(LANGUAGES), default=defaults["lang"], help=t("cli.option_lang"))
    text = t("cli.option_territory", offered=", ".join(offered_ids()))
    common.add_argument("--territory", metavar="ID", default=defaults["territory"], help=text)
    return common


def _language_asked() -> str:
    """Language of the help itself, which is written before the call is parsed."""
    asked = [b for a, b in zip(sys.argv, sys.argv[1:], strict=False) if a == "--lang"]
    return asked[0] if asked and asked[0] in LANGUAGES else DEFAULT_LANGUAGE


def _failure(line: str, key: str, code: int) -> Answer:
    return Answer([], {"status": "refused" if code == REFUSED else "wrong_call", "reason": key}, (line,), code)


def _broken(error: DefinitionsError, t: Translator) -> Answer:
    """Every fault of the definitions, in words and for a machine."""
    count = len(error.faults)
    data = {"status": "refused", "reason": "definitions", "faults": [_fault_data(fault, t) for fault in error.faults]}
    lines = tuple(fault.sentence(t) for fault in error.faults)
    return Answer([t("cli.definitions_broken", count=count)], data, lines, REFUSED)


def _fault_data(fault: Fault, t: Translator) -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line,
        "place": fault.place,
        "key": fault.slip.key,
        "found": fault.found,
        "message": fault.problem(t),
        "remedy": fault.remedy(t),
    }


def _check(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    require_sound(store.province)
    count = len(load_today(store.province).contents)
    return Answer([t("cli.sound", count=count)], {"status": "done", "files": count})


def _init(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    require_sound(store.province)
    existing = store.snapshot_id()
    if call.if_missing and existing:
        return _follow_definitions(store, existing, t)
    snapshot = initialise(
        store, reference=not call.without_reference, demonstration=not (call.without_demonstration or call.without_reference)
    )
    return Answer([t("cli.initialised", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id})


def _follow_definitions(store: Store, existing: str, t: Translator) -> Answer:
    """A store that is there already: its figures are published again where the definitions are others than theirs."""
    adopted = adopt_today(store)
    if adopted is None:
        return Answer([t("cli.already_initialised", snapshot=existing)], {"status": "done", "snapshot": existing})
    line = t("cli.definitions_adopted", snapshot=adopted.id, moved=adopted.detail)
    return Answer([line], {"status": "done", "snapshot": adopted.id, "moved": adopted.detail})


def _import(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    try:
        content = call.file.read_bytes()
    except OSError:
        raise WrongCallError("cli.file_missing", file=str(call.file)) from None
    report = prepare_for_store(store, content, call.file.name)
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


def _template(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
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


def _history(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
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


def _undo(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    snapshot = store.undo()
    return Answer([t("cli.undone", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id})


def _drop_demonstration(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    with store.write("drop-demonstration") as connection:
        removed = drop_demonstration(connection)
    snapshot = store.current().id
    return Answer(
        [t("cli.dropped", count=removed, snapshot=snapshot)], {"status": "done", "snapshot": snapshot, "removed": removed}
    )


def _export(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    try:
        files = export_store(store, call.folder)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.folder), reason=error.strerror or "") from None
    return Answer([t("cli.written", file=str(f)) for f in files], {"status": "done", "files": [str(f) for f in files]})
