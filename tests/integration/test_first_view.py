"""What a page says before the application has started: the same finding, figures and ways on as the screen that takes its place."""

import re
from html import unescape
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from data.ingest import drop_demonstration
from data.store import ROOT_VARIABLE
from pages import first_view
from pages.web.middleware import MIDDLEWARE
from pages.web.policy import hash_of

ROOT = Path(__file__).parents[2]
PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
TIZI = "09.541.04.67"


@pytest.fixture
def page():
    """Asks for a page as Streamlit would serve it, through what we write on it."""

    def ask(path: str, **asked: str) -> str:
        served = Starlette(routes=[Route("/{path:path}", lambda _: FileResponse(PAGE))], middleware=MIDDLEWARE)
        return TestClient(served).get(path, params=asked).text

    return ask


def screen_title(**asked: str) -> str:
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    for key, value in asked.items():
        app.query_params[key] = value
    return app.run().title[0].value


def title_of(text: str) -> str:
    return unescape(re.search(r"<h1>(.*?)</h1>", text).group(1))


@pytest.mark.parametrize(
    "asked",
    [{}, {"lang": "ar", "month": "2024-01", "indicator": "EDU01"}, {"lang": "en", "territory": "programme"}],
)
def test_the_overview_says_what_its_screen_will_say(built, page, asked):
    text = page("/", **asked)
    assert title_of(text) == screen_title(**asked)
    drawn = set(re.findall(r'data-commune="([\d.]+)"', text.split('class="ranks"')[0]))
    assert len(drawn) == (19 if asked.get("territory") == "programme" else 89)
    assert text.count('class="rank"') == 10


def test_the_profile_of_a_commune_is_there_with_the_way_to_its_sheet(built, page, figures):
    text = page("/commune", commune=TIZI, lang="fr", month="2025-08")
    assert "Tizi N'test" in title_of(text)
    assert f'href="sheet/{TIZI}?lang=fr&amp;month=2025-08' in text
    result = figures.of_month("EDU01", figures.months[-1]).loc[TIZI]
    assert f"{result['value']:.1f}".replace(".", ",") in text
    assert text.count("service-facts") >= 3


def test_demonstration_figures_are_said_to_be_so_from_the_first_line(built, page):
    text = page("/", lang="fr", figures="all")
    assert 0 < text.index('class="notice"') < text.index("<h1>")


def test_the_first_view_is_what_is_measured_with_the_way_to_the_example(built, page):
    text = page("/", lang="fr")
    assert 'class="notice"' not in text
    assert "figures=all" in text.split("<h1>")[0]


def test_a_page_is_in_the_language_and_direction_of_its_address(built, page):
    assert '<html lang="ar" dir="rtl"' in page("/map", lang="ar")
    assert '<html lang="fr" dir="ltr"' in page("/", lang="xx")


def test_what_an_address_asks_for_and_is_not_there_is_left_to_its_default(built, page):
    asked = {"month": "1999-01", "indicator": "<script>", "territory": "'", "lang": "fr"}
    # The address is not repeated in what the page says.
    assert page("/", **asked) == page("/", lang="fr", figures="all", known="strict")


def test_a_screen_without_a_first_view_is_served_as_before(built, page):
    assert "first-view" not in page("/scenarios")


def test_a_page_that_the_browser_has_kept_is_sent_whole_again_with_the_policy_that_names_its_script(built):
    served = Starlette(routes=[Mount("/", StaticFiles(directory=PAGE.parent, html=True))], middleware=MIDDLEWARE)
    answer = TestClient(served).get("/", headers={"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert answer.status_code == 200
    assert not {"etag", "last-modified"} & set(answer.headers)
    written = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert written
    assert all(hash_of(script) in answer.headers["content-security-policy"] for script in written)


def test_an_empty_store_leaves_the_word_to_the_application(tmp_path, monkeypatch, page):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    text = page("/")
    assert "first-view" not in text
    assert 'id="root"' in text


def test_what_goes_wrong_in_it_does_not_keep_a_reader_from_the_application(built, page, monkeypatch, caplog):
    monkeypatch.setitem(first_view.CONTENTS, "commune", lambda screen: 1 / 0)
    text = page("/commune")
    assert "first-view" not in text
    assert 'id="root"' in text
    assert "ZeroDivisionError" in caplog.text


def test_a_commune_name_cannot_write_on_the_page(built, page, figures, monkeypatch):
    figures.communes.loc[TIZI, "name_fr"], kept = "<img src=x onerror=alert(1)>", figures.communes.at[TIZI, "name_fr"]
    try:
        for path in ("/", "/commune"):
            assert "<img" not in page(path, commune=TIZI, lang="fr")
    finally:
        figures.communes.loc[TIZI, "name_fr"] = kept


def test_without_demonstration_the_first_view_is_the_starting_point(store, page):
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    text = page("/", lang="fr")
    assert title_of(text) == screen_title(lang="fr")
    assert 'class="notice"' not in text
    assert "Situation de départ" in title_of(text)
