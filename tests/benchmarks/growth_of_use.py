"""How cost grows with use: `python -m tests.benchmarks.growth_of_use uploads` and `… readers` print the tables of docs/performance.md;
sizes may be named (`uploads 1 10 100`).

Uploads: files of one figure each are imported one after the other into a store of the province. Readers: each changes what it
sees every three seconds, on one server (`tests.load`). Seconds are of the processor, those of the process that reads a file included.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from data.importing.accept import accept_import, prepare_for_store
from data.initialise import initialise
from data.store import ROOT_VARIABLE, Store
from pages.figures.load import load_figures, load_history
from tests.benchmarks.budget import seconds_of
from tests.load.oracle import Oracle
from tests.load.run import run
from tests.load.servers import serve
from tests.workbooks import write_workbook

UPLOADS, READERS = (1, 10, 50, 100, 500), (1, 5, 10, 20, 50)
LASTS, PACE, LAST_FILES = 40.0, 3.0, 5
COMMUNE, MONTH = "09.541.04.67", "2025-08"


def uploads(store: Store, sizes: Sequence[int]) -> None:
    """One row a number of files: an import, the list of versions, the figures, what lies on the disk."""
    print(
        "| files | an import | figures, read anew | list of versions | on the disk | kept versions |\n|---|---|---|---|---|---|"
    )
    spent: list[float] = []
    for number in range(1, max(sizes) + 1):
        before = _seconds()
        content = write_workbook([["Commune", "Mois", "Élèves primaire"], [COMMUNE, MONTH, 900 + number]])
        accept_import(store, content, prepare_for_store(store, content, f"saisie-{number}.xlsx"))
        spent.append(_seconds() - before)
        if number in sizes:
            last = spent[-LAST_FILES:]
            _, loading = seconds_of(lambda: load_figures(store.snapshot_id() or ""))
            kept, listing = seconds_of(lambda: load_history(store.province))
            size = sum(path.stat().st_size for path in store.root.rglob("*") if path.is_file()) / 1e6
            print(f"| {number} | {sum(last) / len(last):.2f} s | {loading:.2f} s | {listing * 1000:.1f} ms | {size:.1f} MB "
                  f"| {len(kept)} |", flush=True)  # fmt: skip


def readers(store: Store, sizes: Sequence[int]) -> None:
    """One row a number of readers: a change, how busy the server is, its memory, wrong answers."""
    print("| readers | changes | a change | busy processors | memory | wrong |\n|---|---|---|---|---|---|")
    oracle = Oracle(store)
    with serve(store.root, 1) as served:
        asyncio.run(run(served, oracle, 2, 5, 1.0, seed=1))
        for count in sizes:
            told = asyncio.run(run(served, oracle, count, LASTS, PACE))
            print(f"| {count} | {told.changes} | {told.processor / max(told.changes, 1):.3f} s | {told.processor / told.elapsed:.2f} "
                  f"| {served.memory_bytes()[0] / 1e6:.0f} MB | {len(told.wrong)} |", flush=True)  # fmt: skip


def _seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> None:
    """The table that the command names."""
    name, *sizes = sys.argv[1:]
    table, usual = {"uploads": (uploads, UPLOADS), "readers": (readers, READERS)}[name]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        os.environ[ROOT_VARIABLE] = str(store.root)
        initialise(store)
        table(store, sorted(map(int, sizes)) or usual)


if __name__ == "__main__":
    main()
