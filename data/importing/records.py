"""Movements and facilities of a file: read, checked, and what would be written of them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.displacement import MovementKind, home_of
from analytics.model import Provenance
from data import queries
from data.importing.checks import (
    CheckContext,
    facility_capacity,
    facility_points,
    movement_books,
    movement_ends,
    record_duplicates,
)
from data.importing.checks.record_fields import check_fields, check_totals
from data.importing.findings import Finding
from data.importing.record_headers import HeadedRecords
from data.importing.record_rows import build_rows
from data.loaders.today import load_record_sheets
from data.record_sheets import FACILITIES, MOVEMENTS
from geo.names import NameIndex
from geo.spelling import plain

MOVEMENT_COLUMNS = [c for c in queries.MOVEMENT_COLUMNS if c != "upload_id"]
FACILITY_COLUMNS = [c for c in queries.FACILITY_COLUMNS if c != "upload_id"]

_MAY_BE_BLANK = {
    MOVEMENTS: frozenset(("home_code", "source")),
    FACILITIES: frozenset(("facility_id", "capacity_unit", "functional_status", "status_reason", "source")),
}


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of one kind: those kept, how many were read, and what is said of them. Each row counts as one cell."""

    kept: pd.DataFrame
    rows_in: int
    findings: list[Finding]


def prepare_movements(
    sheets: list[HeadedRecords], index: NameIndex, known: pd.DataFrame, context: CheckContext, first_row: int
) -> Records:
    """Read and check movements against the movements in force; ``first_row`` numbers the rows after the file's other cells."""
    definition = load_record_sheets()[MOVEMENTS]
    rows = build_rows(sheets, definition, index, first_row)
    if rows.empty:
        return Records(rows.reindex(columns=MOVEMENT_COLUMNS), 0, [])
    real = known[known["provenance"] != Provenance.DEMONSTRATION.value]
    findings = _check_each(rows, MOVEMENTS, context)
    findings += movement_ends.check(_left(rows, findings))
    valid = _with_home(_left(rows, findings))
    findings += record_duplicates.check(valid, definition, movement_books.KEY, ["persons", "status"])
    findings += movement_books.check(_left(valid, findings), real, context)
    return Records(_left(valid, findings)[MOVEMENT_COLUMNS].reset_index(drop=True), len(rows), findings)


def prepare_facilities(sheets: list[HeadedRecords], index: NameIndex, context: CheckContext, first_row: int) -> Records:
    """Read and check facilities; a facility without a code is known by commune, kind and name."""
    definition = load_record_sheets()[FACILITIES]
    rows = build_rows(sheets, definition, index, first_row)
    if rows.empty:
        return Records(rows.reindex(columns=FACILITY_COLUMNS), 0, [])
    findings = _check_each(rows, FACILITIES, context)
    findings += facility_points.check(_left(rows, findings), context)
    findings += facility_capacity.check(_left(rows, findings))
    valid = _with_identity(_left(rows, findings))
    said = [c for c in FACILITY_COLUMNS if c not in ("cell", "source")]
    findings += record_duplicates.check(valid, definition, ["facility_id", "reference_date"], said)
    return Records(_left(valid, findings)[FACILITY_COLUMNS].reset_index(drop=True), len(rows), findings)


def _check_each(rows: pd.DataFrame, sheet_id: str, context: CheckContext) -> list[Finding]:
    definition = load_record_sheets()[sheet_id]
    findings = check_totals(rows, definition)
    return findings + check_fields(_left(rows, findings), definition, context, _MAY_BE_BLANK[sheet_id])


def _left(rows: pd.DataFrame, findings: list[Finding]) -> pd.DataFrame:
    """The rows that nothing has set aside yet."""
    aside = {row for finding in findings if finding.sets_aside for row in finding.rows}
    return rows.loc[[row for row in rows.index if row not in aside]]


def _with_home(rows: pd.DataFrame) -> pd.DataFrame:
    home = home_of(rows["kind"], rows["origin_code"], rows["destination_code"], rows["home_code"])
    return rows.assign(home_code=home, kind=rows["kind"].map(lambda kind: MovementKind(kind).value))


def _with_identity(rows: pd.DataFrame) -> pd.DataFrame:
    sectors = {word: entry["sector"] for word, entry in load_record_sheets()[FACILITIES]["kind"].words.items()}
    own = pd.Series(
        [
            f"{code}/{kind}/{plain(name)}"
            for code, kind, name in zip(rows["commune_code"], rows["kind"], rows["name"], strict=True)
        ],
        index=rows.index,
        dtype="object",
    )
    return rows.assign(
        facility_id=rows["facility_id"].where(rows["facility_id"] != "", own),
        sector=rows["kind"].map(sectors),
        functional_status=rows["functional_status"].replace("", "unknown"),
    )
