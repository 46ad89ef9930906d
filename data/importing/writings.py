"""Decisions, notes, scenarios and plans that come back from a full export: recognised by their headings, checked as when typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from data.exporting.inert import plain_text
from data.importing.cells import written
from data.importing.findings import Finding, Severity
from data.importing.workbook import RawSheet
from data.importing.writing_fields import PERSONAL, Check, field_checks
from data.saved_scenarios import write_definition
from data.writings import COLUMNS, DECISION_SAYS, DECISIONS, NOTES, PLAN_TEXTS, PLAN_VERSIONS, SCENARIOS

# Columns that say again what another one says, for a person who reads the file.
BESIDE = frozenset(("commune_name",))


@dataclass(frozen=True, slots=True)
class HeadedWritings:
    """A sheet of one table, with the column of each field."""

    sheet: RawSheet
    table: str
    columns: dict[str, int]


@dataclass(frozen=True, slots=True)
class Writings:
    """The rows of all tables: those kept, how many were read, and what is said of them. Each row counts as one cell."""

    kept: dict[str, pd.DataFrame] = field(default_factory=dict)
    rows_in: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def personal(self) -> Finding | None:
        """What looks like a datum of a person, with its cells: the whole file is refused for it."""
        return next((finding for finding in self.findings if finding.key in PERSONAL), None)


def find_writings(sheets: list[RawSheet]) -> list[HeadedWritings]:
    """The sheets that have all the headings of a table, and no other."""
    found = []
    for sheet in sheets:
        headings = [written(cell) for cell in sheet.rows[0]] if sheet.rows else []
        for table, columns in COLUMNS.items():
            if set(headings) - BESIDE == set(columns):
                found.append(HeadedWritings(sheet, table, {name: headings.index(name) for name in columns}))
    return found


def prepare_writings(
    sheets: list[HeadedWritings], communes: pd.DataFrame, known: Mapping[str, pd.DataFrame], first_row: int
) -> Writings:
    """Read and check every row; a row with something wrong in it is set aside whole, its cell named.

    Args:
        communes: ``commune_code, cercle_code``.
        known: what the store holds already (``data.writings.read_writings``).
        first_row: numbers the rows after the file's other cells.
    """
    kept: dict[str, list[dict[str, str]]] = {}
    found: dict[str, list[tuple[str, int]]] = {}
    number = first_row
    for headed in sheets:
        checks = field_checks(headed.table, communes)
        before = {_key(headed.table, row): row for row in known[headed.table].to_dict("records")}
        for position in range(1, len(headed.sheet.rows)):
            row = _read_row(headed, position)
            if not any(row.values()):
                continue
            problem, column = _first_problem(row, checks)
            if not problem:
                problem, column = _against(headed.table, row, before)
            if problem:
                cell = headed.sheet.address(position, headed.columns[column])
                found.setdefault(problem, []).append((cell, number))
            else:
                kept.setdefault(headed.table, []).append(_as_saved(headed.table, row))
                before[_key(headed.table, row)] = row
            number += 1
    findings = tuple(
        Finding(key, Severity.ERROR, tuple(c for c, _ in places), tuple(n for _, n in places))
        for key, places in found.items()
    )
    frames = {table: pd.DataFrame(rows, columns=COLUMNS[table]) for table, rows in kept.items()}
    return Writings(frames, number - first_row, findings)


def _read_row(headed: HeadedWritings, position: int) -> dict[str, str]:
    row = headed.sheet.rows[position]
    return {name: plain_text(written(row[at])) if at < len(row) else "" for name, at in headed.columns.items()}


def _as_saved(table: str, row: dict[str, str]) -> dict[str, str]:
    """A row as it is written where it is typed: a scenario goes by the name that its row gives it."""
    return {**row, "definition": write_definition(row["name"], row["definition"])} if table == SCENARIOS else row


def _first_problem(row: dict[str, str], checks: Mapping[str, Check]) -> tuple[str, str]:
    """What is wrong with the first field that has something wrong, and which field; empty where nothing has."""
    return next(((problem, name) for name, check in checks.items() if (problem := check(row[name]))), ("", ""))


def _key(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes two rows the same thing."""
    return {
        DECISIONS: lambda: (row["decision_id"],),
        NOTES: lambda: tuple(row[name] for name in COLUMNS[NOTES]),
        SCENARIOS: lambda: (row["name"],),
        PLAN_TEXTS: lambda: tuple(row[name] for name in COLUMNS[PLAN_TEXTS]),
        PLAN_VERSIONS: lambda: (row["commune_code"], row["version"]),
    }[table]()


def _against(table: str, row: dict[str, str], before: Mapping[tuple[str, ...], Mapping[str, str]]) -> tuple[str, str]:
    """Whether a row contradicts the one of its key that is there already."""
    known = before.get(_key(table, row))
    if known is None:
        return "", ""
    if table == DECISIONS and any(known[name] != row[name] for name in DECISION_SAYS):
        return "writing_differs", "decision_id"
    if table == PLAN_VERSIONS and any(known[name] != row[name] for name in COLUMNS[table]):
        return "writing_version_differs", "version"
    if table == SCENARIOS and datetime.fromisoformat(row["saved_at"]) < datetime.fromisoformat(known["saved_at"]):
        return "writing_older", "saved_at"
    return "", ""
