"""What every kind of record has: its name, its table, who may write it, what its writes are called."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.i18n import Translator


class Role(StrEnum):
    """What a signed-in person is to the application; not enforced until people sign in."""

    PUBLIC = "public"
    READER = "reader"
    COMMUNE = "commune"
    ANIMATOR = "animator"
    ADVISER = "adviser"
    STEWARD = "steward"


@dataclass(frozen=True, slots=True)
class Action:
    """What a write is called in the history of the store.

    ``name`` is kept in the snapshot and has the text ``action.<name>``. ``detail`` names the
    fields that say which record was written, cut after ``longest`` characters. A snapshot whose
    action does not change figures shares the computed figures of the snapshot before.
    """

    name: str
    detail: tuple[str, ...] = ()
    longest: int | None = None
    changes_figures: bool = False

    def describe(self, record: Mapping[str, object]) -> str:
        """The detail of a record for the history: its fields in order, with a space between."""
        return " ".join(str(record[field]) for field in self.detail)[: self.longest]


# Whatever comes in a file is written by this action; its detail is the file's name.
IMPORT_ACTION = Action("import", ("file_name",), changes_figures=True)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Kind(ABC):
    """One kind of record.

    ``id`` names its file in the full export and its rows in an import report; ``table`` is its
    SQL table. ``writers`` are the roles that may write it. ``snapshot_checks`` are pairs of a
    name and a query that counts what must not be in a published snapshot.
    """

    id: str
    table: str
    writers: frozenset[Role]
    actions: tuple[Action, ...]
    snapshot_checks: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not (self.id.isidentifier() and self.table.isidentifier()):
            raise ValueError(f"{self.id}, {self.table}: a name of letters, digits and _ is needed")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id!r})"

    @abstractmethod
    def label(self, t: Translator) -> str:
        """Name of the kind in the reader's language."""
