"""Every screen of the frame in every language, with and without demonstration figures, and every choice on it, without a browser."""

import re

import pytest

from data.store import ROOT_VARIABLE
from tests.walking import list_screens, open_screen, walk

SCREENS = list_screens()
ARABIC = re.compile(r"[\u0600-\u06ff]")
# The second holds measured figures only: what the composites lack is where a screen may have nothing to draw.
STORES = ("built_store", "official_store")


@pytest.fixture(params=STORES)
def any_store(request, monkeypatch):
    """A store that tests only read, with demonstration figures and without."""
    monkeypatch.setenv(ROOT_VARIABLE, str(request.getfixturevalue(request.param)))


def faults(app) -> list[str]:
    """Exceptions on a screen, each with the last lines that led to it."""
    return [f"{e.message} {e.stack_trace[-2:]}" for e in app.exception]


# The tour of the first week (test_first_week.py) opens them in all three.
@pytest.mark.parametrize("language", ["ar"])
def test_every_screen_opens_with_a_title_in_the_language_asked_for(built, language):
    for screen in SCREENS:
        app = open_screen(screen, lang=language)
        assert not faults(app), (screen, faults(app))
        assert bool(ARABIC.search(app.title[0].value)) == (language == "ar"), screen


@pytest.mark.parametrize("screen", SCREENS)
def test_every_choice_on_a_screen_can_be_made(any_store, screen):
    app = open_screen(screen, lang="fr")
    assert not faults(app)
    for choice in walk(app):
        assert not faults(app), (choice, faults(app))


def test_a_screen_that_the_frame_does_not_have_is_not_taken_for_another(built):
    assert len(SCREENS) == len(set(SCREENS)) >= 10
    with pytest.raises(LookupError):
        open_screen("nowhere")
