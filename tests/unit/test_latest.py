"""The latest known figure of each commune: carried to the last month only, with its age, never over what was said since."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.latest import carry_to_last
from analytics.model import STATUS_ORDER, Status
from analytics.panel import build_panel

MONTHS = tuple(pd.date_range("2026-01-01", periods=4, freq="MS"))
TABLES = st.lists(st.lists(st.none() | st.floats(0, 1e6), min_size=4, max_size=4), min_size=1, max_size=4)


def panel_of(table, statuses=None, months=MONTHS):
    codes = [str(at) for at in range(len(table))]
    rows = [
        {
            "commune_code": code,
            "reference_date": month,
            "value": value,
            "status": "reported" if value is not None else "missing",
        }
        for code, values in zip(codes, table, strict=True)
        for month, value in zip(months, values, strict=True)
        if value is not None or (code, month) in (statuses or ())
    ]
    frame = pd.DataFrame(rows, columns=["commune_code", "reference_date", "value", "status"])
    frame = frame.assign(variable="doctors", provenance="declared", reliability="B")
    return build_panel(frame, codes, months, frozenset())


def test_the_last_month_has_the_figure_that_was_reported_last_with_its_age():
    found = carry_to_last(panel_of([[5, 6, None, None], [None] * 4, [1, 2, 3, 4]]), {"doctors"})["doctors"]
    assert np.array_equal(found.value.reshape(3, 4)[:, -1], [6, np.nan, 4], equal_nan=True)
    assert np.array_equal(found.age_months.reshape(3, 4)[:, -1], [2, np.nan, 0], equal_nan=True)
    assert STATUS_ORDER[found.status.reshape(3, 4)[0, -1]] is Status.ESTIMATED
    # The third month of the first commune stays what it is: nothing was reported then.
    assert np.isnan(found.value.reshape(3, 4)[0, 2])


def test_who_says_that_a_figure_is_missing_is_believed():
    said = panel_of([[5, 6, 7, None]], statuses={("0", MONTHS[-1])})
    assert np.isnan(carry_to_last(said, {"doctors"})["doctors"].value[-1])


def test_what_is_no_monthly_figure_is_left_alone():
    panel = panel_of([[5, None, None, None]])
    assert carry_to_last(panel, set())["doctors"] is panel["doctors"]


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_only_the_last_month_changes_and_only_where_it_was_silent(table):
    panel = panel_of(table)
    before = panel["doctors"].value.reshape(len(table), 4)
    after = carry_to_last(panel, {"doctors"})["doctors"].value.reshape(len(table), 4)
    assert np.array_equal(before[:, :-1], after[:, :-1], equal_nan=True)
    for values, last in zip(table, after[:, -1], strict=True):
        known = [value for value in values if value is not None]
        assert (np.isnan(last) and not known) or last == known[-1]


def test_ages_are_counted_across_the_end_of_a_year():
    autumn = tuple(pd.date_range("2025-11-01", periods=4, freq="MS"))
    found = carry_to_last(panel_of([[5, None, None, None]], months=autumn), {"doctors"})["doctors"]
    assert (found.value[-1], found.age_months[-1]) == (5, 3)
    # A census is as old as the months since it: from September 2024 to each month of the panel.
    counted = pd.DataFrame([{"commune_code": "0", "reference_date": pd.Timestamp("2024-09-01"), "variable": "people", "value": 7,
                             "status": "reported", "provenance": "measured", "reliability": "A"}])  # fmt: skip
    assert build_panel(counted, ["0"], autumn, frozenset({"people"}))["people"].age_months.tolist() == [14, 15, 16, 17]
