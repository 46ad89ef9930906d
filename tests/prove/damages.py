"""Every file of a snapshot flipped, cut, lengthened, replaced or lost: told, read around, repaired; never a new store over it."""

import io
import random
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from data.command_line import main
from data.records.commune_notes import write_note
from data.store import Store, StoreError
from pages.figures.load import load_figures
from tests.killing import TIZI

ROUNDS = 150
SAYS = "damages told and repaired"


def flip(path: Path, rng: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def cut(path: Path, rng: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])


def lengthen(path: Path, rng: random.Random) -> None:
    path.write_bytes(path.read_bytes() + rng.randbytes(rng.randint(1, 5000)))


def replace(path: Path, rng: random.Random) -> None:
    path.write_bytes(rng.randbytes(path.stat().st_size))


def lose(path: Path, _rng: random.Random) -> None:
    path.unlink()


def run(root: Path, at: int) -> None:
    rng, store = random.Random(at), Store(root)
    good = store.snapshot_id()
    write_note(store, TIZI, "president", "Une note.")
    last = store.snapshot_id()
    names = [*store.shelf.manifest(last).files, f"snapshots/{last}.json", "current"]
    path = root / names[at % len(names)]
    before = path.read_bytes()
    damage = rng.choice((flip, cut, lengthen, replace, lose))
    damage(path, rng)
    kept = sorted(p.name for p in (root / "snapshots").iterdir())
    state = store.shelf.state()
    if path.exists() and path.read_bytes() == before:
        return
    same = path.name == "current" and state.trouble is None and state.snapshot_id == last
    # A note shares its parts with what was there before: without one of them nothing is whole.
    expected = None if path.suffix == ".parquet" else last if path.name == "current" else good
    assert state.snapshot_id == expected, (path.name, damage.__name__, state)
    assert same or state.trouble is not None or path.suffix == ".json", (path.name, damage.__name__)
    if state.trouble is not None:
        with pytest.raises(StoreError, match=r"^store\."):
            write_note(store, TIZI, "president", "Une autre.")
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            assert main(["init", "--if-missing"]) == 1
        assert sorted(p.name for p in (root / "snapshots").iterdir()) == kept
    if expected is not None:
        assert load_figures(expected).snapshot_id == expected
        store.repair()
        write_note(store, TIZI, "president", "Une autre.")
