"""Tasks of an adviser, a technician, a president and a steward take as many clicks as documented: a few, drawn by the seed."""

import os
import random

import pytest

from tests.benchmarks.journeys import CASES, TASKS, walk

# Clicks at a desk; on a telephone the list of screens is opened first.
CLICKS = {
    "two_months": 2, "closed_facilities": 2, "five_communes": 6, "other_spelling": 3, "worst_sheet": 2, "the_template": 2,
    "my_commune": 1, "four_questions": 5, "a_decision": 4, "a_workbook": 2, "who_is_late": 1, "how_an_indicator_is_made": 2,
}  # fmt: skip
DRAWN = 2


def drawn(config):
    every = [(task, *case) for task in TASKS for case in CASES]
    return every if os.environ.get("FULL") else random.Random(str(config.getoption("randomly_seed", 0))).sample(every, DRAWN)


@pytest.mark.slow
def test_a_task_takes_as_many_clicks_as_documented(chromium, application, pytestconfig):
    before = application.store.snapshot_id()
    try:
        for task, language, width in drawn(pytestconfig):
            # A browser of its own: a list of screens that another visitor folded away would be folded for this one.
            context = chromium.new_context()
            clicks, _ = walk(context, application.address, task, language, width)
            context.close()
            opened = width < 800 and task.__name__ not in ("worst_sheet", "my_commune")
            assert clicks <= CLICKS[task.__name__] + opened, (task.__name__, language, width)
    finally:
        if application.store.snapshot_id() != before:
            application.store.publish(before)
