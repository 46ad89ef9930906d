"""``python -m data backup | restore | verify | publish | repair``: a store kept safe, read through, put back."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from data.actor import current_actor
from data.answer import REFUSED, Answer
from data.i18n import Translator
from data.keeping.backup import read_backup, restore_backup, write_backup
from data.keeping.verify import verify_store
from data.store import Store


def backup(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Write all of the store to one file."""
    made = write_backup(store, call.file)
    store.audit.record(current_actor(), "backup", {"file": call.file.name, "snapshot": made.snapshot_id})
    line = t("cli.backed_up", file=str(call.file), count=made.snapshots, snapshot=made.snapshot_id)
    return Answer([line], {"status": "done", "file": str(call.file), **asdict(made)})


def restore(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Put a backup in the place of the store; with ``--check`` only read it."""
    if call.check:
        found = read_backup(call.file)
        line = t("cli.backup_whole", file=str(call.file), count=found.files, snapshot=found.snapshot_id)
        return Answer([line], {"status": "checked", "file": str(call.file), **asdict(found)})
    found = restore_backup(store, call.file)
    store.audit.record(current_actor(), "restore", {"file": call.file.name, "snapshot": found.snapshot_id})
    line = t("cli.restored", file=str(call.file), snapshot=found.snapshot_id)
    return Answer([line], {"status": "done", "snapshot": found.snapshot_id, **asdict(found)})


def verify(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Read all of every snapshot and the audit log."""
    verified, trouble, broken = verify_store(store), store.trouble(), store.audit.broken_at()
    problems = [v.problem for v in verified if v.problem] + ([trouble] if trouble else [])
    errors = [t(problem.key, **problem.values) for problem in problems]
    errors += [t("cli.audit_broken", number=broken)] if broken is not None else []
    found = [{"id": v.snapshot_id, "problem": v.problem.key if v.problem else None} for v in verified]
    data = {"snapshots": found, "trouble": trouble.key if trouble else None, "audit_broken_at": broken}
    if errors:
        return Answer([], {"status": "refused", "reason": "damaged", **data}, tuple(errors), REFUSED)
    return Answer([t("cli.verified", count=len(verified))], {"status": "done", **data})


def publish(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Publish a snapshot that is kept."""
    snapshot = store.publish(call.snapshot)
    return Answer([t("cli.published", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id})


def repair(_call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Publish the last whole snapshot where the published one is damaged or no longer known."""
    snapshot = store.repair()
    if snapshot is None:
        return Answer([t("cli.nothing_to_repair")], {"status": "done", "snapshot": store.snapshot_id()})
    return Answer([t("cli.published", snapshot=snapshot.id)], {"status": "done", "snapshot": snapshot.id})


def add_file(parser: argparse.ArgumentParser, t: Translator) -> None:
    """The file of a backup."""
    parser.add_argument("file", type=Path, metavar="FILE", help=t("cli.backup_file"))
