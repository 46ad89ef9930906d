"""What an indicator of the logical frame had reached on a day, in all and by sex where that is known."""

from __future__ import annotations

from data.records.register import code, number, people, register, text

ACHIEVEMENTS = register(
    "achievements",
    "result_achievement",
    ("result_code", "reference_date"),
    (
        code("result_code"),
        number("achieved", required=True),
        people("women", "sex"),
        people("men", "sex"),
        text("remark", 240),
        text("verification", 240),
    ),
    shown="achieved",
)
