"""Spaces that no line is broken at: in French texts, between a number and its unit, once for every screen and paper."""

import re

import pytest

from data.i18n import LANGUAGES, Translator, load_texts
from data.typography import elide, typeset

BREAKABLE = re.compile(r"\S [:;?!»%](?=[\s.,;:)\]»{*]|$)|« ")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Source : {name} ; {month}", "Source\u00a0: {name}\u202f; {month}"),
        ("« {label} » ?", "«\u00a0{label}\u00a0»\u202f?"),
        ("plus de 20 % des {count}", "plus de 20\u202f% des {count}"),
        ("{km} km, 5 DH, 3 minutes", "{km}\u00a0km, 5\u00a0DH, 3 minutes"),
        ("**{name}** :", "**{name}**\u00a0:"),
        # No signs of punctuation: an icon of Material, an address, a time.
        (":material/map: 10:30 https://x", ":material/map: 10:30 https://x"),
    ],
)
def test_a_french_text_is_shown_with_its_spaces(written, shown):
    assert typeset("fr", written) == shown
    assert typeset("fr", {"one": written, "other": written}) == {"one": shown, "other": shown}
    # Twice is once.
    assert typeset("fr", shown) == shown


def test_other_languages_keep_their_signs_and_their_units_stay_with_the_number():
    assert typeset("en", "Source: {name} ; 5 km") == "Source: {name} ; 5\u00a0km"
    assert typeset("ar", "{cost} درهم") == "{cost}\u00a0درهم"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_that_is_shown_can_be_broken_before_its_sign(language):
    said = [t for v in load_texts(language).values() for t in (v.values() if isinstance(v, dict) else [v])]
    assert len(said) > 1000
    assert language != "fr" or [text for text in said if BREAKABLE.search(text)] == []


def test_a_filled_text_keeps_them():
    assert Translator("fr")("sign.colon") == "\u00a0: "
    assert Translator("fr")("sign.between") == "\u202f; "


def test_a_text_of_a_definition_is_set_as_any_other():
    labels = {"fr": "Part : 5 % à « moins » ; 2 ×", "ar": "نسبة 58% من السكان"}
    assert Translator("fr").label(labels) == "Part\u00a0: 5\u202f% à «\u00a0moins\u00a0»\u202f; 2\u00a0×"
    assert Translator("ar").label(labels) == "نسبة \u206858%\u2069 من السكان"


@pytest.mark.parametrize(
    ("text", "values", "shown"),
    [
        ("Indicateurs de {name}", {"name": "Ait Iaaza"}, "Indicateurs d'{name}"),
        ("Indicateurs de {name}", {"name": "Tizi N'test"}, "Indicateurs de {name}"),
        ("plus que {name}, de **{name}**", {"name": "Oulad Teima"}, "plus qu'{name}, d'**{name}**"),
        # A number is read out by whoever reads it; a word that ends so is no small word.
        (
            "jusque {count:.0f}, de {count}, mode {name}",
            {"count": "8", "name": "Adar"},
            "jusque {count:.0f}, de {count}, mode {name}",
        ),
    ],
)
def test_a_small_french_word_is_cut_short_before_a_vowel(text, values, shown):
    assert elide(text, values) == shown


def test_a_name_is_elided_where_a_text_is_filled():
    said = {name: Translator("fr")("papers.sheet_of", name=name) for name in ("Ait Iaaza", "Tabia")}
    assert list(said.values()) == ["Commune d'Ait Iaaza", "Commune de Tabia"]
