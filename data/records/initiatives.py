"""Initiatives of the diaspora: association, commune of origin, country, project, amount, share of the State, stage, what is sought."""

from __future__ import annotations

from data.loaders.today import load_means
from data.records.register import choice, code, commune, number, register, text

STAGES = ("idea", "seeking", "funded", "under_way", "done", "stopped")
SOUGHT = ("nothing", "funds", "partner", "land", "permit", "skills", "information")

INITIATIVES = register(
    "initiatives",
    "initiative",
    ("code",),
    (
        code("code"),
        text("association", 160, required=True),
        commune(),
        text("country", 60, required=True),
        text("project", 200, required=True),
        choice("need", lambda: load_means().needs, required=False),
        number("units"),
        number("amount_mad"),
        number("state_share_mad"),
        choice("stage", STAGES),
        choice("seeks", SOUGHT),
    ),
    shown="project",
)
