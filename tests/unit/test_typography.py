"""Spaces that no line is broken at: in French texts, between a number and its unit, once for every screen and paper."""

import re

import pytest

from data.i18n import LANGUAGES, Translator, load_texts
from data.typography import typeset

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
