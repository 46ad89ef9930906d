"""Eight threads read rows of communes while another writes: each is told those of its communes, no other, and of one state.

What is expected is taken from one reading of everything before, and from what the writer says that it has written.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore

import pandas as pd

from analytics.assumptions import FigureKinds
from data import queries
from data.records.commune_notes import list_notes, write_note
from data.store import Store
from tests.sent_figures import TIZI, send

THREADS, QUERIES_A_ROUND, ROUNDS = 8, 125, 8
# A write takes longer than forty queries.
QUERIES_A_WRITE = 50
SAYS = f"{THREADS} threads of {QUERIES_A_ROUND * ROUNDS} queries each beside a writer: no wrong row"
# What the writer sends anew each time.
MOVING = (TIZI, pd.Timestamp("2025-08-01"), "pupils_primary")
Row = tuple[str, pd.Timestamp, str, float]


def run(root: Path, at: int) -> None:
    store = Store(root)
    send(store, 0, f"{at}-0")
    write_note(store, TIZI, "president", "0")
    with store.open() as connection:
        whole = {kinds: rows_of(queries.read_observations(connection, queries.whole_territory(connection), kinds=kinds))
                 for kinds in FigureKinds}  # fmt: skip
        names = queries.read_communes(connection, queries.whole_territory(connection)).set_index("commune_code")["name_fr"]
    asked = Asked()
    with ThreadPoolExecutor(THREADS + 1) as pool:
        writing = pool.submit(_write, store, at, asked)
        names_of = names.to_dict()
        for one in [pool.submit(_read, store, random.Random(f"{at}-{n}"), whole, names_of, asked) for n in range(THREADS)]:
            one.result()
    assert writing.result() == THREADS * QUERIES_A_ROUND // QUERIES_A_WRITE


class Asked:
    """How many queries were made, and which value was sent last."""

    def __init__(self) -> None:
        self.queries, self.sent = Semaphore(0), 0


def rows_of(table: pd.DataFrame) -> set[Row]:
    """Figures without what is moving."""
    named = table[["commune_code", "reference_date", "variable", "value"]].fillna({"value": -1.0})
    return {row for row in named.itertuples(index=False, name=None) if row[:3] != MOVING}


def _write(store: Store, at: int, asked: Asked) -> int:
    for value in range(1, THREADS * QUERIES_A_ROUND // QUERIES_A_WRITE + 1):
        for _ in range(QUERIES_A_WRITE):
            asked.queries.acquire()
        asked.sent = value
        send(store, value, f"{at}-{value}")
        write_note(store, TIZI, "president", str(value))
    return asked.sent


def _read(store: Store, rng: random.Random, whole: dict[FigureKinds, set[Row]], names: dict[str, str], asked: Asked) -> None:
    last = 0.0
    try:
        for _ in range(QUERIES_A_ROUND):
            territory, kinds = tuple(rng.sample(sorted(names), rng.randint(1, 3))), rng.choice(list(FigureKinds))
            with store.open() as connection:
                if rng.random() < 0.5:
                    _figures(connection, territory, kinds, whole)
                else:
                    _communes(connection, territory, names)
                last = _moving(connection, last, asked)
            asked.queries.release()
    except BaseException:
        # Nobody waits for one that has ended.
        asked.queries.release(THREADS * QUERIES_A_ROUND)
        raise


def _moving(connection, last: float, asked: Asked) -> float:
    """One state: the note is written after the figure, and the one after it not before; nobody goes back in time."""
    table = queries.read_observations(connection, (TIZI,))
    (value,) = table[(table["reference_date"] == MOVING[1]) & (table["variable"] == MOVING[2])]["value"]
    note = int(list_notes(connection, (TIZI,))[TIZI].text)
    assert note <= value <= note + 1, (note, value)
    assert last <= value <= asked.sent, (last, value, asked.sent)
    return value


def _figures(connection, territory: tuple[str, ...], kinds: FigureKinds, whole: dict[FigureKinds, set[Row]]) -> None:
    found = rows_of(queries.read_observations(connection, territory, kinds=kinds))
    assert found == {row for row in whole[kinds] if row[0] in territory}, (territory, kinds)


def _communes(connection, territory: tuple[str, ...], names: dict[str, str]) -> None:
    found = queries.read_communes(connection, territory).set_index("commune_code")["name_fr"]
    assert found.to_dict() == {code: names[code] for code in territory}, territory
