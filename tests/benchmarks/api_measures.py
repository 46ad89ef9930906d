"""The API against Datasette on the same rows: pages nobody has asked for, then the same again, each over one kept connection.

Processor time of the server is compared: the clock tells of whatever else the machine does.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pandas as pd

from data.store import Store
from tests.benchmarks.budget import Measure
from tests.browser.conftest import Application, free_port
from tests.load.servers import Served

# uv lends it for the run, as the Makefile does with other tools of a moment.
DATASETTE = ["uv", "tool", "run", "--quiet", "--from", "datasette==0.65.5", "datasette", "serve"]
MONTH, PAGE = "2025-08", 500
# Processor time is told in hundredths of a second: pages begin so many rows apart, and what is kept is asked for so often. All
# together are fewer than one address gets in a row (``pages.web.guard.BURST``).
APART, AGAIN = 150, 10
AT_MOST = 1.5


def run(store: Store) -> Iterator[Measure]:
    """Milliseconds of the processor of a page of rows, here and there, in the mean of all pages."""
    application = Application(store.root)
    try:
        first, again, rows = _ask(
            application.address, application.process.pid, f"/api/v1/pressure?date={MONTH}&limit={PAGE}&offset="
        )
        yield Measure(f"API: a page of {PAGE} rows of pressure, first asked", first, "ms")
        yield Measure("  the same again", again, "ms")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "figures.db"
            with sqlite3.connect(file) as database:
                rows.to_sql("pressure", database, index=False)
            with _datasette(file) as (address, process):
                their_first, their_again, found = _ask(
                    address, process, f"/figures/pressure.json?_shape=array&_size={PAGE}&_next="
                )
        assert len(found) == len(rows), "both must send the same rows"
        yield Measure("  first asked, against Datasette on the same rows", first / their_first, "x", AT_MOST)
        yield Measure("  again, against Datasette", again / their_again, "x", AT_MOST)
    except (FileNotFoundError, ChildProcessError) as error:
        print(f"Datasette could not be run: {error}", file=sys.stderr)
    finally:
        application.stop()


def _ask(address: str, process: int, path: str) -> tuple[float, float, pd.DataFrame]:
    """Milliseconds of the processor of a page at first and again, and all rows; reading them once warms, by pages of another size.

    Args:
        path: what a page is asked by, up to its first row.
    """
    with httpx.Client(base_url=address, timeout=600) as client:
        rows = _read_rows(client, path)
        pages = [f"{path}{first + 1}" for first in range(0, len(rows) - PAGE, APART)]
        first, again = (_spent(client, process, pages, times) for times in (1, AGAIN))
    return first, again, rows


def _spent(client: httpx.Client, process: int, pages: Sequence[str], times: int) -> float:
    before = Served.processor_seconds_of(process)
    for path in list(pages) * times:
        client.get(path).raise_for_status()
    return (Served.processor_seconds_of(process) - before) / len(pages) / times * 1000


def _read_rows(client: httpx.Client, path: str) -> pd.DataFrame:
    """All rows, page after page."""
    rows: list[dict[str, object]] = []
    while len(rows) % PAGE == 0:
        answer = client.get(f"{path}{len(rows)}")
        answer.raise_for_status()
        said = answer.json()
        found = said if isinstance(said, list) else next(v for v in said.values() if isinstance(v, list))
        rows += [{key: _plain(value) for key, value in row.items()} for row in found]
        if not found:
            break
    return pd.DataFrame(rows)


def _plain(value: object) -> object:
    """What a column of SQLite can hold."""
    return str(value) if isinstance(value, (dict, list)) else value


@contextmanager
def _datasette(file: Path) -> Iterator[tuple[str, int]]:
    """A Datasette of one file, by its address and the id of its process, while the block runs.

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
        # uv has started it as a process of its own.
        tasks = Path(f"/proc/{server.pid}/task").glob("*/children")
        (served,) = (int(child) for task in tasks for child in task.read_text(encoding="ascii").split())
        yield f"http://127.0.0.1:{port}", served
    finally:
        server.terminate()
        server.wait()
