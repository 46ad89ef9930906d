"""One process, processes of this machine, Spark: `python -m tests.benchmarks.growth_of_parts` prints what a territory costs in each,
the table of docs/performance.md; sizes may be named (`89x24 1503x120`), and how many parts (`--parts 8`).

Each engine is the command itself (`python -m data assess`) with all that it starts: seconds of the processor, seconds of the clock,
and the most memory that any one of its processes had. Spark is measured where it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

from data.assessing.engines import ENGINES, LOCAL, SPARK
from data.initialise import initialise
from data.store import Store
from tests.benchmarks.growth import read_base, write_territory

SIZES, PARTS, LOOKS_EVERY = ("89x24", "500x24", "1503x24"), 8, 0.2
KEYS = ("indicator_id", "commune_code", "reference_date")
HEADER = "| communes × months | engine | processor | clock | largest Python process | equal |\n|---|---|---|---|---|---|"


@dataclass
class Spent:
    """Processor seconds by process, and the most memory (bytes) that one of those that run Python had."""

    seconds: dict[int, float] = field(default_factory=dict)
    memory: int = 0

    def look(self, root: int) -> None:
        """Take note of a process and of all that it and its children started and that still run."""
        for process in _family(root):
            try:
                name, _, rest = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")
                pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
            except (OSError, IndexError):
                # It ended meanwhile: what it spent until the last look stands.
                continue
            ticks = sum(int(text) for text in rest.split()[11:13])
            self.seconds[process] = ticks / os.sysconf("SC_CLK_TCK")
            if "python" in name:
                self.memory = max(self.memory, pages * os.sysconf("SC_PAGE_SIZE"))


def _family(root: int) -> Iterator[int]:
    yield root
    try:
        tasks = list(Path(f"/proc/{root}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return
    for child in children:
        yield from _family(child)


def measure(source: Path, target: Path, engine: str, parts: int) -> tuple[Spent, float]:
    """What the command spends, and the seconds of the clock that it takes."""
    asked = [sys.executable, "-m", "data", "assess", str(source), str(target), "--engine", engine, "--parts", str(parts)]
    spent, begin = Spent(), time.perf_counter()
    with subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as command:
        while command.poll() is None:
            spent.look(command.pid)
            time.sleep(LOOKS_EVERY)
    if command.returncode:
        raise SystemExit(f"{engine}: {command.returncode}")
    return spent, time.perf_counter() - begin


def main() -> None:
    """One row a size and engine; the results of each engine are those of one process."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth_of_parts", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=SIZES)
    parser.add_argument("--parts", type=int, default=PARTS)
    asked = parser.parse_args()
    engines = [engine for engine in ENGINES if engine != SPARK or importlib.util.find_spec("pyspark")]
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "base")
        initialise(store)
        base = read_base(store)
        for size in asked.sizes:
            communes, months = (int(part) for part in size.split("x"))
            source = Path(folder) / size
            write_territory(source, base, communes, months)
            results = {}
            for engine in engines:
                target = Path(folder) / f"{size}-{engine}"
                spent, clock = measure(source, target, engine, asked.parts)
                results[engine] = pq.read_table(target).sort_by([(k, "ascending") for k in KEYS]).to_pandas()
                is_equal = results[engine].equals(results[LOCAL])
                print(f"| {communes} × {months} | {engine} | {sum(spent.seconds.values()):.0f} s | {clock:.0f} s "
                      f"| {spent.memory / 1e6:.0f} MB | {'yes' if is_equal else 'NO'} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
