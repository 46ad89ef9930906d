"""Two processes behind one address: every reader keeps to one of them, and is told what is right."""

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from data.store import ROOT_VARIABLE, Store
from tests.load.oracle import Oracle
from tests.load.run import run
from tests.load.servers import serve

READERS = 2
# Chance shares them out: that all come to one process happens once in a hundred million runs.
VISITORS = 28


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not on this machine")
def test_readers_of_two_processes_are_told_what_the_store_says(built_store, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(built_store))
    oracle = Oracle(Store(built_store))
    with serve(built_store, 2) as served:
        first = [httpx.get(f"{served.address}/healthz") for _ in range(VISITORS)]
        kept = {answer.cookies["worker"] for answer in first}
        again = [httpx.get(f"{served.address}/healthz", cookies={"worker": value}).cookies.get("worker") for value in kept]
        # Playwright keeps an event loop of its own in this thread.
        with ThreadPoolExecutor(1) as beside:
            told = beside.submit(asyncio.run, run(served, oracle, READERS, seconds=2.0, pace=0.5)).result()
    # A visitor stays where the first answer came from, and both processes have visitors.
    assert (len(kept), set(again)) == (2, {None})
    words = {word.strip() for answer in first for word in answer.headers["set-cookie"].split(";")[1:]}
    assert words == {"Path=/", "HttpOnly", "SameSite=Lax"}
    assert told.wrong == []
    assert told.changes >= READERS
