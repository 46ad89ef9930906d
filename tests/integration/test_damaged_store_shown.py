"""What readers see of a damaged store: the last good figures with a notice, or what to do; on screen, on sheets and in answers."""

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from data.i18n import LANGUAGES, Translator
from data.records.commune_notes import write_note
from pages.first_view import fill_first_view
from pages.widgets.html import plain_markdown
from pages.words.data_version import name_version, write_trouble
from tests.clients import open_client
from tests.walking import FRAME

TIZI = "09.541.04.67"


@pytest.fixture
def client():
    return open_client()


def cut(store):
    path = store.shelf.book_path(store.snapshot_id())
    path.write_bytes(path.read_bytes()[:7000])


def words(store, language):
    return write_trouble(store.trouble(), Translator(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_figure_can_be_read_every_answer_says_what_to_do(store, client, language):
    cut(store)
    said = words(store, language)
    assert "restore" in said
    answer = client.get("/api/v1/communes", params={"lang": language})
    assert (answer.status_code, answer.json()["message"]) == (503, said)
    sheet = client.get(f"/sheet/{TIZI}", params={"lang": language})
    assert sheet.status_code == 503
    # Where it lies on the machine is nobody's who reads it from outside.
    assert "restore" in sheet.text
    assert str(store.root) not in sheet.text
    health = client.get("/healthz")
    assert (health.status_code, health.json()["reason"]) == (503, "store.nothing_readable")


def test_where_no_figure_can_be_read_the_screen_says_what_to_do(store):
    cut(store)
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    assert not app.exception
    assert [error.value for error in app.error] == [words(store, "fr")]


def test_the_last_good_figures_are_shown_with_a_notice(store, client):
    good = store.snapshot_id()
    write_note(store, TIZI, "president", "Une note.")
    cut(store)
    assert client.get("/healthz").json() == {"status": "read_only", "snapshot": good, "reason": "store.published_damaged"}
    assert client.get("/api/v1/communes").json()["snapshot"] == good
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    assert not app.exception
    assert any(plain_markdown(words(store, "fr")) in warning.value for warning in app.warning)
    # By their moment, not by a name that a machine needs.
    assert name_version(Translator("fr"), good) in words(store, "fr")
    assert good not in words(store, "fr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "commune"])
def test_the_first_view_says_that_nothing_is_written_before_the_screen_does(store, language, path):
    whole = fill_first_view(path, {"lang": language})
    write_note(store, TIZI, "president", "Une note.")
    cut(store)
    notice = Translator(language)("notice.read_only_title")
    text = unescape(fill_first_view(path, {"lang": language}))
    assert whole
    assert notice not in unescape(whole)
    assert text.index(notice) < text.index(words(store, language)) < text.index("<h1>")
