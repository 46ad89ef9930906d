"""Choices of communes and of douars by stated criteria, saved by name: the rules as an address holds them, the role, the reason."""

from __future__ import annotations

from data.records import entry_checks as checks
from data.records.kind import Role
from data.records.register import RegisterField, choice, register, text

COMMUNES, DOUARS = "communes", "douars"
LONGEST_NAME, LONGEST_REASON, LONGEST_TERRITORY = 80, 300, 700
_RULE = r"[a-z][a-z0-9_]{0,39}:-?\d{1,9}(\.\d{1,3})?"


def _territory(text: str, places: checks.KnownPlaces) -> str:
    """A territory as an address holds it; the name that somebody gave a group of communes holds no personal datum."""
    *_, group = text.rpartition(":")
    return checks.sentence(LONGEST_NAME, shortest=1)(group, places) if len(text) <= LONGEST_TERRITORY else "entry_length"


# Thresholds and exclusions may be none; weights may not: a choice that weighs nothing ranks nobody.
PLACE_CHOICES = register(
    "place_choices",
    "place_choice",
    ("about", "choice_name"),
    (
        choice("about", (COMMUNES, DOUARS)),
        text("choice_name", LONGEST_NAME, required=True),
        choice("role", lambda: [role.value for role in Role]),
        text("justification", LONGEST_REASON, required=True),
        RegisterField("territory", _territory, longest=LONGEST_TERRITORY, required=True),
        RegisterField("month", checks.matching(r"20\d\d-(0[1-9]|1[0-2])"), longest=7, required=True),
        RegisterField("weights", checks.matching(rf"{_RULE}(,{_RULE}){{0,19}}"), longest=600, required=True),
        RegisterField("least", checks.optional(checks.matching(rf"{_RULE}(,{_RULE}){{0,19}}")), longest=600),
        RegisterField("without", checks.optional(checks.matching(r"[0-9.,]{1,2000}")), longest=2000),
        RegisterField("retain", checks.matching(r"[1-9]\d?"), longest=2, required=True),
    ),
    shown="choice_name",
)
