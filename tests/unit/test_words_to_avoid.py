"""No text says a word that `docs/words-to-avoid.md` tells to avoid; the key is named."""

import pytest

from data.i18n import LOCALES
from data.texts.avoided import find_avoided, words_to_avoid
from data.texts.catalogue import read_catalogue
from tests.territories import TAROUDANNT


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_no_text_holds_a_word_to_avoid(language):
    assert len(words_to_avoid(language)) >= 2
    rows = read_catalogue(LOCALES, TAROUDANNT).rows()
    assert [(row.id, word) for row in rows for word in find_avoided(language, row.texts[language])] == []


def test_a_word_to_avoid_is_found_whichever_space_stands_in_it():
    assert find_avoided("fr", "Remède\u00a0: payez") == ("Remède :",)
