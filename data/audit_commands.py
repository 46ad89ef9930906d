"""``python -m data audit``: the lines of the audit log, its check, and its export."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from data.answer import REFUSED, Answer, WrongCallError
from data.audit import Entry, write_csv
from data.i18n import Translator
from data.store import Store

SHOWN = 30


def run(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """What is asked of the log: its last lines, whether it is whole, or all of it in a file."""
    return {"list": _list, "verify": _verify, "export": _export}[call.what](call, store, t)


def add_arguments(parser: argparse.ArgumentParser, t: Translator) -> None:
    """What the command takes."""
    parser.add_argument("what", choices=["list", "verify", "export"], help=t("cli.audit_what"))
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help=t("cli.audit_file"))


def describe(entry: Entry, t: Translator) -> str:
    """A line for a person: number, moment, actor, action, detail."""
    moment = t.moment(datetime.fromisoformat(entry.at))
    return f"{entry.number}  {moment}  {entry.actor}  {name_action(entry.action, t)}  {entry.detail}".rstrip()


def name_action(action: str, t: Translator) -> str:
    """What an action is called; its own name where no text knows it."""
    return t(f"action.{action}") if t.has(f"action.{action}") else action


def _list(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    entries = store.audit.entries(SHOWN)
    lines = [describe(entry, t) for entry in reversed(entries)]
    return Answer(lines or [t("cli.audit_none")], {"status": "done", "entries": [asdict(entry) for entry in entries]})


def _verify(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    broken = store.audit.broken_at()
    if broken is not None:
        line = t("cli.audit_broken", number=broken)
        return Answer([], {"status": "refused", "reason": "audit_broken", "number": broken}, (line,), REFUSED)
    last = next(iter(store.audit.entries(1)), None)
    if last is None:
        return Answer([t("cli.audit_none")], {"status": "done", "count": 0, "hash": None})
    line = t("cli.audit_whole", count=last.number, hash=last.hash)
    return Answer([line], {"status": "done", "count": last.number, "hash": last.hash})


def _export(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    if call.file is None:
        raise WrongCallError("cli.audit_file_missing")
    try:
        with call.file.open("w", encoding="utf-8-sig", newline="") as target:
            write_csv(store.audit.entries(), target)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.file), reason=error.strerror or "") from None
    return Answer([t("cli.written", file=str(call.file))], {"status": "done", "file": str(call.file)})
