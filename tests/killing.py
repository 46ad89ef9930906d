"""Kills a writer at a chosen point: the process ends itself with SIGKILL at the n-th step of the code that keeps the store.

A step is a call or return of a function of the store, or a call into the operating system that writes: nothing is left to the clock,
and the same number always kills at the same place.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEEPERS = tuple(
    str(ROOT / "data" / name) for name in ("keeping", "store.py", "audit.py", "ingest.py", "migrations.py", "records")
)
WRITES = frozenset(("replace", "rename", "fsync", "unlink", "open", "write", "execute", "commit", "mkdir", "flock"))
TIZI = "09.541.04.67"
# How an action ends that the store refuses in words, and one that breaks down, which no kill may make it do.
REFUSED, BROKEN = 3, 4


class Killer:
    """Counts steps; at the wanted one the process dies as if somebody had pulled the plug."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    def __call__(self, frame, event: str, called) -> None:
        is_ours = frame.f_code.co_filename.startswith(KEEPERS)
        writes = event in ("c_call", "c_return") and getattr(called, "__name__", "") in WRITES
        if (is_ours and event in ("call", "return")) or writes:
            self.steps += 1
            if self.steps == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def run_action(name: str, root: Path, file: Path) -> Callable[[], object]:
    """What is done to the store, ready to be started."""
    from data.importing.accept import accept_import, prepare_for_store
    from data.ingest import drop_demonstration
    from data.keeping.backup import restore_backup, write_backup
    from data.keeping.revert import list_revertible, revert_action
    from data.records.commune_notes import write_note
    from data.store import Store

    store = Store(root)

    def drop() -> None:
        with store.write("drop-demonstration") as connection:
            drop_demonstration(connection)

    if name == "import":
        content = file.read_bytes()
        report = prepare_for_store(store, content, file.name)
        return lambda: accept_import(store, content, report)
    return {
        "note": lambda: write_note(store, TIZI, "president", "Une école a rouvert."),
        "undo": store.undo,
        "revert": lambda: revert_action(store, list_revertible(store)[0].id),
        "backup": lambda: write_backup(store, root / "kept.zip"),
        "restore": lambda: restore_backup(store, root / "kept.zip"),
        "drop": drop,
    }[name]


def serve(root: Path, file: Path) -> None:
    """For each line ``action step``: do it in a child that dies at the step (0: never), say the steps it took and how it ended."""
    # Prepared once, so that a child only writes.
    from data.store_error import StoreError

    prepare = cache(lambda name: run_action(name, root, file))
    for line in sys.stdin:
        name, step = line.split()
        act = prepare(name)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            killer = Killer(int(step))
            sys.setprofile(killer)
            try:
                act()
            except BaseException as error:
                # Without the end of an interpreter: that would wait for threads that a fork does not have.
                if not isinstance(error, StoreError):
                    traceback.print_exc()
                os._exit(REFUSED if isinstance(error, StoreError) else BROKEN)
            finally:
                sys.setprofile(None)
            os.write(writer, str(killer.steps).encode())
            os._exit(0)
        os.close(writer)
        status = os.waitpid(child, 0)[1]
        steps = os.read(reader, 20).decode() or "0"
        os.close(reader)
        print(steps, status, flush=True)


class Writer:
    """A process that does things to a store and is killed at them."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def steps(self, action: str) -> int:
        """Do something to its end; returns how many steps it took."""
        steps, status = self._ask(action, 0)
        assert status == 0, f"{action} ended with {status}"
        return steps

    def kill(self, action: str, step: int) -> bool:
        """Do something until a step; returns whether it was killed there (and had not come to its end before)."""
        _, status = self._ask(action, step)
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    def _ask(self, action: str, step: int) -> tuple[int, int]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{action} {step}\n")
        self._process.stdin.flush()
        steps, status = map(int, self._process.stdout.readline().split())
        assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) != BROKEN, f"{action} broke down"
        return steps, status


@contextmanager
def writer_of(root: Path, file: Path) -> Iterator[Writer]:
    """A writer of the store in a folder, which imports the file."""
    command = [sys.executable, "-m", "tests.killing", str(root), str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        try:
            yield Writer(process)
        finally:
            # It waits for a line as long as there may come one.
            process.stdin.close()


def draw_steps(steps: int, count: int, seed: int) -> list[int]:
    """Steps drawn over the whole of an action, the last ones always among them: there the pointer moves."""
    rng = random.Random(seed)
    return sorted({*rng.sample(range(1, steps + 1), min(count, steps)), steps})


if __name__ == "__main__":
    serve(Path(sys.argv[1]), Path(sys.argv[2]))
