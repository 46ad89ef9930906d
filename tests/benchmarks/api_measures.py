"""The API against Datasette on the same rows: pages nobody has asked for, then the same again, each over one kept connection."""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pandas as pd

from data.store import Store
from tests.benchmarks.budget import Measure
from tests.browser.conftest import Application, free_port

# uv lends it for the run, as the Makefile does with other tools of a moment.
DATASETTE = ["uv", "tool", "run", "--quiet", "--from", "datasette==0.65.5", "datasette", "serve"]
MONTH, PAGE, PAGES = "2025-08", 500, 6
AT_MOST = 1.5


def run(store: Store) -> Iterator[Measure]:
    """Median milliseconds of a page of rows, here and there."""
    application = Application(store.root)
    try:
        ours = [f"/api/v1/pressure?date={MONTH}&limit={PAGE}&offset={PAGE * at}" for at in range(PAGES + 1)]
        first, again, rows = _ask(application.address, ours)
        yield Measure(f"API: a page of {PAGE} rows of pressure, first asked", first, "ms")
        yield Measure("  the same again", again, "ms")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "figures.db"
            with sqlite3.connect(file) as database:
                rows.to_sql("pressure", database, index=False)
            with _datasette(file) as address:
                theirs = [f"/figures/pressure.json?_shape=array&_size={PAGE}&_next={PAGE * at}" for at in range(PAGES + 1)]
                their_first, their_again, found = _ask(address, theirs)
        assert len(found) == len(rows), "both must send the same rows"
        yield Measure("  first asked, against Datasette on the same rows", first / their_first, "x", AT_MOST)
        yield Measure("  again, against Datasette", again / their_again, "x", AT_MOST)
    except (FileNotFoundError, ChildProcessError) as error:
        print(f"Datasette could not be run: {error}", file=sys.stderr)
    finally:
        application.stop()


def _ask(address: str, paths: Sequence[str]) -> tuple[float, float, pd.DataFrame]:
    """Milliseconds of a page at first and again, and all rows; the first page warms."""
    spent: list[list[float]] = [[], []]
    rows: list[dict[str, object]] = []
    with httpx.Client(base_url=address, timeout=60) as client:
        for times in spent:
            for path in paths:
                begin = time.perf_counter()
                answer = client.get(path)
                times.append((time.perf_counter() - begin) * 1000)
                answer.raise_for_status()
                if times is spent[0]:
                    said = answer.json()
                    found = said if isinstance(said, list) else next(v for v in said.values() if isinstance(v, list))
                    rows += [{key: _plain(value) for key, value in row.items()} for row in found]
    first, again = (statistics.median(times[1:]) for times in spent)
    return first, again, pd.DataFrame(rows)


def _plain(value: object) -> object:
    """What a column of SQLite can hold."""
    return str(value) if isinstance(value, (dict, list)) else value


@contextmanager
def _datasette(file: Path) -> Iterator[str]:
    """A Datasette of one file, while the block runs.

    Raises:
        ChildProcessError: it ended before it listened.
    """
    port = free_port()
    command = [str(Path(sys.executable).parent / DATASETTE[0]), *DATASETTE[1:]]
    options = [str(file), "--port", str(port), "--setting", "max_returned_rows", str(PAGE * 2)]
    server = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert server.stderr is not None
        if not any("running on" in line for line in iter(server.stderr.readline, "")):
            raise ChildProcessError("it ended before it listened")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
