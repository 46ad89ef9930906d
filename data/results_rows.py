"""Rows of the registers that ship with a territory: real ones with their source, and examples marked as a demonstration."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.model import Provenance
from data.province import Province
from data.records.entry_checks import read_places
from data.records.register import Register, first_problem
from data.records.table import registers

# The examples are written for a store that ends in this month, and move by whole years with it.
_WRITTEN_FOR = pd.Timestamp("2025-08-01")
_DAYS = ("reference_date", "baseline_date", "target_date", "meeting_date", "due_date")


def read_shipped(
    province: Province, communes: pd.DataFrame, *, demonstration: bool, until: date | None
) -> dict[str, pd.DataFrame]:
    """Rows by kind as text, as an import would hold them; kinds without rows are left out.

    Args:
        communes: ``commune_code, cercle_code`` of the store.
        demonstration: whether the examples are wanted; ``until`` the last month of the demonstration figures.

    Raises:
        ValueError: a row that ships would be refused in an import.
    """
    years, shipped = _years_between(until), {}
    for kind in registers():
        path = province.folder / "results" / f"{kind.id}.csv"
        if not path.exists():
            continue
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        is_example = rows["provenance"] == Provenance.DEMONSTRATION.value
        rows = pd.concat([rows[~is_example], _moved(rows[is_example], years)] if demonstration else [rows[~is_example]])
        if len(rows):
            shipped[kind.id] = _complete(kind, rows.reset_index(drop=True), communes)
    return shipped


def _years_between(until: date | None) -> int:
    last = _WRITTEN_FOR if until is None else pd.Timestamp(until)
    months = (last.year - _WRITTEN_FOR.year) * 12 + last.month - _WRITTEN_FOR.month
    return max(0, months // 12)


def _moved(rows: pd.DataFrame, years: int) -> pd.DataFrame:
    """Examples so many years later."""
    moved = {
        name: [f"{int(day[:4]) + years}{day[4:]}" if day else "" for day in rows[name]] for name in _DAYS if name in rows
    }
    if "year" in rows:
        moved["year"] = [str(int(year) + years) for year in rows["year"]]
    return rows.assign(**moved)


def _complete(kind: Register, rows: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    places = read_places(communes)
    entries = [kind.complete({**dict.fromkeys(kind.columns, ""), **row}) for row in rows.to_dict("records")]
    for entry in entries:
        if problem := first_problem(kind, entry, places):
            raise ValueError(f"{kind.id}: {problem.key} in {problem.field} of {entry}")
    return pd.DataFrame(entries, columns=list(kind.columns), dtype="object")
