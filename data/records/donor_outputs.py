"""Common output indicators of donors: which results of the logical frame count for each, and whether somebody confirmed it."""

from __future__ import annotations

from data.records import entry_checks as checks
from data.records.register import RegisterField, choice, code, register, text

NOT_VERIFIED, VERIFIED = "not_verified", "verified"
# Codes of results with spaces between.
_RESULTS = r"[A-Za-z0-9._-]{1,24}( [A-Za-z0-9._-]{1,24}){0,19}"

DONOR_OUTPUTS = register(
    "donor_outputs",
    "donor_output",
    ("code",),
    (
        code("code"),
        text("donor", 120),
        text("indicator", 240, required=True),
        text("unit", 60, required=True),
        RegisterField("results", checks.matching(_RESULTS), longest=500, required=True),
        choice("verified", (NOT_VERIFIED, VERIFIED)),
    ),
    shown="indicator",
)
