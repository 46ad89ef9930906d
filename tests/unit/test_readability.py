"""The figure of how easily a screen is read, against sentences that were counted by hand."""

import math

import pytest

from analytics.readability import count_syllables, kandel_moles, mean_length, split_sentences, split_words
from data.texts.readability import list_long, read_texts, sentences_of

# Sentences of more than 20 words. A number may only fall.
LONG_AT_MOST = {"fr": 0, "ar": 0, "en": 0}


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("école", 2),
        ("commune", 2),
        ("salles", 1),
        ("réalité", 4),
        ("le", 1),
        ("eau", 1),
        ("pression", 2),
        ("25", 1),
        ("élève", 2),
    ],
)
def test_syllables_are_counted_as_they_are_said(word, syllables):
    assert count_syllables(word) == syllables


def test_the_ease_of_a_french_text_worked_by_hand():
    sentences = split_sentences("La commune a dix salles. L'école est pleine.")
    assert [len(split_words(sentence)) for sentence in sentences] == [5, 3]
    # La 1, commune 2, a 1, dix 1, salles 1; L'école 2, est 1, pleine 1: 10 syllables in 8 words.
    assert kandel_moles(sentences) == pytest.approx(207 - 1.015 * 4 - 73.6 * 10 / 8)
    assert math.isnan(kandel_moles([]))


def test_arabic_sentences_are_parted_by_their_own_signs():
    sentences = split_sentences("هل المدرسة قريبة؟ نعم، هي في الدوار.")
    assert [len(split_words(sentence)) for sentence in sentences] == [3, 4]
    assert mean_length(sentences) == 3.5


def test_a_value_counts_as_a_word_and_a_label_is_no_sentence():
    assert sentences_of("Communes") == []
    assert [split_words(s) for s in sentences_of("**{n}** communes ont {seats:.0f} places.")] == [
        ["un", "communes", "ont", "un", "places"]
    ]


@pytest.mark.parametrize("language", LONG_AT_MOST)
def test_no_sentence_grows_longer_than_can_be_read_aloud(language):
    rows = {row.id: list_long(sentences_of(row.texts[language])) for row in read_texts()}
    found = {row: long for row, long in rows.items() if long}
    assert sum(map(len, found.values())) <= LONG_AT_MOST[language], found
