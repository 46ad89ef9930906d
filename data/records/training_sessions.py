"""Training sessions, planned and held: places, women and men who came, how many found them useful. No list of people."""

from __future__ import annotations

from data.records.register import choice, code, number, people, place, register, text
from data.records.training_levels import SKILLS

STATES = ("planned", "held", "cancelled")

TRAINING_SESSIONS = register(
    "training_sessions",
    "training_session",
    ("code",),
    (
        code("code"),
        choice("skill", SKILLS),
        text("title", 160, required=True),
        place(),
        choice("state", STATES),
        number("hours"),
        number("seats"),
        people("women", "sex"),
        people("men", "sex"),
        people("rated_good"),
        people("rated_fair"),
        people("rated_poor"),
    ),
    shown="title",
)
