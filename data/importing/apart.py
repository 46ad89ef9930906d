"""Reads a file in a process of its own: a damaged or hostile one can neither stop the application nor fill its memory."""

from __future__ import annotations

import io
import os
import pickle
import select
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.importing.findings import RefusedError
from data.importing.reading import book
from data.importing.reading.sheet import Merge, RawSheet
from data.importing.reading_child import LENGTH, LIMITED, write_block

ROOT = Path(__file__).parents[2]
# By the clock, for one file; and how long a file waits for those before it.
SECONDS, PATIENCE = 90, 60
# What a large file leaves behind goes with the process that read it.
LARGE = 3_000_000
LONGEST_ANSWER = 250_000_000
_HEAVY = frozenset(("file_too_heavy", "too_many_cells"))
_LIMITS = (("book", "MAXIMUM_BYTES"), ("archive", "MAXIMUM_UNPACKED_BYTES"))


def read_sheets_apart(content: bytes, file_name: str) -> list[RawSheet]:
    """Read every sheet of a file, as ``reading.book.read_sheets`` does, in a process with limits of memory, time and cells.

    Raises:
        RefusedError: as ``read_sheets``; or the file takes too much memory or time, or holds too many cells.
    """
    if len(content) > book.MAXIMUM_BYTES:
        raise RefusedError("file_too_large", limit=book.MAXIMUM_BYTES // 1_000_000)
    limits = [(module, name, getattr(LIMITED[module], name)) for module, name in _LIMITS]
    request = pickle.dumps({"content": content, "file_name": file_name, "limits": limits}, protocol=5)
    kind, answer = _READER.ask(request, ends_after=len(content) > LARGE)
    if kind == "refused":
        key, cells, values = answer
        raise RefusedError(key, cells, **values)
    return [RawSheet(**{**sheet, "merges": tuple(Merge(*merge) for merge in sheet["merges"])}) for sheet in answer]


class _Reader:
    """One reading process at a time, started when it is first needed, ended when it fails: files wait for one another."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._owner = 0

    def ask(self, request: bytes, *, ends_after: bool) -> tuple[str, Any]:
        if not self._turn.acquire(timeout=PATIENCE):
            raise RefusedError("reading_busy")
        ends = True
        try:
            answer = self._answer(request)
            # Refused for what it made the process do: what that left behind goes too.
            ends = ends_after or (answer[0] == "refused" and answer[1][0] in _HEAVY)
            return answer
        finally:
            if ends:
                self._end()
            self._turn.release()

    def _answer(self, request: bytes) -> tuple[str, Any]:
        process = self._started()
        assert process.stdin
        assert process.stdout
        try:
            write_block(process.stdin, request)
        except OSError:
            raise RefusedError("file_too_heavy") from None
        block = _read_in_time(process.stdout.fileno())
        kind, answer = _Plain(io.BytesIO(block)).load()
        return str(kind), answer

    def _started(self) -> subprocess.Popen[bytes]:
        """The process; a child of a fork starts one of its own and leaves its parent's alone."""
        if self._process is None or self._process.poll() is not None or self._owner != os.getpid():
            command = [sys.executable, "-m", "data.importing.reading_child"]
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._owner = os.getpid()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.communicate()


def _read_in_time(source: int) -> bytes:
    """The answer of the process.

    Raises:
        RefusedError: it ended before, or takes too long.
    """
    head = _exactly(source, LENGTH.size)
    length = LENGTH.unpack(head)[0]
    if length > LONGEST_ANSWER:
        raise RefusedError("file_too_heavy")
    return _exactly(source, length)


def _exactly(source: int, length: int) -> bytes:
    found, waiting = bytearray(), select.poll()
    waiting.register(source, select.POLLIN | select.POLLHUP)
    while len(found) < length:
        if not waiting.poll(SECONDS * 1000):
            raise RefusedError("file_too_slow")
        part = os.read(source, min(1 << 20, length - len(found)))
        if not part:
            raise RefusedError("file_too_heavy")
        found += part
    return bytes(found)


class _Plain(pickle.Unpickler):
    """Reads values and dates; refuses to load anything that could run."""

    def find_class(self, module: str, name: str) -> Callable[..., Any]:
        if module == "datetime" and name in ("date", "datetime", "time", "timedelta"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a cell")


_READER = _Reader()
