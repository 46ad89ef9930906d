"""A clock that walks back and forth by days: the last import is shown and the last note is in force after each write."""

import random
from datetime import datetime, timedelta
from pathlib import Path

import data.store as store_module
from data import queries
from data.records.commune_notes import list_notes, write_note
from data.store import Store
from tests.killing import TIZI
from tests.sent_figures import send

ROUNDS, WRITES = 10, 12
SAYS = f"{ROUNDS * WRITES} writes under a clock that goes back and forth, the last one always in force"


def run(root: Path, at: int) -> None:
    rng, store, whole = random.Random(at), Store(root), store_module.datetime

    class Clock(datetime):
        moment = datetime(2026, 3, 1)

        @classmethod
        def now(cls, tz=None):
            return cls.moment.replace(tzinfo=tz)

    store_module.datetime = Clock
    try:
        for write in range(WRITES):
            Clock.moment += timedelta(hours=rng.uniform(-1000, 1000))
            send(store, write, f"{at}-{write}")
            write_note(store, TIZI, "president", f"Note {write}.")
            with store.open() as connection:
                coded = queries.read_coded(connection, (TIZI,)).of_variable("pupils_primary", (TIZI,))
                assert coded[coded["reference_date"] == "2025-08-01"]["value"].tolist() == [write]
                assert list_notes(connection, (TIZI,))[TIZI].text == f"Note {write}."
    finally:
        store_module.datetime = whole
