"""What makes a heading, a cell or a sentence personal."""

from __future__ import annotations

import re
from typing import TypedDict

from data.loaders.kind import Kind


class PersonalDataFile(TypedDict):
    """Headings and words, and patterns by kind of datum: of a whole cell, within one, within a sentence."""

    headings: tuple[str, ...]
    words: tuple[str, ...]
    counting_words: tuple[str, ...]
    beside_a_commune: tuple[str, ...]
    patterns: dict[str, re.Pattern[str]]
    patterns_within: dict[str, re.Pattern[str]]
    patterns_in_sentences: dict[str, re.Pattern[str]]


PERSONAL_DATA = Kind("personal_data", PersonalDataFile)
