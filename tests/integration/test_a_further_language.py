"""The way for a further reader's language: a folder of texts, a name and its place in CLDR; here Tashelhit, in Tifinagh."""

import json
import shutil

import pytest

from data import i18n
from data.i18n import LANGUAGES, Translator
from data.languages import CLDR
from tests.lone_screen import open_screen

TITLE = "ⵜⵉⴷⴰⵙ"


@pytest.fixture
def tashelhit(tmp_path, monkeypatch):
    """French texts under another name, but for a title and a counted noun with the forms that CLDR gives Tashelhit."""
    folder = tmp_path / "locales"
    shutil.copytree(i18n.LOCALES, folder)
    shutil.copytree(folder / "fr", folder / "shi")
    for area, own in {
        "methods": {"methods.title": TITLE},
        "counted": {"counted.months": {"one": "{count} ⴰⵢⵢⵓⵔ", "few": "{count} ⵉⵢⵢⵉⵔⵏ", "other": "{count} ⵏ ⵉⵢⵢⵉⵔⵏ"}},
    }.items():
        path = folder / "shi" / f"{area}.json"
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | own), encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALES", folder)
    monkeypatch.setitem(LANGUAGES, "shi", "ⵜⴰⵛⵍⵃⵉⵜ")
    monkeypatch.setitem(CLDR, "shi", "shi_Tfng_MA")
    yield Translator("shi")
    i18n.load_texts.cache_clear()
    i18n.load_place_texts.cache_clear()


def test_a_screen_is_read_in_a_language_that_is_a_folder_of_texts(tashelhit, built):
    assert tashelhit.direction == "ltr"
    assert [tashelhit.quantity(n, "months") for n in (1, 2, 11)] == ["1 ⴰⵢⵢⵓⵔ", "2 ⵉⵢⵢⵉⵔⵏ", "11 ⵏ ⵉⵢⵢⵉⵔⵏ"]
    screen = open_screen("methods", lang="shi")
    assert [title.value for title in screen.title] == [TITLE]


def test_the_direction_of_a_language_is_that_of_cldr(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "ur", "اردو")
    monkeypatch.setitem(CLDR, "ur", "ur_PK")
    assert Translator("ur").direction == "rtl"
