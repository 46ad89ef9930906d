"""The file that accounts, sessions and tokens stand in: SQLite, so that a server and a command may have it open at once."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from data.store import DEFAULT_ROOT, ROOT_VARIABLE

FILE = "people.sqlite"
SCHEMA = Path(__file__).parent / "schema"
_PATIENCE_SECONDS = 10


def ledger_path() -> Path:
    """Where the file lies: beside the stores of all territories."""
    return Path(os.environ.get(ROOT_VARIABLE, DEFAULT_ROOT)) / FILE


def now() -> datetime:
    """This moment in UTC, without its zone."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


@contextmanager
def open_ledger() -> Iterator[sqlite3.Connection]:
    """The file in a transaction that commits when the block ends without error; made, and migrated, where need be."""
    path = ledger_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Nobody else on the machine reads it.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        _migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.close()


def copy_ledger(target: Path) -> None:
    """A copy of the file as it stands, while others may write to it.

    Raises:
        OSError: the copy is there already, or cannot be written.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    source, copy = sqlite3.connect(ledger_path(), timeout=_PATIENCE_SECONDS), sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()


def _migrate(connection: sqlite3.Connection) -> None:
    """Each ``schema/NNNN_name.sql`` is applied once, in order; ``user_version`` counts them."""
    steps = sorted(SCHEMA.glob("*.sql"))
    if connection.execute("PRAGMA user_version").fetchone()[0] >= len(steps):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    # Two processes may start at once: whoever comes second finds the steps done.
    connection.execute("BEGIN IMMEDIATE")
    done = connection.execute("PRAGMA user_version").fetchone()[0]
    for position, step in enumerate(steps[done:], done + 1):
        for statement in _statements(step.read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {position:d}")
    connection.execute("INSERT OR IGNORE INTO secret VALUES ('pseudonyms', ?)", (secrets.token_bytes(32),))
    connection.execute("COMMIT")


def _statements(script: str) -> list[str]:
    lines = [line for line in script.splitlines() if not line.startswith("--")]
    return [statement for statement in "\n".join(lines).split(";") if statement.strip()]
