"""The annual work plan: activities by quarter with budget line, responsible function and progress; each report is a new row."""

from __future__ import annotations

from data.records import entry_checks as checks
from data.records.register import RegisterField, choice, code, number, place, register, text

STATES = ("planned", "under_way", "done", "stopped")
QUARTERS = r"Q[1-4]( Q[1-4]){0,3}"

ACTIVITIES = register(
    "activities",
    "activity",
    ("code",),
    (
        code("code"),
        code("result_code", required=False),
        text("title", 200, required=True),
        place(),
        RegisterField("year", checks.matching(r"20\d\d"), longest=4, required=True),
        RegisterField("quarters", checks.matching(QUARTERS), longest=11, required=True),
        text("budget_line", 80),
        number("budget_mad"),
        number("spent_mad"),
        text("responsible", 120, required=True),
        choice("state", STATES),
        RegisterField("progress_pct", checks.optional(checks.matching(r"100|\d{1,2}")), form="number"),
        text("reason", 240),
        text("verification", 240),
    ),
    shown="title",
)
