"""No text says a word that `docs/words-to-avoid.md` tells to avoid; the key is named."""

from collections.abc import Iterator

import pytest

from data.i18n import load_texts
from data.texts.avoided import find_avoided, words_to_avoid


def said(language: str) -> Iterator[tuple[str, str]]:
    for key, text in load_texts(language).items():
        for form in text.values() if isinstance(text, dict) else [text]:
            yield key, form


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_no_text_holds_a_word_to_avoid(language):
    assert len(words_to_avoid(language)) >= 2
    assert [(key, word) for key, text in said(language) for word in find_avoided(language, text)] == []


def test_a_word_to_avoid_is_found_whichever_space_stands_in_it():
    assert find_avoided("fr", "Remède\u00a0: payez") == ("Remède :",)
