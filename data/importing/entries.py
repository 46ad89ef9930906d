"""Entries that come back from a full export: checked as when they are typed, and against those that the store has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from data.exporting.inert import plain_text
from data.importing.findings import Finding, Severity
from data.importing.readings import cell_text
from data.importing.record_headers import HeadedEntries
from data.importing.records import Prepared
from data.records.entry_checks import PERSONAL, KnownPlaces, read_places
from data.records.entry_kind import EntryKind, Problem


@dataclass(slots=True)
class _Sorted:
    """What was read of the entries of a file so far.

    ``known`` holds by kind the entries of the store and those kept of the file, by key.
    """

    known: dict[str, dict[tuple[str, ...], Mapping[str, str]]] = field(default_factory=dict)
    kept: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    rows_in: dict[str, int] = field(default_factory=dict)
    problems: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def add(self, kind: EntryKind, entry: dict[str, str], problem: Problem | None, cell: str) -> None:
        """Keep an entry, or set it aside for a problem at a cell."""
        number = sum(self.rows_in.values())
        self.rows_in[kind.id] = self.rows_in.get(kind.id, 0) + 1
        if problem:
            self.problems.setdefault(problem.key, []).append((cell, number))
        else:
            self.kept.setdefault(kind.id, []).append(kind.complete(entry))
            self.known[kind.id][kind.key_of(entry)] = entry


def prepare_entries(sheets: list[HeadedEntries], communes: pd.DataFrame, stored: Mapping[str, pd.DataFrame]) -> Prepared:
    """Read and check every entry; one with something wrong in it is set aside whole, its cell named.

    Args:
        communes: ``commune_code, cercle_code``.
        stored: the entries of the store by kind (``entry_store.read_entries``).
    """
    places, found = read_places(communes), _Sorted()
    for headed in sheets:
        kind = headed.kind
        if kind.id not in found.known:
            of_store = stored[kind.id].to_dict("records")
            found.known[kind.id] = {kind.key_of(entry): entry for entry in of_store}
        for position, entry in _list_entries(headed):
            known = found.known[kind.id].get(kind.key_of(entry))
            problem = _first_problem(kind, entry, places) or (kind.contradicts(entry, known) if known else None)
            cell = headed.sheet.address(position, headed.columns[problem.field]) if problem else ""
            found.add(kind, entry, problem, cell)
    findings = tuple(
        Finding(key, Severity.ERROR, tuple(cell for cell, _ in at), tuple(row for _, row in at))
        for key, at in found.problems.items()
    )
    kept = {kind: pd.DataFrame(entries, dtype="object") for kind, entries in found.kept.items()}
    return Prepared(kept, found.rows_in, findings)


def find_personal(findings: tuple[Finding, ...]) -> Finding | None:
    """What looks like a personal datum, with its cells: the whole file is refused for it."""
    return next((finding for finding in findings if finding.key in PERSONAL), None)


def _list_entries(headed: HeadedEntries) -> Iterator[tuple[int, dict[str, str]]]:
    """The filled rows below the headings, each with its position in the sheet."""
    for position, row in enumerate(headed.sheet.rows):
        entry = {
            name: plain_text(cell_text(row[column])) if column < len(row) else "" for name, column in headed.columns.items()
        }
        if position and any(entry.values()):
            yield position, entry


def _first_problem(kind: EntryKind, entry: Mapping[str, str], places: KnownPlaces) -> Problem | None:
    """What is wrong with the first field that has something wrong."""
    problems = (Problem(field.check(entry[field.id], places), field.id) for field in kind.fields)
    return next((problem for problem in problems if problem.key), None)
