"""Own words of the half-year report by period, language and chapter: the newest stand, empty ones take away what stood there."""

from __future__ import annotations

from data.i18n import LANGUAGES
from data.records import entry_checks as checks
from data.records.register import RegisterField, choice, lines, register

CHAPTERS = (
    "summary", "changes", "activities", "indicators", "decisions", "supports", "network", "lessons", "next", "sources",
)  # fmt: skip
LONGEST_TEXT = 4000
_MONTH = r"20\d\d-(0[1-9]|1[0-2])"

REPORT_TEXTS = register(
    "report_texts",
    "report_text",
    ("period", "language", "chapter"),
    (
        RegisterField("period", checks.matching(f"{_MONTH}/{_MONTH}"), longest=15, required=True),
        choice("language", lambda: LANGUAGES),
        choice("chapter", CHAPTERS),
        lines("words", LONGEST_TEXT),
    ),
    shown="words",
)
