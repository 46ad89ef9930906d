"""250 kills of imports, drops, notes, undos, backups and restores: the store is the one before or the one after, whole."""

import random
from pathlib import Path

from data.keeping.verify import verify_store
from data.store import Store
from tests.killing import writer_of
from tests.workbooks import messy_workbook

ACTIONS = ("import", "note", "drop", "undo", "revert", "backup", "restore")
KILLS_A_ROUND, ROUNDS = 10, 25
SAYS = f"{KILLS_A_ROUND * ROUNDS} kills, nothing lost"


def run(root: Path, at: int) -> None:
    rng, store = random.Random(at), Store(root)
    file = root.parent / "saisie.xlsx"
    file.write_bytes(messy_workbook())
    killed = 0
    with writer_of(root, file) as writer:
        steps = {
            action: writer.steps(action) for action in ("import", "note", "backup", "drop", "revert", "restore", "undo")
        }
        while killed < KILLS_A_ROUND:
            action = rng.choice(ACTIONS)
            before = {s.id for s in store.history()}
            was_killed = writer.kill(action, rng.randint(1, steps[action]))
            killed += was_killed
            trouble = store.trouble()
            # A restore that was cut in the middle knows that it was, and the backup is there.
            assert trouble is None or action == "restore", (action, trouble)
            if trouble is not None:
                writer.steps("restore")
            assert all(v.problem is None for v in verify_store(store)), action
            assert store.audit.broken_at() is None
            assert action in ("restore", "drop", "import", "note", "revert") or before <= {s.id for s in store.history()}
        writer.steps("note")
    assert not list(root.rglob("draft-*"))
