"""Corrections of published figures: one changed or withdrawn with its reason, and what was undone; rows are only added.

The file that brought a figure is never edited. The corrected figure comes in an upload of its own, which wins because it is newer;
undoing takes that upload out of the snapshots that follow. Who writes them: ``data.importing.published``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import duckdb

from data.frames import Territory, has_table, read_frame
from data.records import entry_checks as checks
from data.records.entry_kind import EntryField, EntryKind
from data.records.kind import Action, Role

_DETAIL = ("commune_code", "reference_date", "variable")
CHANGE, WITHDRAW, UNDO = (
    Action(name, _DETAIL, changes_figures=True) for name in ("figure-corrected", "figure-withdrawn", "correction-undone")
)
LONGEST_REASON = 300

_LISTED = """
    SELECT f.*, u.undone_at, coalesce(o.upload_id = f.upload_id, false) AS is_in_force
    FROM figure_correction AS f
    LEFT JOIN (
        SELECT upload_id, max(noted_at) AS undone_at FROM figure_correction WHERE step = 'undone' GROUP BY upload_id
    ) AS u USING (upload_id)
    LEFT JOIN current_observation AS o USING (commune_code, reference_date, variable)
    WHERE f.step <> 'undone' AND f.commune_code IN (SELECT unnest($territory))
    ORDER BY f.noted_at DESC, f.correction_id DESC
"""


class CorrectionState(StrEnum):
    """Whether a correction holds: in force, replaced by something newer, or undone."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class FigureCorrection:
    """One correction: which figure, what it was and became (None where there is none), why, by which role, when; the upload that
    holds it."""

    commune_code: str
    reference_date: date
    variable: str
    is_withdrawn: bool
    before: float | None
    value: float | None
    reason: str
    role: Role
    noted_at: datetime
    upload_id: str
    state: CorrectionState


def list_corrections(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> list[FigureCorrection]:
    """Every correction of a territory, the newest first; none in a snapshot made before they were kept."""
    if not has_table(cursor, FIGURE_CORRECTIONS.table):
        return []
    rows = read_frame(cursor, _LISTED, territory=list(territory)).itertuples(index=False)
    return [
        FigureCorrection(
            row.commune_code,
            row.reference_date.date(),
            row.variable,
            row.step == "withdrawn",
            _number(row.value_before),
            _number(row.value),
            row.reason,
            Role(row.role),
            row.noted_at.to_pydatetime(),
            row.upload_id,
            _state(row.is_in_force, row.undone_at == row.undone_at and row.undone_at is not None),
        )
        for row in rows
    ]


def _state(is_in_force: bool, is_undone: bool) -> CorrectionState:
    if is_undone:
        return CorrectionState.UNDONE
    return CorrectionState.IN_FORCE if is_in_force else CorrectionState.REPLACED


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)


_FIGURE = checks.optional(checks.matching(r"\d{1,12}(\.\d{1,17})?"))

FIGURE_CORRECTIONS = EntryKind(
    id="figure_corrections",
    table="figure_correction",
    # A whole list comes back from an export by the steward alone: a file could say that anybody corrected anything. Who corrects on
    # the screen stands in roles.yaml.
    writers=frozenset((Role.STEWARD,)),
    actions=(CHANGE, WITHDRAW, UNDO),
    snapshot_checks=(
        ("correction_of_unknown_commune", "SELECT count(*) FROM figure_correction ANTI JOIN commune USING (commune_code)"),
    ),
    fields=(
        EntryField("commune_code", checks.commune),
        EntryField("reference_date", checks.day, "DATE"),
        EntryField("variable", checks.matching("[a-z0-9_]{1,80}")),
        EntryField("step", checks.one_of(lambda: ("changed", "withdrawn", "undone"))),
        EntryField("value_before", _FIGURE, "DOUBLE", nullable=True),
        EntryField("value", _FIGURE, "DOUBLE", nullable=True),
        EntryField("reason", checks.sentence(LONGEST_REASON, shortest=1)),
        EntryField("role", checks.one_of(lambda: list(Role))),
        EntryField("account", checks.matching("[0-9a-z:]{0,40}")),
        EntryField("upload_id", checks.matching("[a-z]+-[0-9a-f]{16}")),
        EntryField("noted_at", checks.moment, "TIMESTAMP"),
    ),
    of_commune="commune_code",
    shown="reason",
    order=("noted_at", "correction_id"),
    numbered_by="correction_id",
)
