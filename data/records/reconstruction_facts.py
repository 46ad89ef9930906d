"""Dated facts of reconstruction that people add with their source, each as a snapshot of its own; no row is ever changed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from analytics.reconstruction import STEPS
from data.dated_facts import COLUMNS, COMMUNE, EVENT, PROVINCE
from data.frames import has_table, read_frame
from data.free_text import find_personal_data, one_line
from data.records import entry_checks as checks
from data.records.entry_kind import EntryField, EntryKind
from data.records.kind import Action, Role
from data.records.moment import moment_of_writing
from data.store_error import StoreError

if TYPE_CHECKING:
    from data.store import Store

NOTE, WITHDRAW = Action("fact", ("indicator", "place"), longest=60), Action("fact-withdrawn")
LONGEST_SOURCE, LARGEST = 300, 10_000_000
# What may be added, with its unit: the steps of a dwelling, then tents, schools and health centres.
UNITS = {
    **dict.fromkeys(STEPS, "dwellings"),
    "tents_at_the_start": "tents",
    "tents_left": "tents",
    "schools_hit": "schools",
    "schools_in_works": "schools",
    "schools_done": "schools",
    "health_centres_hit": "centres",
    "health_centres_done": "centres",
}
_SAID = ("place", "indicator", "reference_date", "value", "source", "noted_at")
_IN_FORCE = """
    SELECT fact_id, place, indicator, reference_date, CAST(value AS DOUBLE) AS value, source, noted_at
    FROM reconstruction_fact ANTI JOIN reconstruction_fact_withdrawal USING (fact_id)
    ORDER BY reference_date, noted_at, fact_id
"""
_ADD = (
    """
    INSERT OR IGNORE INTO reconstruction_fact
    SELECT fact_id, place, indicator, CAST(reference_date AS DATE), value, source, CAST(noted_at AS TIMESTAMP)
    FROM (SELECT DISTINCT ON (fact_id) * FROM incoming)
    """,
    """
    INSERT OR IGNORE INTO reconstruction_fact_withdrawal
    SELECT fact_id, min(CAST(withdrawn_at AS TIMESTAMP))
    FROM incoming WHERE withdrawn_at <> '' GROUP BY fact_id
    """,
)


@dataclass(frozen=True, slots=True)
class FactDraft:
    """A fact as somebody adds it: of which place (``province``, ``event`` for all provinces hit, or a commune's code), what, on
    which day, how many, and whose word that is."""

    place: str
    indicator: str
    day: date
    value: float
    source: str


def add_fact(store: Store, draft: FactDraft) -> str:
    """Add a fact; returns its id.

    Raises:
        StoreError: no source, or one that is too long or looks like a personal datum; a figure that cannot be, or a day to come;
            or another write is under way; nothing is published then.
    """
    source = one_line(draft.source)
    if not 1 <= len(source) <= LONGEST_SOURCE:
        raise StoreError("store.fact_source", longest=LONGEST_SOURCE)
    if kind := find_personal_data(source):
        raise StoreError(f"store.fact_{kind}")
    if not 0 <= draft.value <= LARGEST or not float(draft.value).is_integer():
        raise StoreError("store.fact_value", largest=LARGEST)
    if draft.day > date.today():
        raise StoreError("store.fact_day")
    values: dict[str, object] = {
        "place": draft.place,
        "indicator": draft.indicator,
        "reference_date": draft.day,
        "value": str(int(draft.value)),
        "source": source,
        # Whole seconds: the moment is part of the id, and must read back from a file as it was.
        "noted_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    }
    values["fact_id"] = _identify(values)
    with store.write(NOTE.name, NOTE.describe(values)) as connection:
        connection.execute(
            "INSERT INTO reconstruction_fact VALUES "
            "($fact_id, $place, $indicator, $reference_date, $value, $source, $noted_at)",
            values,
        )
    return str(values["fact_id"])


def withdraw_fact(store: Store, fact_id: str) -> None:
    """Withdraw a fact: it is no longer listed, and what was added stays in the store.

    Raises:
        StoreError: no such fact is listed, or another write is under way.
    """
    with store.write(WITHDRAW.name) as connection:
        if fact_id not in set(list_added(connection)["fact_id"]):
            raise StoreError("store.fact_gone")
        connection.execute(
            "INSERT INTO reconstruction_fact_withdrawal VALUES ($id, $now)",
            {"id": fact_id, "now": moment_of_writing(connection, "reconstruction_fact_withdrawal", "withdrawn_at")},
        )


def list_added(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Facts in force as ``data.dated_facts`` gives those that ship, with ``fact_id``, oldest first; none in a snapshot made before
    facts were kept."""
    if not has_table(cursor, RECONSTRUCTION_FACTS.table):
        return pd.DataFrame(columns=["fact_id", *COLUMNS])
    rows = read_frame(cursor, _IN_FORCE)
    is_commune = ~rows["place"].isin([PROVINCE, EVENT])
    return rows.assign(
        area=rows["place"].where(~is_commune, COMMUNE),
        commune_code=rows["place"].where(is_commune, ""),
        unit=rows["indicator"].map(UNITS),
        day=pd.to_datetime(rows["reference_date"]),
        precision="day",
        kind="declared",
        note="",
        table=RECONSTRUCTION_FACTS.id,
    )[["fact_id", *COLUMNS]]


def _place(text: str, places: checks.KnownPlaces) -> str:
    """The province, all provinces hit, or a commune of the store."""
    return "" if text in (PROVINCE, EVENT) else checks.commune(text, places)


def _identify(said: Mapping[str, object]) -> str:
    """A fact is known by what it says and when that was noted: read again, it is the same one."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(str(said[name]) for name in _SAID)).hex


def _complete(entry: dict[str, str]) -> dict[str, str]:
    """A row that somebody wrote into a file has neither an id nor a moment of writing; the day that it is of stands for it."""
    noted = {**entry, "noted_at": entry["noted_at"] or f"{entry['reference_date']} 00:00:00"}
    return {**noted, "fact_id": _identify(noted)}


RECONSTRUCTION_FACTS = EntryKind(
    id="reconstruction_facts",
    table="reconstruction_fact",
    writers=frozenset((Role.ADVISER, Role.STEWARD)),
    actions=(NOTE, WITHDRAW),
    fields=(
        EntryField("fact_id", checks.optional(checks.matching("[0-9a-f]{32}"))),
        EntryField("place", _place),
        EntryField("indicator", checks.one_of(lambda: UNITS)),
        EntryField("reference_date", checks.day, "DATE"),
        EntryField("value", checks.matching(r"\d{1,7}")),
        EntryField("source", checks.sentence(LONGEST_SOURCE, shortest=1)),
        EntryField("noted_at", checks.optional(checks.moment), "TIMESTAMP"),
        EntryField("withdrawn_at", checks.optional(checks.moment), "TIMESTAMP", nullable=True),
    ),
    shown="source",
    key=_SAID,
    order=("noted_at", "fact_id"),
    source="reconstruction_fact LEFT JOIN reconstruction_fact_withdrawal USING (fact_id)",
    add=_ADD,
    complete=_complete,
)
