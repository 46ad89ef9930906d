"""Who is late, worked by hand: states, days, sudden changes."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.lateness import Receipt, days_after_month, due_day, judge_receipts
from analytics.panel import build_panel
from analytics.sudden_change import list_sudden_changes

SEPTEMBER = pd.Timestamp("2026-09-01")


def receipts(*rows):
    frame = pd.DataFrame(rows, columns=["commune_code", "sheet", "reference_date", "first_at"])
    came = pd.to_datetime(frame["first_at"], format="ISO8601")
    return frame.assign(reference_date=pd.to_datetime(frame["reference_date"]), first_at=came)


def judge(came, today, simulated=()):
    return judge_receipts(came, simulated, ["A", "B"], ["health"], [SEPTEMBER], today, 10)


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (date(2026, 9, 1), date(2026, 10, 10)),
        (date(2026, 12, 1), date(2027, 1, 10)),
        (date(2026, 11, 1), date(2026, 12, 10)),
    ],
)
def test_a_month_is_due_ten_days_after_its_end(month, due):
    assert due_day(month, 10) == due


def test_a_month_is_awaited_until_its_day_and_late_from_the_next():
    nothing = receipts()
    assert set(judge(nothing, date(2026, 10, 10))["state"]) == {Receipt.AWAITED}
    assert set(judge(nothing, date(2026, 10, 11))["state"]) == {Receipt.LATE}


def test_what_came_is_on_time_or_after_and_what_is_simulated_never_came():
    came = receipts(("A", "health", "2026-09-01", "2026-10-11"), ("B", "health", "2026-08-01", "2026-09-01"))
    states = judge(came, date(2026, 11, 1), {("B", "health", SEPTEMBER)}).set_index("commune_code")["state"]
    assert states.to_dict() == {"A": Receipt.AFTER, "B": Receipt.SIMULATED}


@pytest.mark.parametrize(
    ("began", "came", "state"),
    # Due on 10 October, that day included.
    [
        ("2026-09-01", "2026-10-01", Receipt.RECEIVED),
        ("2026-09-01", "2026-10-10 23:59", Receipt.RECEIVED),
        ("2026-09-01", "2026-10-11", Receipt.AFTER),
        # Whoever could have sent the month on its last day is late, whoever could not is not.
        ("2026-10-10 23:59", "2026-10-11", Receipt.AFTER),
        ("2026-10-11", "2026-10-12", Receipt.RECEIVED),
    ],
)
def test_figures_are_on_time_until_the_end_of_their_last_day(began, came, state):
    files = receipts(("A", "health", "2026-09-01", came), ("B", "health", "2026-08-01", began))
    assert judge(files, date(2026, 11, 1)).set_index("commune_code").at["A", "state"] == state


def test_months_that_were_due_before_anything_came_are_not_told_to_be_late():
    came = receipts(("A", "health", "2026-09-01", "2026-11-20"))
    states = judge(came, date(2026, 11, 21))
    assert states.set_index("commune_code")["state"]["A"] == Receipt.RECEIVED
    assert days_after_month(states) == {"B": np.inf}


def test_days_are_counted_from_the_end_of_the_month():
    came = receipts(("A", "health", "2026-09-01", "2026-10-08 09:30"), ("B", "health", "2026-08-01", "2026-09-01"))
    assert days_after_month(judge(came, date(2026, 10, 9))) == {"A": 8}


def test_a_sudden_change_is_one_of_the_last_figure_against_the_month_just_before():
    rows = [
        ("A", "2026-07-01", 100.0), ("A", "2026-08-01", 151.0),
        ("B", "2026-06-01", 100.0), ("B", "2026-08-01", 500.0),
        ("C", "2026-07-01", 2.0), ("C", "2026-08-01", 6.0),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["commune_code", "reference_date", "value"]).assign(
        variable="pupils", status="reported", provenance="declared", reliability="B"
    )
    frame["reference_date"] = pd.to_datetime(frame["reference_date"])
    months = list(pd.date_range("2026-06-01", periods=3, freq="MS"))
    panel = build_panel(frame, ["A", "B", "C"], months, frozenset())
    found = list_sudden_changes(panel, {"pupils": 50.0})
    assert found[["commune_code", "value", "before"]].values.tolist() == [["A", 151.0, 100.0]]
    assert list_sudden_changes(panel, {"pupils": 51.0}).empty
