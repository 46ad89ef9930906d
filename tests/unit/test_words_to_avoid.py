"""No text says a word that `docs/words-to-avoid.md` tells to avoid; the key is named."""

import re
from collections.abc import Iterator

import pytest

from data.i18n import load_texts
from tests.markdown import ROOT

TABLE = ROOT / "docs" / "words-to-avoid.md"


def words_to_avoid(language: str) -> list[str]:
    """The words in code quotes of the table, for a language."""
    rows = [line.split("|")[1:4] for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [word for row in rows if row[0].strip() == language for word in re.findall(r"`([^`]+)`", row[1])]


def said(language: str) -> Iterator[tuple[str, str]]:
    for key, text in load_texts(language).items():
        for form in text.values() if isinstance(text, dict) else [text]:
            yield key, form


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_no_text_holds_a_word_to_avoid(language):
    avoided = words_to_avoid(language)
    assert len(avoided) >= 2
    assert [(key, word) for key, text in said(language) for word in avoided if word in text] == []
