"""Posts of local animators by commune: covered or vacant, workload, languages, visits of a month. A post, never a person."""

from __future__ import annotations

from data.records import entry_checks as checks
from data.records.kind import Role
from data.records.register import RegisterField, choice, code, commune, number, register, text

STATES = ("covered", "vacant")
LANGUAGES_SPOKEN = r"(ar|darija|tachelhit|fr)( (ar|darija|tachelhit|fr)){0,3}"

ANIMATOR_POSTS = register(
    "animator_posts",
    "animator_post",
    ("code",),
    (
        code("code"),
        commune(),
        choice("state", STATES),
        text("douars", 400),
        number("douar_count"),
        number("households"),
        RegisterField("languages", checks.optional(checks.matching(LANGUAGES_SPOKEN)), longest=40),
        number("visits_planned"),
        number("visits_held"),
        text("noticed", 400),
    ),
    shown="code",
    writers=(Role.ANIMATOR, Role.COMMUNE, Role.ADVISER, Role.STEWARD),
)
