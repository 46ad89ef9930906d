"""Training needs: the level that a commune declares for a skill of a kind of post, and the level aimed at. No person is named."""

from __future__ import annotations

from data.records import entry_checks as checks
from data.records.kind import Role
from data.records.register import RegisterField, choice, commune, number, register

SKILLS = ("civil_registry", "planning", "data", "emergency", "accessibility")
POSTS = ("registry_clerk", "technician", "director_of_services", "planning_officer", "animator")
LEVELS = r"[0-4]"

TRAINING_LEVELS = register(
    "training_levels",
    "training_level",
    ("commune_code", "post", "skill"),
    (
        commune(),
        choice("post", POSTS),
        choice("skill", SKILLS),
        RegisterField("level", checks.matching(LEVELS), form="number", required=True),
        RegisterField("target", checks.matching(LEVELS), form="number", required=True),
        number("agents"),
    ),
    shown="skill",
    writers=(Role.COMMUNE, Role.ADVISER, Role.STEWARD),
)
