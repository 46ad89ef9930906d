"""The portrait as a page, on the sheet and on slides: complete without a monthly figure, light, escaped, in three languages."""

import io
import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from pptx import Presentation

from analytics.portrait import Likeness
from data.i18n import LANGUAGES, NO_VALUE, Translator
from data.loaders.today import load_means
from data.store import ROOT_VARIABLE, Store
from data.typography import typeset
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.print.deck.slides import build_deck
from pages.print.portrait_page import build_page
from pages.print.sheet.content import build_content
from pages.words.portrait import build_portrait
from pages.words.view import View
from tests.clients import open_client
from tests.lone_screen import open_screen
from tests.territories import TAROUDANNT

TIZI, TAROUDANNT_TOWN, MOST_DOUARS, SMALLEST = "09.541.04.67", "09.541.01.13", "09.541.07.13", "09.541.03.21"
LIMIT = 60_000
ARABIC, LATIN_WORD = re.compile("[\u0600-\u06ff]"), re.compile(r"\b[a-z]{4,}\b")


@pytest.fixture
def official(official_store, monkeypatch):
    """Figures of a store that holds what is measured and nothing else."""
    monkeypatch.setenv(ROOT_VARIABLE, str(official_store))
    return load_figures(Store(official_store).snapshot_id())


def make_view(figures, language="fr"):
    return View(figures, read_selection(figures, {}), Translator(language, TAROUDANNT))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_light_for_a_commune_of_900_people_and_one_of_83000_and_fetches_nothing(official, language):
    view = make_view(official, language)
    for code in (MOST_DOUARS, TAROUDANNT_TOWN, SMALLEST):
        page = build_page(view, code, date(2026, 1, 1))
        assert len(page.encode()) <= LIMIT
        assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
        assert bool(ARABIC.search(re.search("<h1>(.*?)</h1>", page)[1])) == (language == "ar")


def bare(text):
    """Letters and digits alone: where lines break on paper is of no interest."""
    return re.sub(r"\W+", "", text)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pdf_is_tagged_and_says_what_the_page_says(official, language):
    client = open_client()
    answer = client.get(f"/portrait/{TIZI}.pdf", params={"lang": language, "figures": "real"})
    assert answer.headers["content-disposition"] == f'inline; filename="portrait-{TIZI}-{language}-mesure.pdf"'
    assert b"/StructTreeRoot" in answer.content
    assert len(re.findall(rb"/S\s*/Figure", answer.content)) == len(re.findall(rb"/Alt\s*[(<]", answer.content)) == 1
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(answer.content)]
    assert len(pages) <= 4
    assert ARABIC.search(pages[0])
    assert TIZI in pages[0]
    if language == "fr":
        sections, printed = build_portrait(make_view(official), TIZI).sections, bare("".join(pages))
        assert [line.label for s in sections for line in s.lines if bare(line.label + line.value) not in printed] == []


def test_a_portrait_is_complete_without_a_monthly_figure_in_towns_and_mountains(official):
    view = make_view(official)
    for code in (*official.communes.index[:4], *official.communes.index[8::9]):
        portrait = build_portrait(view, code)
        assert NO_VALUE not in portrait.title
        assert len(portrait.sections) == 5
        assert len(portrait.peers) == 5
        assert not [line.label for section in portrait.sections for line in section.lines if line.value in ("", NO_VALUE)]
        assert not [line.label for section in portrait.sections for line in section.lines if line.province == NO_VALUE]


def test_tizi_ntest_is_said_with_what_its_president_knows(official):
    portrait = build_portrait(make_view(official), TIZI)
    title = portrait.title.replace("\u202f", " ").replace("\xa0", " ")
    assert title == (
        "Tizi N'test : 3 588 habitants en 2024, −30,8 % depuis 2014, en moyenne à 23,3 km d'un centre de santé"
        " (65 % des habitants connus)"
    )
    assert any(typeset("fr", "Logements « Autre »") in line for line in portrait.apart)
    assert portrait.rebuilding[0].startswith("Nommée")
    assert {fact["kind"] for fact in portrait.facts} >= {"presse", "témoignage, non vérifié"}


def test_a_reader_picks_a_rule_or_communes_and_the_page_says_which(official, monkeypatch):
    client = open_client()
    by_distance = client.get(f"/portrait/{TIZI}", params={"like": "distance"}).text
    assert "distances les plus proches" in by_distance
    chosen = client.get(f"/portrait/{TIZI}", params={"beside": f"{TAROUDANNT_TOWN},nowhere"}).text
    assert "Choisies par le lecteur" in chosen
    assert client.get("/portrait/09.541.99.99").status_code == 404
    assert client.get(f"/portrait/{TIZI}", params={"lang": "de"}).status_code == 400
    rural = build_portrait(make_view(official), TIZI, Likeness.DWELLINGS)
    assert rural.rule.endswith("logement les plus proches.")


def test_a_hostile_name_stays_text(official):
    hostile = "<script>alert(1)</script>"
    view = replace(make_view(official), figures=replace(official, communes=official.communes.assign(cercle_fr=hostile)))
    page = build_page(view, TIZI, date(2026, 1, 1))
    assert "<script" not in page.replace("&lt;script", "")
    assert "&lt;script&gt;" in page


def test_the_sheet_and_the_slides_carry_it(official):
    view = make_view(official, "ar")
    portrait = build_portrait(view, TIZI)
    assert build_content(view, TIZI, "http://x/").portrait.startswith(portrait.title)
    deck = Presentation(io.BytesIO(build_deck(view, TIZI, load_means(), date(2026, 1, 1))))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides if slide.shapes.title]
    assert portrait.title in titles


def test_a_territory_without_places_facts_and_daily_life_has_portraits_and_every_part_of_the_ground(province_figures):
    view = View(province_figures, read_selection(province_figures, {}), Translator("fr", province_figures.province))
    for code in province_figures.territory[:3]:
        assert len(build_page(view, code, date(2026, 1, 1)).encode()) <= LIMIT
    for part in ("douars", "choose", "points", "watch"):
        assert not open_screen("places", part=part).exception
