"""Addresses that people type, and the short ones that we write."""

from pathlib import Path

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

from pages.address.guess import Guess, guess_address, read_names, recognise, search
from pages.address.short import lengthen, shorten
from pages.web.page_script import EXACT, PATTERNS, page_script
from tests.territories import TAROUDANNT

TIZI, OULAD = "09.541.04.67", "09.541.01.09"


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    ("path", "screen", "commune", "language"),
    [
        ("/overview", "overview", "", ""),
        ("/conseil", "council", "", ""),
        ("/Vue d'ensemble", "overview", "", ""),
        ("/vue-d-ensemble", "overview", "", ""),
        ("/Méthode", "methods", "", ""),
        ("/الخريطة", "map", "", ""),
        ("/خريطة", "map", "", ""),
        ("/fr/carte", "map", "", "fr"),
        ("/ar", "overview", "", "ar"),
        (f"/commune/{TIZI}", "commune", TIZI, ""),
        ("/commune/tizi-ntest", "commune", TIZI, ""),
        ("/commune/TIZI N’TEST", "commune", TIZI, ""),
        ("/carte/tizi_ntest", "map", TIZI, ""),
        ("/commune/تيزي نتاست", "commune", TIZI, ""),
        ("/تيزي-نتاست", "commune", TIZI, ""),
        ("/ouled-teima", "commune", OULAD, ""),
        ("/Oulad Taïma", "commune", OULAD, ""),
        ("/fiche/tizi-ntest", "sheet", TIZI, ""),
    ],
)
def test_a_typed_address_leads_to_its_screen_and_commune(path, screen, commune, language):
    assert guess_address(path, TAROUDANNT) == Guess(screen, commune, language, is_known=True)


@pytest.mark.parametrize(
    "path", ["/nothing", "/map/etc", "/admin/", "/commune/x/y", "/accounts/tizi-ntest", "/" + "a" * 500]
)
def test_what_nobody_knows_leads_nowhere(path):
    assert not guess_address(path, TAROUDANNT).is_known


@pytest.mark.taroudannt
def test_the_nearest_are_named():
    assert guess_address("/comune", TAROUDANNT).near_screens == ("commune",)
    assert TIZI in guess_address("/commune/tizi", TAROUDANNT).near_communes
    assert TIZI in search("تيزي", TAROUDANNT)
    assert search("Oulad Taïma", TAROUDANNT) == search("ouled teima", TAROUDANNT) == (OULAD,)
    # The beginning of several names is none of them.
    assert recognise("oulad", TAROUDANNT) == ""
    assert len(search("oulad", TAROUDANNT)) > 1


TEXTS = st.dictionaries(
    st.text("abcdefgh_", min_size=1, max_size=8), st.text(max_size=20).filter(str.isprintable), max_size=8
)


@given(st.sampled_from(["map", "overview", "council"]), TEXTS)
def test_a_short_address_says_the_same_as_the_long_one(screen, parameters):
    token = shorten(screen, parameters)
    assert lengthen(token) == (screen, parameters)
    assert token == shorten(screen, dict(reversed(parameters.items())))


def test_the_address_of_an_ordinary_view_is_short():
    view = {"lang": "ar", "territory": "all", "month": "2025-08", "indicator": "HEA07", "commune": TIZI,
            "census": "declared", "figures": "real", "known": "latest", "card": TIZI}  # fmt: skip
    assert len(shorten("map", view)) <= 80
    # The format of an address never changes: one that was sent last year leads to the same view.
    assert lengthen("aA4UAclShGJuSmpwDDL4U7HajmI_uF2Q74EGLFBAGFqiBBwA") == ("map", view)


@given(st.text(max_size=40))
def test_no_other_word_is_one_of_ours_by_accident_or_breaks(token):
    found = lengthen(token)
    assert found is None or found[0].isalpha()


def test_streamlit_still_writes_the_words_that_are_translated():
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js")
    code = "\n".join(path.read_text(encoding="utf-8", errors="ignore") for path in scripts)
    missing = [words for words in EXACT if words not in code and "folium" not in words]
    assert missing == []
    beginnings = [pattern.removeprefix("^").split("(")[0] for pattern in PATTERNS]
    # A date's parts are put together where they are said: "day" and ", " apart.
    parts = {"day, ", "month, ", "year, "}
    assert [words for words in beginnings if words and words not in code and words not in parts] == []
    assert "لا توجد نتائج" in page_script()


@pytest.mark.taroudannt
def test_a_pasted_list_of_names_is_read_name_by_name_and_what_is_unclear_is_said():
    pasted = ["tizi n’test; Oulad Taïma ، تيزي نتاست\n09.541.04.67, nulle part", "Tigouga"]
    codes, unclear = read_names(pasted, TAROUDANNT)
    assert codes[:4] == [TIZI, OULAD, TIZI, TIZI]
    assert len(codes) == 5
    assert unclear == ["nulle part"]
    assert read_names(["", " , "], TAROUDANNT) == ([], [])
