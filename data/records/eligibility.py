"""Targeting in aggregate: by rule and commune or douar, how many were looked at, how many meet the rule, how many appealed.

The rules are criteria in words (``data.programme_files``). A list of people has no place here.
"""

from __future__ import annotations

from data.programme_files import rule_ids
from data.records.kind import Role
from data.records.register import choice, commune, people, register, text

ELIGIBILITY = register(
    "eligibility",
    "eligibility_count",
    ("rule", "commune_code", "douar"),
    (
        choice("rule", rule_ids),
        commune(),
        text("douar", 80),
        people("assessed", required=True),
        people("eligible", required=True),
        text("main_reason", 160),
        people("appeals"),
        people("appeals_upheld"),
    ),
    shown="rule",
    writers=(Role.COMMUNE, Role.ADVISER, Role.STEWARD),
)
