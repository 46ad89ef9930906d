"""Sources in the reader's language: every word of ours is translated, every citation is known to be one."""

import re

import pytest
import yaml

from analytics.norms import Source
from data.i18n import Translator
from data.loaders.files import DEFINITIONS
from data.loaders.today import load_definitions
from data.source_words import in_words, write_source, write_source_day
from tests.territories import TAROUDANNT

ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.fixture(scope="module")
def catalogue():
    return yaml.safe_load((DEFINITIONS / "source_words.yaml").read_text(encoding="utf-8"))


def _sources(value):
    """Every source that a definition holds, at whatever depth."""
    if isinstance(value, dict):
        if {"title", "publisher"} <= set(value):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _sources(part)


@pytest.fixture(scope="module")
def texts(catalogue):
    """Titles, and publishers and dates part by part, of every definition."""
    found = set()
    for path in (*DEFINITIONS.rglob("*.yaml"), TAROUDANNT.folder / "territory.yaml"):
        for source in _sources(yaml.safe_load(path.read_text(encoding="utf-8"))):
            dated = [] if re.fullmatch(r"[\d-]+", str(source["date"])) else [source["date"]]
            found |= {source["title"], *str(source["publisher"]).split(" ; "), *dated}
    return found


@pytest.mark.taroudannt
def test_every_word_of_a_source_is_ours_and_translated_or_cited(catalogue, texts):
    assert len(texts) > 150
    ours, cited = set(catalogue["words"]), set(catalogue["as_cited"])
    assert ours & cited == set()
    assert texts - ours - cited == set()
    assert (ours | cited) - texts == set()


def test_our_words_are_written_in_each_language(catalogue):
    assert {text for text, words in catalogue["words"].items() if set(words) != {"ar", "en"}} == set()
    assert {text for text, words in catalogue["words"].items() if not ARABIC.search(words["ar"])} == set()
    french = re.compile(r"\b(?:au moins|par|pour|avec|hypothèse|méthode|aucun)\b", re.IGNORECASE)
    assert {
        text for text, words in catalogue["words"].items() if french.search(words["en"]) or french.search(words["ar"])
    } == set()


def test_a_source_of_ours_is_in_the_reader_s_language_and_a_citation_keeps_its_own():
    ours = Source("Aucun prix publié", "Hypothèse de travail ; leconomiste.com", date="2018")
    assert write_source(ours, Translator("fr")) == "Aucun prix publié, Hypothèse de travail\u202f; leconomiste.com, 2018"
    arabic = write_source(ours, Translator("ar"))
    assert arabic == "\u2068لا ثمن منشور\u2069، \u2068فرضية عمل؛ leconomiste.com\u2069، \u20682018\u2069"
    assert write_source(ours, Translator("en")) == "No published price, Working assumption; leconomiste.com, 2018"
    cited = "Loi organique 113-14 relative aux communes (dahir 1-15-85)"
    assert in_words(cited, Translator("ar")) == cited


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_norm_of_the_index_has_a_french_source_in_another_language(language):
    t = Translator(language)
    written = [write_source(v.source, t) for n in load_definitions().norms.values() for v in n.values]
    assert [text for text in written if "Hypothèse" in text or "à confirmer" in text] == []
    if language == "ar":
        assert [text for text in written if not ARABIC.search(text)] == []


def test_the_date_of_a_source_is_written_as_people_read_it():
    written = {
        day: write_source_day(day, Translator("fr"))
        for day in ("2026-11-24", "2026-11", "2026", "non daté", "2024-02-30", "")
    }
    assert list(written.values()) == ["24 novembre 2026", "novembre 2026", "2026", "non daté", "2024-02-30", ""]
    assert write_source_day("2026-11-01", Translator("ar")) == "1 نونبر 2026"
