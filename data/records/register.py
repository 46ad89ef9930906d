"""A register: an entry kind whose rows are states of the same thing, each with its day, its source and what it rests on.

Nothing is changed: a correction is a new row of the same thing, a withdrawal too. In force on a day is the newest row that is not
of a later day; anything real comes before what ships as a demonstration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import duckdb
import pandas as pd

from analytics.model import Provenance
from data.frames import Territory, has_table, read_frame
from data.free_text import one_line, paragraphs
from data.records import entry_checks as checks
from data.records.entry_kind import Entry, EntryField, EntryKind, Problem
from data.records.kind import Action, Role
from data.records.moment import moment_of_writing
from data.store_error import StoreError

if TYPE_CHECKING:
    from data.store import Store

Form = Literal["text", "lines", "number", "day", "choice", "place", "commune", "tail"]
WITHDRAWN, PLACE = "yes", "place"
LONGEST_SOURCE = 300
_NUMBER = r"-?\d{1,12}(\.\d{1,3})?"


@dataclass(frozen=True, slots=True)
class RegisterField(EntryField):
    """A column with the control of its form; ``words`` are what a choice may hold, ``required`` that it may not be empty.

    ``counts``: it counts people, small counts are withheld; those of one name are parts of a total that is told.
    """

    form: Form = "text"
    words: Callable[[], Collection[str]] = tuple
    longest: int = 0
    required: bool = False
    counts: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Register(EntryKind):
    """``thing`` are the columns that say which thing a row is a state of."""

    thing: tuple[str, ...]

    @property
    def has_place(self) -> bool:
        """Whether a row says of which commune, cercle or territory it is."""
        return PLACE in self.columns

    @property
    def typed(self) -> tuple[RegisterField, ...]:
        """The columns that a person fills in."""
        return tuple(f for f in self.fields if isinstance(f, RegisterField) and f.form != "tail")

    @property
    def counts(self) -> dict[str, str]:
        """The columns that count people, with what each is a part of."""
        return {f.id: f.counts for f in self.typed if f.counts}


def text(name: str, longest: int, *, required: bool = False) -> RegisterField:
    """One line."""
    return RegisterField(
        name, checks.sentence(longest, shortest=int(required)), form="text", longest=longest, required=required
    )


def lines(name: str, longest: int) -> RegisterField:
    """Several lines."""
    return RegisterField(name, checks.several_lines(longest), form="lines", longest=longest)


def code(name: str, *, required: bool = True) -> RegisterField:
    """What a thing is called in tables: letters, digits, dots and dashes."""
    check = checks.matching(r"[A-Za-z0-9._-]{1,24}")
    return RegisterField(name, check if required else checks.optional(check), longest=24, required=required)


def number(name: str, *, required: bool = False) -> RegisterField:
    """A figure, kept as it was written; empty where it is not known."""
    check = checks.matching(_NUMBER)
    return RegisterField(name, check if required else checks.optional(check), form="number", required=required)


def people(name: str, parts: str = "", *, required: bool = False) -> RegisterField:
    """A count of people; ``parts`` names what it is a part of, together with others."""
    return replace(number(name, required=required), counts=parts or name)


def day(name: str, *, required: bool = False) -> RegisterField:
    """A date."""
    check = checks.day if required else checks.optional(checks.day)
    return RegisterField(name, check, form="day", required=required)


def choice(name: str, words: Collection[str] | Callable[[], Collection[str]], *, required: bool = True) -> RegisterField:
    """One of some words; a function where they are read from a file."""
    listed = words if callable(words) else lambda: words
    check = checks.one_of(listed)
    return RegisterField(name, check if required else checks.optional(check), form="choice", words=listed, required=required)


def commune() -> RegisterField:
    """The commune that a row is of: a viewer of some communes sees and writes theirs."""
    return RegisterField("commune_code", checks.commune, form="commune", required=True)


def place() -> RegisterField:
    """A commune, a cercle, or a whole territory."""
    return RegisterField(PLACE, checks.subject, form="place", required=True)


def register(
    name: str,
    table: str,
    thing: tuple[str, ...],
    fields: tuple[RegisterField, ...],
    shown: str,
    writers: Collection[Role] = (Role.ADVISER, Role.STEWARD),
) -> Register:
    """A register with the columns that each has: its day, provenance, source, whether it is withdrawn, moment of writing."""
    tail = (
        RegisterField("reference_date", checks.day, "DATE", form="day", required=True),
        RegisterField("provenance", checks.one_of(lambda: {p.value for p in Provenance}), form="tail"),
        text("source", LONGEST_SOURCE),
        RegisterField("withdrawn", checks.optional(checks.one_of(lambda: (WITHDRAWN,))), form="tail"),
        RegisterField("written_at", checks.optional(checks.moment), "TIMESTAMP", form="tail"),
    )
    of_commune = next((f.id for f in fields if f.form == "commune"), "")
    unknown = (f"{table}_of_unknown_commune", f"SELECT count(*) FROM {table} ANTI JOIN commune USING (commune_code)")  # noqa: S608
    return Register(
        id=name,
        table=table,
        writers=frozenset(writers),
        actions=(Action(f"register-{name}", (thing[0],), longest=60),),
        fields=(*fields, *tail),
        thing=thing,
        shown=shown,
        of_commune=of_commune,
        order=("written_at", "row_number"),
        numbered_by="row_number",
        complete=_complete,
        snapshot_checks=(unknown,) if of_commune else (),
    )


def first_problem(kind: Register, entry: Entry, places: checks.KnownPlaces) -> Problem | None:
    """What is wrong with the first field of a form, by the checks that a file goes through; None where nothing is."""
    problems = (Problem(f.check(entry[f.id], places), f.id) for f in kind.fields if entry.get(f.id) is not None)
    return next((problem for problem in problems if problem.key), None)


def tidy(kind: Register, values: Mapping[str, object]) -> dict[str, str]:
    """What a form holds, as the texts of an entry; what it does not ask for is empty."""
    held = {f.id: values.get(f.id) for f in kind.typed}
    long = {f.id for f in kind.typed if f.form == "lines"}
    return {name: (paragraphs if name in long else one_line)(_as_text(value)) for name, value in held.items()}


def write_row(store: Store, kind: Register, entry: Mapping[str, str], *, withdrawn: bool = False) -> None:
    """Write a state of a thing, declared by whoever writes; or withdraw the thing.

    Args:
        entry: the fields that are typed, as ``tidy`` gives them.

    Raises:
        StoreError: a field is refused, or the role may not write it; nothing is published then.
    """
    values = {f.id: entry.get(f.id, "") for f in kind.typed}
    values |= {"provenance": Provenance.DECLARED.value, "withdrawn": WITHDRAWN if withdrawn else ""}
    about = (values[kind.of_commune],) if kind.of_commune else None
    action = kind.actions[0]
    with store.write(action.name, action.describe(values), about) as connection:
        known = read_frame(connection, "SELECT commune_code, cercle_code FROM commune")
        if problem := first_problem(kind, values, checks.read_places(known)):
            raise StoreError(f"store.register_{problem.key}", field=problem.field)
        columns = ", ".join(f"${name} AS {name}" for name in (*values, "written_at"))
        connection.execute(
            f"INSERT INTO {kind.table} BY NAME SELECT {columns}, "  # noqa: S608
            f"(SELECT coalesce(max(row_number), 0) + 1 FROM {kind.table}) AS row_number",
            {**values, "written_at": moment_of_writing(connection, kind.table, "written_at")},
        )


def read_register(
    cursor: duckdb.DuckDBPyConnection, kind: Register, until: date | None = None, territory: Territory | None = None
) -> pd.DataFrame:
    """The rows in force on a day, the thing's columns first: every column as text but ``reference_date`` and ``written_at``.

    Args:
        until: the day; the newest state of everything where none is given.
        territory: the communes whose rows are read; all rows where None is given. A register without communes is read whole.
    """
    if not has_table(cursor, kind.table):
        return pd.DataFrame(columns=list(kind.columns))
    seen = _seen(kind, territory)
    sql = f"""
        SELECT * EXCLUDE (row_number) FROM (
            SELECT * FROM {kind.table} WHERE reference_date <= $until AND {seen}
            QUALIFY row_number() OVER (
                PARTITION BY {", ".join(kind.thing)}
                ORDER BY (provenance = 'demonstration'), reference_date DESC, written_at DESC, {kind.table}.row_number DESC
            ) = 1
        ) WHERE withdrawn = '' ORDER BY {", ".join(kind.thing)}
    """  # noqa: S608
    return read_frame(cursor, sql, until=until or date.max, **_bound(kind, territory))


def read_states(cursor: duckdb.DuckDBPyConnection, kind: Register, territory: Territory | None = None) -> pd.DataFrame:
    """Every row, oldest first: the history of things."""
    if not has_table(cursor, kind.table):
        return pd.DataFrame(columns=list(kind.columns))
    sql = f"""
        SELECT * EXCLUDE (row_number) FROM {kind.table} WHERE {_seen(kind, territory)}
        ORDER BY written_at, {kind.table}.row_number
    """  # noqa: S608
    return read_frame(cursor, sql, **_bound(kind, territory))


def _seen(kind: Register, territory: Territory | None) -> str:
    """A row of a commune is seen by whoever sees that commune; one of a wider place, or of none, by whoever sees a commune."""
    if territory is None:
        return "true"
    if kind.of_commune:
        return f"{kind.of_commune} IN (SELECT unnest($territory))"
    wider = f"({PLACE} IN (SELECT unnest($territory)) OR {PLACE} NOT IN (SELECT commune_code FROM commune))"  # noqa: S608
    return str(bool(territory)).lower() + (f" AND {wider}" if kind.has_place else "")


def _bound(kind: Register, territory: Territory | None) -> dict[str, object]:
    named = bool(kind.of_commune) or kind.has_place
    return {"territory": list(territory)} if named and territory is not None else {}


def remove_demonstration(connection: duckdb.DuckDBPyConnection, kind: Register) -> int:
    """Remove the rows that ship as a demonstration; returns how many there were."""
    sql = f"DELETE FROM {kind.table} WHERE provenance = 'demonstration'"  # noqa: S608
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def count_demonstration(cursor: duckdb.DuckDBPyConnection, kind: Register) -> int:
    """How many rows ship as a demonstration."""
    if not has_table(cursor, kind.table):
        return 0
    row = cursor.execute(f"SELECT count(*) FROM {kind.table} WHERE provenance = 'demonstration'").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, date) else str(value)


def _complete(entry: dict[str, str]) -> dict[str, str]:
    """A row that somebody wrote into a file has no moment of writing: the day that it is of stands for it."""
    return {**entry, "written_at": entry["written_at"] or f"{entry['reference_date']} 00:00:00"}
