"""Entries that come back from a full export as a kind of the one way: checked as when they are typed, and against the store's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

import pandas as pd

from data.exporting.inert import plain_text
from data.importing.checks import CheckContext
from data.importing.contents import Contents
from data.importing.findings import Finding, Severity
from data.importing.line import Line, RowsCheck, Stage
from data.importing.readings import cell_text
from data.records.entry_checks import PERSONAL, KnownPlaces, read_places
from data.records.entry_kind import Entry, EntryKind, Problem
from data.records.rows import Rows


class ListedEntry(NamedTuple):
    """A filled row of an export, and the address of each of its fields; an export leaves nothing open and hides nothing."""

    entry: dict[str, str]
    cells: dict[str, str]
    asked: tuple[str, ...] = ()
    unseen: str = ""


def entries_line(kind: EntryKind, communes: pd.DataFrame, stored: Mapping[str, pd.DataFrame]) -> Line:
    """The way of one kind of entry; one with something wrong in it is set aside whole, its cell named.

    Args:
        communes: ``commune_code, cercle_code``.
        stored: the entries of the store by kind (``entry_store.read_entries``).
    """
    sound = partial(_first_problem, kind, read_places(communes))
    return Line(
        id=kind.id,
        fields={},
        listed=lambda contents: list_entries(contents, kind),
        # What was typed on a screen is corrected there.
        corrected=lambda listed, _corrections: listed,
        read=lambda listed, _index: _rows_of(listed, kind),
        stages=(
            Stage((_each(sound),)),
            Stage((_against_known(kind, stored),)),
            Stage(complete=lambda values: _completed(values, kind)),
        ),
        columns=kind.columns,
    )


def find_personal(findings: tuple[Finding, ...]) -> Finding | None:
    """What looks like a personal datum, with its cells: the whole file is refused for it."""
    return next((finding for finding in findings if finding.key in PERSONAL), None)


def list_entries(contents: Contents, kind: EntryKind) -> list[ListedEntry]:
    """The filled rows below the headings of the kind's sheets."""
    listed = []
    for headed in contents.entries:
        for position, row in enumerate(headed.sheet.rows if headed.kind is kind else ()):
            entry = {
                name: plain_text(cell_text(row[column])) if column < len(row) else ""
                for name, column in headed.columns.items()
            }
            if position and any(entry.values()):
                cells = {name: headed.sheet.address(position, column) for name, column in headed.columns.items()}
                listed.append(ListedEntry(entry, cells))
    return listed


def _rows_of(listed: list[ListedEntry], kind: EntryKind) -> Rows:
    """Entries are texts: what a cell holds is its value, and it says nothing that a check of cells looks at."""
    cells = [
        {"cell": one.cells[name], "variable": name, "raw": one.entry[name], "says": "", "is_own": False, "row": number}
        for number, one in enumerate(listed)
        for name in kind.columns
    ]
    columns = ["cell", "variable", "raw", "says", "is_own", "row"]
    values = pd.DataFrame([one.entry for one in listed], columns=list(kind.columns), dtype="object")
    return Rows(values, pd.DataFrame(cells, columns=columns).astype({"is_own": bool}).set_index("row"))


def _first_problem(kind: EntryKind, places: KnownPlaces, entry: Entry) -> Problem | None:
    """What is wrong with the first field that has something wrong."""
    problems = (Problem(field.check(entry[field.id], places), field.id) for field in kind.fields)
    return next((problem for problem in problems if problem.key), None)


def _each(problem_of: Callable[[Entry], Problem | None]) -> RowsCheck:
    """Errors by what is wrong, for entries taken in the order of the file."""

    def check(rows: Rows, _context: CheckContext) -> list[Finding]:
        wrong: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, entry in zip(rows.values.index, rows.values.to_dict("records"), strict=True):
            if problem := problem_of({str(name): str(value) for name, value in entry.items()}):
                wrong[problem.key].append((str(rows.of(problem.field).at[number, "cell"]), int(number)))
        return [
            Finding(key, Severity.ERROR, tuple(cell for cell, _ in at), tuple(row for _, row in at))
            for key, at in wrong.items()
        ]

    return check


def _against_known(kind: EntryKind, stored: Mapping[str, pd.DataFrame]) -> RowsCheck:
    """Each entry beside the one of its key: of the store, or kept before it of the file."""

    def check(rows: Rows, context: CheckContext) -> list[Finding]:
        known: dict[tuple[str, ...], Entry] = {kind.key_of(entry): entry for entry in _texts(stored[kind.id])}

        def problem_of(entry: Entry) -> Problem | None:
            before = known.get(kind.key_of(entry))
            problem = kind.contradicts(entry, before) if before else None
            if problem is None:
                known[kind.key_of(entry)] = entry
            return problem

        return _each(problem_of)(rows, context)

    return check


def _texts(stored: pd.DataFrame) -> Iterable[Entry]:
    return stored.to_dict("records")


def _completed(values: pd.DataFrame, kind: EntryKind) -> pd.DataFrame:
    entries = [kind.complete(dict(entry)) for entry in values.to_dict("records")]
    return pd.DataFrame(entries, index=values.index, dtype="object")
