"""Signing off a commune's month: submitted, validated by the steward or a second person, or returned with its reason.

A sign-off holds for the figures that it was given for: as soon as one of them is another, the month is a draft again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import duckdb

from data.frames import Territory, has_table, read_frame
from data.free_text import find_personal_data, one_line
from data.people.viewer import Person
from data.records import entry_checks as checks
from data.records.entry_kind import EntryField, EntryKind
from data.records.kind import Action, Role
from data.records.moment import moment_of_writing
from data.store_error import StoreError

if TYPE_CHECKING:
    from data.store import Store

SUBMIT, VALIDATE, RETURN = (
    Action(name, ("commune_code", "reference_date")) for name in ("month-submitted", "month-validated", "month-returned")
)
LONGEST_REASON = 300

_LAST = """
    SELECT commune_code, reference_date, step, role, account, reason, figures, noted_at
    FROM figure_sign_off
    WHERE commune_code IN (SELECT unnest($territory))
    QUALIFY row_number() OVER (
        PARTITION BY commune_code, reference_date ORDER BY noted_at DESC, sign_off_id DESC
    ) = 1
"""


class Step(StrEnum):
    """What was done with a month."""

    SUBMITTED = "submitted"
    VALIDATED = "validated"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class SignOff:
    """The last step of a commune's month: by which role and account, when, why it was returned, and the digest of the figures that
    it was given for."""

    step: Step
    role: Role
    account: str
    reason: str
    figures: str
    noted_at: datetime


Month = tuple[str, date]


def submit_month(store: Store, commune_code: str, month: date, seen: str) -> None:
    """Submit a commune's month.

    Args:
        seen: the digest of the figures that the person saw (``data.queries.read_month_figures``).

    Raises:
        StoreError: the month has no figure of its own, or other figures than were seen; it is submitted or validated already;
            the role may not submit, or another write is under way.
    """
    if (last := _last(store, commune_code, month)) and last.step is not Step.RETURNED and last.figures == seen:
        raise StoreError("store.sign_off_done")
    _add(store, SUBMIT, Step.SUBMITTED, (commune_code, month), seen)


def validate_month(store: Store, commune_code: str, month: date, seen: str) -> None:
    """Validate a month that was submitted: the steward, or a second person of the commune.

    Raises:
        StoreError: it is not submitted, the same person submitted it, and whatever ``submit_month`` raises.
    """
    last = _require_submitted(store, commune_code, month, seen)
    if not is_another_person(store.writer, last):
        raise StoreError("store.sign_off_same_person")
    _add(store, VALIDATE, Step.VALIDATED, (commune_code, month), seen)


def is_another_person(person: Person, last: SignOff) -> bool:
    """Whether a person may validate what was submitted: the steward, or another account than the one that submitted it."""
    return person.viewer.role is Role.STEWARD or person.account not in ("", last.account)


def return_month(store: Store, commune_code: str, month: date, seen: str, reason: str) -> None:
    """Return a month that was submitted or validated, with the reason.

    Raises:
        StoreError: there is nothing to return, the reason is empty, too long or holds a personal datum, and whatever
            ``submit_month`` raises.
    """
    kept = one_line(reason)
    if not 1 <= len(kept) <= LONGEST_REASON:
        raise StoreError("store.sign_off_reason", longest=LONGEST_REASON)
    if find_personal_data(kept):
        raise StoreError("store.sign_off_personal")
    last = _last(store, commune_code, month)
    if last is None or last.step is Step.RETURNED or last.figures != seen:
        raise StoreError("store.sign_off_not_submitted")
    _add(store, RETURN, Step.RETURNED, (commune_code, month), seen, kept)


def list_sign_offs(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> Mapping[Month, SignOff]:
    """The last step of each month by commune and day; none in a snapshot made before months were signed off."""
    if not has_table(cursor, SIGN_OFFS.table):
        return {}
    return {
        (row.commune_code, row.reference_date.date()): SignOff(
            Step(row.step), Role(row.role), row.account, row.reason, row.figures, row.noted_at.to_pydatetime()
        )
        for row in read_frame(cursor, _LAST, territory=list(territory)).itertuples(index=False)
    }


def _last(store: Store, commune_code: str, month: date) -> SignOff | None:
    with store.open() as connection:
        return list_sign_offs(connection.cursor(), (commune_code,)).get((commune_code, month))


def _require_submitted(store: Store, commune_code: str, month: date, seen: str) -> SignOff:
    last = _last(store, commune_code, month)
    if last is None or last.step is not Step.SUBMITTED or last.figures != seen:
        raise StoreError("store.sign_off_not_submitted")
    return last


def _add(store: Store, action: Action, step: Step, of: Month, seen: str, reason: str = "") -> None:
    # Lazy import: the queries list the kinds of record, of which this is one.
    from data.queries import read_month_figures

    commune_code, month = of
    with store.open() as connection:
        now = read_month_figures(connection.cursor(), (commune_code,), month).get(commune_code, "")
    if not now:
        raise StoreError("store.sign_off_nothing")
    if now != seen:
        raise StoreError("store.sign_off_changed")
    values = {
        "commune_code": commune_code,
        "reference_date": month,
        "step": step.value,
        "role": store.writer.viewer.role.value,
        "account": store.writer.account,
        "reason": reason,
        "figures": seen,
    }
    with store.write(action.name, action.describe(values), (commune_code,)) as connection:
        values["noted_at"] = moment_of_writing(connection, SIGN_OFFS.table, "noted_at")
        connection.execute(
            "INSERT INTO figure_sign_off SELECT coalesce(max(sign_off_id), 0) + 1, $commune_code, $reference_date, $step, $role, "
            "$account, $reason, $figures, $noted_at FROM figure_sign_off",
            values,
        )


SIGN_OFFS = EntryKind(
    id="sign_offs",
    table="figure_sign_off",
    # Whole sign-offs come back from an export by the steward alone: a file could say that anybody validated anything. Who submits
    # and who validates on the screen stands in roles.yaml.
    writers=frozenset((Role.STEWARD,)),
    actions=(SUBMIT, VALIDATE, RETURN),
    snapshot_checks=(
        ("sign_off_of_unknown_commune", "SELECT count(*) FROM figure_sign_off ANTI JOIN commune USING (commune_code)"),
    ),
    fields=(
        EntryField("commune_code", checks.commune),
        EntryField("reference_date", checks.day, "DATE"),
        EntryField("step", checks.one_of(lambda: list(Step))),
        EntryField("role", checks.one_of(lambda: list(Role))),
        EntryField("account", checks.matching("[0-9a-z:]{0,40}")),
        EntryField("reason", checks.sentence(LONGEST_REASON)),
        EntryField("figures", checks.matching("[0-9a-f]{32}")),
        EntryField("noted_at", checks.moment, "TIMESTAMP"),
    ),
    of_commune="commune_code",
    shown="step",
    order=("noted_at", "sign_off_id"),
    numbered_by="sign_off_id",
)
