"""Readers who change what they see at a steady pace, for some time: how long each waited, and whether every answer was right."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from dataclasses import dataclass, field

import httpx

from tests.load.oracle import Change, Oracle
from tests.load.reader import Reader
from tests.load.servers import Served

PATIENCE = 120.0
# One for all: a client that makes its own reads every root certificate first, and fifty of them keep a processor busy for seconds.
_CONTEXT = ssl.create_default_context()


@dataclass(slots=True)
class Told:
    """Seconds that each change took, by screen; what came in the place of the title that was expected; processor seconds."""

    commune: list[float] = field(default_factory=list)
    map: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    processor: float = 0.0
    elapsed: float = 0.0

    @property
    def changes(self) -> int:
        """How many changes were answered."""
        return len(self.commune) + len(self.map)


async def run(served: Served, oracle: Oracle, readers: int, seconds: float, pace: float, seed: int = 0) -> Told:
    """Let readers, half of them on a commune and half on the map, make a change every ``pace`` seconds for some seconds."""
    told = Told()
    start, before = time.monotonic(), served.processor_seconds()
    async with asyncio.TaskGroup() as group:
        for number in range(readers):
            group.create_task(_read(served, oracle, told, random.Random(f"{seed}-{number}"), number, (seconds, pace)))
    told.elapsed, told.processor = time.monotonic() - start, served.processor_seconds() - before
    return told


async def _read(
    served: Served, oracle: Oracle, told: Told, chance: random.Random, number: int, times: tuple[float, float]
) -> None:
    seconds, pace = times
    screen = ("commune", "map")[number % 2]
    await asyncio.sleep(chance.random() * pace)
    async with Reader(served.address, await _visit(served.address)) as reader:
        await reader.open(screen, "lang=fr&figures=all")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            change = oracle.change_month(chance) if screen == "map" else oracle.change_commune(chance, oracle.months[-1])
            began = time.monotonic()
            await _make(reader, change, getattr(told, screen), told.wrong)
            await asyncio.sleep(max(0.0, began + pace - time.monotonic()))


async def _visit(address: str) -> str:
    """The cookies of the first answer: they keep a reader with one process."""
    # Fifty come at once, to a machine that may do other work: they wait for their turn.
    async with httpx.AsyncClient(timeout=PATIENCE, verify=_CONTEXT) as client:
        await client.get(f"{address}/healthz")
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


async def _make(reader: Reader, change: Change, waited: list[float], wrong: list[str]) -> None:
    began = time.perf_counter()
    title = await reader.choose(change.label, change.option)
    waited.append(time.perf_counter() - began)
    if title != change.title:
        wrong.append(f"{change.option}: {title!r} instead of {change.title!r}")
