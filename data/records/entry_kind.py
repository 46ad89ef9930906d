"""A kind of entry: a record that a person types on a screen, exported and imported as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from data.i18n import Translator
from data.records.entry_checks import Check
from data.records.kind import Kind

Entry = Mapping[str, str]


class Problem(NamedTuple):
    """What is wrong with an entry (``check.<key>``), and in which field."""

    key: str
    field: str


@dataclass(frozen=True, slots=True)
class EntryField:
    """One column: its check as text, its SQL type, whether an empty text is NULL in the table."""

    id: str
    check: Check
    sql_type: str = "VARCHAR"
    nullable: bool = False


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class EntryKind(Kind):
    """How entries of one kind are checked, exported, and put back from an export.

    ``fields`` are the columns of the export, in order; ``shown`` is the one that a preview shows.
    ``key`` makes two entries the same (all columns where nothing is given); an entry whose key is
    in the store is not written again. ``order`` sorts the export and begins with the moment of
    writing. ``numbered_by`` is a column of the table that counts its rows. ``of_commune`` is the column that says whose an
    entry is: a viewer of some communes reads theirs, and none where a kind has no such column.

    ``source`` is the relation that the export reads, the table itself where nothing is given.
    ``add`` are the statements that write rows of ``incoming``, for a kind whose entries are
    replaced or kept in two tables. ``contradicts`` compares an entry with the one of its key that
    is there already; ``complete`` turns an entry of a file into what a screen would have written.
    """

    fields: tuple[EntryField, ...]
    shown: str
    order: tuple[str, ...]
    key: tuple[str, ...] = ()
    numbered_by: str = ""
    of_commune: str = ""
    source: str = ""
    add: tuple[str, ...] = ()
    contradicts: Callable[[Entry, Entry], Problem | None] = lambda entry, known: None
    complete: Callable[[dict[str, str]], dict[str, str]] = lambda entry: entry

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of the export."""
        return tuple(field.id for field in self.fields)

    def label(self, t: Translator) -> str:
        """Name of the kind in the reader's language."""
        return t(f"entries.{self.id}")

    def key_of(self, entry: Entry) -> tuple[str, ...]:
        """What makes an entry the same as another one."""
        return tuple(entry[column] for column in self.key or self.columns)
