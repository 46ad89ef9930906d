"""The process that reads files for another one: what a file makes it do ends with it, and it can take no more than it is given.

``python -m data.importing.reading_child`` answers requests on its standard input until this is closed. A request is a pickle of
content, name and limits; an answer is one of plain values and dates, which the other side reads without running anything.
"""

from __future__ import annotations

import pickle
import resource
import struct
import sys
from pathlib import Path
from typing import IO, Any

from data.characters import without_nothing
from data.importing import workbook
from data.importing.findings import RefusedError

# Beyond what Python and its libraries take: with these and the answer, one upload stays below 600 MB.
MEMORY = 400_000_000
SECONDS = 60
MOST_CELLS = 2_000_000
LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer until nobody asks any more."""
    _limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (request := read_block(source)) is not None:
        _limit_seconds()
        answer = _answer(pickle.loads(request))
        write_block(target, pickle.dumps(answer, protocol=5))


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
    for name, limit in request["limits"].items():
        setattr(workbook, name, limit)
    try:
        sheets = workbook.read_sheets(request["content"], request["file_name"])
        return "read", [(sheet.name, _trimmed(sheet.rows)) for sheet in _counted(sheets)]
    except RefusedError as refusal:
        return "refused", (refusal.finding.key, dict(refusal.finding.values))
    except MemoryError:
        return "refused", ("file_too_heavy", {})
    except Exception as error:  # whatever a damaged file makes a library raise
        return "refused", ("file_damaged", {"reason": type(error).__name__})


def _counted(sheets: list[workbook.RawSheet]) -> list[workbook.RawSheet]:
    filled = sum(cell is not None for sheet in sheets for row in sheet.rows for cell in row)
    if filled > MOST_CELLS:
        raise RefusedError("too_many_cells", limit=MOST_CELLS)
    return sheets


def _trimmed(rows: list[tuple[workbook.RawValue, ...]]) -> list[tuple[workbook.RawValue, ...]]:
    """Rows without the empty cells at their ends, and without characters that no document can hold."""
    ends = (next((at for at in range(len(row), 0, -1) if row[at - 1] is not None), 0) for row in rows)
    return [tuple(map(_clean, row[:end])) for row, end in zip(rows, ends, strict=True)]


def _clean(cell: workbook.RawValue) -> workbook.RawValue:
    return without_nothing(cell) if isinstance(cell, str) else cell


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
