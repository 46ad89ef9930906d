"""Minutes of coordination meetings: which organisation or function committed to what by when, followed until it is done."""

from __future__ import annotations

from data.records.register import choice, code, day, place, register, text

STATES = ("open", "done", "dropped")

COMMITMENTS = register(
    "commitments",
    "commitment",
    ("code",),
    (
        code("code"),
        day("meeting_date", required=True),
        text("topic", 160, required=True),
        place(),
        text("actor", 160, required=True),
        text("commitment", 300, required=True),
        day("due_date"),
        choice("state", STATES),
        text("verification", 240),
    ),
    shown="commitment",
)
