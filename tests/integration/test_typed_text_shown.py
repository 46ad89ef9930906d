"""What people type is shown as they typed it: on no screen does it become a link, a picture or bold words."""

import pytest

from data.records.scenarios import own_id
from data.store import ROOT_VARIABLE
from tests.sent_figures import TIZI
from tests.typed_texts import store_of_typed
from tests.walking import list_screens, open_screen, walk

TYPED = "[ici](https://ailleurs.example)"
# Streamlit reads Markdown in these; options of lists and what stands in a field are shown as they are, our HTML escapes.
READ_AS_MARKDOWN = ("body", "label", "help", "value")
SHOWN_AS_IT_IS = ("html", "arrow_data_frame", "iframe", "plotly_chart", "bidi_component")


@pytest.fixture(scope="module")
def typed_store(built_store, tmp_path_factory):
    """A store in which every free text of every kind, and the name of a file, is a link to another site."""
    return store_of_typed(built_store, tmp_path_factory.mktemp("typed") / "store", TYPED).root


def links(app) -> set[tuple[str, str]]:
    """Where the text stands as Markdown would read it: kind of element and words."""
    return {
        (element.type, words)
        for block in (app.main, app.sidebar)
        for element in block
        if element.type not in SHOWN_AS_IT_IS
        for words in (getattr(element.proto, name, "") for name in READ_AS_MARKDOWN)
        if isinstance(words, str) and TYPED in words
    }


@pytest.mark.parametrize("screen", list_screens())
def test_no_typed_text_becomes_a_link(typed_store, monkeypatch, screen):
    monkeypatch.setenv(ROOT_VARIABLE, str(typed_store))
    app = open_screen(
        screen, lang="fr", commune=TIZI, month="2025-09", subject=TIZI, scenario=own_id(TYPED), on=own_id(TYPED)
    )
    found = links(app)
    for _ in walk(app, ["button_group"]):
        found |= links(app)
    assert not app.exception
    assert not found
