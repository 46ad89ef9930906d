"""The registers of activities and results: what is in force at the end of a month, as the screen shows it, small counts withheld."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from analytics.model import Status
from data.exporting.columns import ColumnType, describe_columns
from data.records.achievements import ACHIEVEMENTS
from data.records.activities import ACTIVITIES
from data.records.animator_posts import ANIMATOR_POSTS
from data.records.commitments import COMMITMENTS
from data.records.donor_outputs import DONOR_OUTPUTS
from data.records.eligibility import ELIGIBILITY
from data.records.initiatives import INITIATIVES
from data.records.register import PLACE, Register
from data.records.results import RESULTS
from data.records.training_levels import TRAINING_LEVELS
from data.records.training_sessions import TRAINING_SESSIONS
from pages.address.assumptions import LENS
from pages.address.selection import read_selection
from pages.figures.figures import Figures
from pages.web.api.parameters import Question
from pages.web.api.resource import Resource
from pages.words.registers import read_rows, round_findings, withheld
from pages.words.view import View

KINDS: tuple[Register, ...] = (
    RESULTS, ACHIEVEMENTS, ACTIVITIES, INITIATIVES, ANIMATOR_POSTS, TRAINING_LEVELS, TRAINING_SESSIONS, ELIGIBILITY, COMMITMENTS,
    DONOR_OUTPUTS,
)  # fmt: skip
_LINEAGE = ("reference_date", "status", "provenance", "source")


def _rows(kind: Register, question: Question) -> pd.DataFrame:
    """Rows of the communes asked for, and of wider places; a count that is withheld is missing, and the row says so."""
    chosen = replace(read_selection(question.figures, {}), month=question.month)
    view = View(question.figures, chosen, question.t)
    rows = read_rows(view, kind, (question.month + pd.offsets.MonthEnd(0)).date())
    column = kind.of_commune or (PLACE if kind.has_place else "")
    if column:
        rows = rows[rows[column].isin(question.communes) | ~rows[column].isin(question.figures.territory)]
    small = withheld(view, kind, rows)
    told = round_findings(view, rows)
    kept = told.assign(**{name: told[name].mask(small[name]) for name in small})
    status = small.any(axis=1).map({True: Status.SUPPRESSED.value, False: Status.REPORTED.value})
    whole = [c.name for c in describe_columns(_columns(kind), kind.id, kept=False) if c.type is ColumnType.INTEGER]
    kept = kept.assign(**{name: pd.to_numeric(kept[name]).astype("Int64") for name in whole})
    days = pd.DatetimeIndex(pd.to_datetime(rows["reference_date"])).strftime("%Y-%m-%d")
    return kept.assign(status=status.astype(object), reference_date=days)[list(_columns(kind))]


def _columns(kind: Register) -> tuple[str, ...]:
    return (*(field.id for field in kind.typed if field.id not in _LINEAGE), *_LINEAGE)


def _told(kind: Register, figures: Figures) -> dict[str, bool]:
    """Whether the caller is told of the register: no row is another thing than nothing to read."""
    return {"told": figures.records.tells(kind)}


def _resource(kind: Register) -> Resource:
    return Resource(
        kind.id,
        kind.id,
        _columns(kind),
        partial(_rows, kind),
        ("date", "commune", LENS) if kind.of_commune or kind.has_place else ("date", LENS),
        head=partial(_told, kind),
    )


REGISTERS = tuple(_resource(kind) for kind in KINDS)
