"""The process that reads files for another one: what a file makes it do ends with it, and it can take no more than it is given.

``python -m data.importing.reading_child`` answers requests on its standard input until this is closed. A request is a pickle of
content, name and limits; an answer is one of plain values and dates, which the other side reads without running anything.
"""

from __future__ import annotations

import gc
import pickle
import resource
import struct
import sys
from dataclasses import astuple, fields
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from data.characters import without_nothing
from data.importing.findings import RefusedError
from data.importing.reading import archive, book
from data.importing.reading.letters import as_written
from data.importing.reading.sheet import RawSheet, RawValue

# Beyond what Python and its libraries take: with these and the answer, one upload stays below 600 MB.
MEMORY = 400_000_000
SECONDS = 60
MOST_CELLS = 2_000_000
# Whose limits the asking process may set.
LIMITED: dict[str, ModuleType] = {"archive": archive, "book": book}
LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer until nobody asks any more."""
    _limit_memory()
    # A sheet holds no cycles: to look for them among its cells costs a tenth of the time. Those of libraries go between two files.
    gc.disable()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (request := read_block(source)) is not None:
        _limit_seconds()
        answer = _answer(pickle.loads(request))
        write_block(target, pickle.dumps(answer, protocol=5))
        del answer
        gc.collect()


def read_block(source: IO[bytes]) -> bytes | None:
    """What was sent next; None where the other side is gone."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    length = LENGTH.unpack(head)[0]
    block = source.read(length)
    return block if len(block) == length else None


def write_block(target: IO[bytes], block: bytes) -> None:
    """Send a block of bytes."""
    target.write(LENGTH.pack(len(block)))
    target.write(block)
    target.flush()


def _answer(request: dict[str, Any]) -> tuple[str, Any]:
    for module, name, limit in request["limits"]:
        setattr(LIMITED[module], name, limit)
    try:
        sheets = book.read_sheets(request["content"], request["file_name"])
        _check_filled(sheets)
        return "read", [_plain(sheet) for sheet in sheets]
    except RefusedError as refusal:
        finding = refusal.finding
        return "refused", (finding.key, finding.cells, dict(finding.values))
    except MemoryError:
        return "refused", ("file_too_heavy", (), {})
    except Exception:  # whatever a damaged file makes a library raise
        return "refused", ("file_damaged", (), {})


def _check_filled(sheets: list[RawSheet]) -> None:
    if sum(cell is not None for sheet in sheets for row in sheet.rows for cell in row) > MOST_CELLS:
        raise RefusedError("too_many_cells", limit=MOST_CELLS)


def _plain(sheet: RawSheet) -> dict[str, Any]:
    """A sheet as values, without characters that no document can hold."""
    said = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
    rows = [tuple(map(_clean, row)) for row in sheet.rows]
    return said | {"rows": rows, "merges": [astuple(merge) for merge in sheet.merges]}


def _clean(cell: RawValue) -> RawValue:
    return as_written(without_nothing(cell)) if isinstance(cell, str) else cell


def _limit_memory() -> None:
    """From here on no more than ``MEMORY`` may be taken, however it is asked for; a system that cannot say so goes without."""
    try:
        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))


def _limit_seconds() -> None:
    """The system ends this process when one file takes more processor time than ``SECONDS``."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
