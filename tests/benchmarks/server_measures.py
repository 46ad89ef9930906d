"""What a change costs the server, and what opening a screen costs and sends, over the websocket of readers without a browser."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from data.store import ROOT_VARIABLE, Store
from tests.benchmarks.budget import Measure
from tests.benchmarks.slow_line import slow_line
from tests.load.oracle import Change, Oracle
from tests.load.reader import Reader
from tests.load.servers import Served, serve
from tests.workbooks import write_workbook

MONTH = "2025-08"
# Processor time is told in hundredths of a second: so many changes, or openings, are measured together.
CHANGES, OPENINGS = 20, 10
# Every screen that a reader may open, with what its address names besides the month.
SCREENS = {
    "overview": "",
    "map": "",
    "commune": "&commune=09.541.04.67",
    "places": "",
    "compare": "",
    "scenarios": "&indicator=EDU",
    "means": "",
    "plan": "",
    "support": "",
    "results": "",
    "council": "",
    "data": "",
    "quality": "",
    "methods": "",
}
# Bytes are counted, not waited for.
FAST, AT_ONCE = 1e6, 0.0
# Seconds of the processor in one by the clock; most seconds of waiting for that.
STILL, LONGEST = 0.05, 60
LARGEST_SENT = {"scenarios": 60.0}
# Seconds between two changes of a reader while a file is imported, and for how long it goes on afterwards.
PAUSE, GOES_ON = 0.1, 4.0
COMMUNE, MONTH_SENT = "09.541.04.67", "2025-09"


def run(store: Store) -> Iterator[Measure]:
    """Measures of one server."""
    oracle = Oracle(store)
    with serve(store.root, 1) as served:
        _settle(served)
        yield from asyncio.run(_changes(served, oracle))
        for screen, further in SCREENS.items():
            yield from asyncio.run(_openings(served, screen, further))
        _settle(served)
        yield asyncio.run(_beside_an_import(served, store, oracle))


def _settle(served: Served) -> None:
    """Until what a server computes ahead of its first reader stands: that is no part of what a change costs.

    Raises:
        TimeoutError: the server never came to rest; what a change costs cannot be told then.
    """
    before = served.processor_seconds()
    for _ in range(LONGEST):
        time.sleep(1)
        now = served.processor_seconds()
        if now - before <= STILL:
            return
        before = now
    raise TimeoutError("the server computes without a reader")


async def _changes(served: Served, oracle: Oracle) -> list[Measure]:
    """Another month on the map, each for the first time on this server, and another commune on its screen."""
    back = oracle.months[-2 : -CHANGES - 3 : -1]
    months = [oracle.to_month(month) for month in back]
    communes = [oracle.to_commune(code, back[0]) for code in oracle.communes[: CHANGES + 1]]
    return [
        Measure("server: another month on the map", await _spent(served, "map", months), "ms", 60),
        Measure("server: another commune", await _spent(served, "commune", communes, back[0].strftime("%Y-%m")), "ms", 120),
    ]


async def _spent(served: Served, screen: str, changes: list[Change], month: str = MONTH) -> float:
    """Milliseconds of the processor that a change takes in the mean; the first one warms."""
    async with Reader(served.address) as reader:
        await reader.open(screen, f"lang=fr&figures=all&month={month}")
        await reader.choose(changes[0].label, changes[0].option)
        before = served.processor_seconds()
        for change in changes[1:]:
            title = await reader.choose(change.label, change.option)
            assert title == change.title, (title, change.title)
        return (served.processor_seconds() - before) / (len(changes) - 1) * 1000


async def _beside_an_import(served: Served, store: Store, oracle: Oracle) -> Measure:
    """The longest that a reader waits for a month of the map while another process imports a file and this server computes what it
    changes, beyond what such a change takes in the median before."""
    months = [oracle.to_month(month) for month in oracle.months[-3:-CHANGES:-1]]
    async with Reader(served.address) as reader:
        await reader.open("map", f"lang=fr&figures=all&month={MONTH}")
        # Each once before: what is looked at has been seen.
        usual = [await _waited(reader, change) for change in months * 2][len(months) :]
        importing = asyncio.create_task(asyncio.to_thread(_import_a_month, store))
        longest, end = 0.0, float("inf")
        while time.monotonic() < end:
            for change in months:
                longest = max(longest, await _waited(reader, change))
                await asyncio.sleep(PAUSE)
            end = min(end, time.monotonic() + GOES_ON if importing.done() else end)
        await importing
    return Measure(
        "server: the longest wait beside an import, beyond the usual", longest - statistics.median(usual), "s", 0.2
    )


async def _waited(reader: Reader, change: Change) -> float:
    begin = time.perf_counter()
    title = await reader.choose(change.label, change.option)
    assert title == change.title, (title, change.title)
    return time.perf_counter() - begin


def _import_a_month(store: Store) -> None:
    """As whoever looks after the server imports, from a command."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "envoi.xlsx"
        file.write_bytes(write_workbook([["Commune", "Mois", "Élèves primaire"], [COMMUNE, MONTH_SENT, 420]]))
        environment = {**os.environ, ROOT_VARIABLE: str(store.root)}
        command = [sys.executable, "-m", "data", "import", str(file)]
        subprocess.run(command, check=True, env=environment, capture_output=True)


async def _openings(served: Served, screen: str, further: str) -> list[Measure]:
    """Processor time and bytes of a screen that others have opened before."""
    before = sent = 0.0
    with slow_line(int(served.address.rsplit(":", 1)[1]), FAST, AT_ONCE) as line:
        for attempt in range(OPENINGS + 1):
            if attempt == 1:
                before = served.processor_seconds()
            sent = -line.bytes_down
            async with Reader(f"http://127.0.0.1:{line.port}") as reader:
                await reader.open(screen, f"lang=fr&figures=all&month={MONTH}{further}")
            sent += line.bytes_down
    spent = (served.processor_seconds() - before) / OPENINGS * 1000
    return [
        Measure(f"server: opening {screen}", spent, "ms", 100),
        Measure("  sends", sent / 1000, "kB", LARGEST_SENT.get(screen)),
    ]
