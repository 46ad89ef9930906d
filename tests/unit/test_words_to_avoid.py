"""No text says a word that `docs/words-to-avoid.md` tells to avoid; the key is named."""

import re

import pytest

from data.i18n import LOCALES
from data.texts.avoided import find_avoided, words_to_avoid
from data.texts.catalogue import read_catalogue
from data.texts.where_seen import load_where_seen
from tests.territories import TAROUDANNT

STATISTICS = {
    "fr": r"(?i)theil|gini|médiane|centile|décile|P90|score z|sobol|logarithm|corrélation|tirages|E2SFCA|différence de diff",
    "ar": r"وسيط|جيني|تايل|ثيل|سحبات|سحوبات|لوغاريتم|ارتباط|هوف|العشير|P90|مجال 90|سوبول",
    "en": r"(?i)theil|gini|\bmedian\b|centile|decile|P90|z-score|sobol|logarithm|correlation|\bdraws\b|E2SFCA|90% interval",
}


@pytest.mark.parametrize("language", STATISTICS)
def test_no_statistical_term_stands_outside_methods(language):
    where, pattern = load_where_seen(), re.compile(STATISTICS[language])
    rows = list(read_catalogue(LOCALES, TAROUDANNT).rows())
    found = [
        row.id
        for row in rows
        if not {"methods", "files", "terminal"} & set(where.places(row.area, row.key))
        and not row.fixed
        and pattern.search(re.sub(r"\{[^{}]*\}", "", row.texts[language]))
    ]
    assert found == []


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_no_text_holds_a_word_to_avoid(language):
    assert len(words_to_avoid(language)) >= 2
    rows = read_catalogue(LOCALES, TAROUDANNT).rows()
    assert [(row.id, word) for row in rows for word in find_avoided(language, row.texts[language])] == []


def test_french_says_displaced_of_somebody_never_alone():
    alone = re.compile(r"(?i)(?<!personnes )(?<!enfants )(?<!élèves )(?<!ménages )(?<!hommes )\bdéplacés?\b")
    rows = read_catalogue(LOCALES, TAROUDANNT).rows()
    assert [row.id for row in rows if not row.fixed and alone.search(row.texts["fr"].replace("\u00a0", " "))] == []


def test_a_word_to_avoid_is_found_whichever_space_stands_in_it():
    assert find_avoided("fr", "Remède\u00a0: payez") == ("Remède :",)
