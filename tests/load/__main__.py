"""`make load`: readers against one or several processes; prints waits, processor time a change, memory; fails on a wrong answer."""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from pathlib import Path

from data.initialise import initialise
from data.store import ROOT_VARIABLE, Store
from tests.load.oracle import Oracle
from tests.load.run import Told, run
from tests.load.servers import serve


def main() -> int:
    """Run the load; the exit code says whether every answer was right."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pace", type=float, default=3.0, help="seconds between two changes of a reader")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        os.environ[ROOT_VARIABLE] = str(store.root)
        initialise(store)
        oracle = Oracle(store)
        with serve(store.root, asked.processes) as served:
            # Each process computes its figures once; that is no part of a change.
            asyncio.run(run(served, oracle, 2 * asked.processes, 5, 1.0, seed=1))
            told = asyncio.run(run(served, oracle, asked.readers, asked.seconds, asked.pace))
            memory = served.memory_bytes()
    _print(told, memory, asked.readers, asked.pace)
    return 1 if told.wrong or not told.changes else 0


def _print(told: Told, memory: list[int], readers: int, pace: float) -> None:
    for screen in ("commune", "map"):
        waited = getattr(told, screen)
        if len(waited) > 1:
            p95 = statistics.quantiles(waited, n=20)[-1]
            print(f"{screen:8} {len(waited):5} changes  median {statistics.median(waited):.2f} s  p95 {p95:.2f} s")
    cost = told.processor / max(told.changes, 1)
    print(
        f"processor {cost:.3f} s a change; memory {' + '.join(f'{m / 1e6:.0f}' for m in memory)} MB; wrong {len(told.wrong)}"
    )
    print(
        f"busy processors with {readers} readers: {told.processor / told.elapsed:.2f}; 50 readers need {50 / pace * cost:.1f}"
    )
    for line in told.wrong[:5]:
        print("wrong:", line)


if __name__ == "__main__":
    sys.exit(main())
