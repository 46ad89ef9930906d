"""The logical frame: each result with its indicator, baseline, target, disaggregation and source of verification."""

from __future__ import annotations

from data.records.register import code, day, number, place, register, text

LEVELS = ("objective", "outcome", "output")

RESULTS = register(
    "results",
    "result_indicator",
    ("code",),
    (
        code("code"),
        text("objective", 240, required=True),
        text("result", 240, required=True),
        text("indicator", 240, required=True),
        text("unit", 60, required=True),
        place(),
        number("baseline"),
        day("baseline_date"),
        number("target"),
        day("target_date"),
        text("disaggregation", 120),
        text("verification", 240),
    ),
    shown="indicator",
)
