"""The titles that were read aloud against their figures are still those that the screens say."""

import re
from pathlib import Path

import pytest

from data.store import ROOT_VARIABLE
from tests.lone_screen import SCREENS, open_screen
from tests.read_aloud import heads

READ = Path(__file__).parents[2] / "docs" / "read-aloud.md"
# The states of the store that the document speaks of, by the fixture that builds them.
STATES = {"shipped": "built_store", "measured": "official_store", "three": "first_week_store"}


def read_titles() -> dict[tuple[str, str], list[str]]:
    """Sentences of the first table by state and screen."""
    table = READ.read_text(encoding="utf-8").split("## Titles of screens")[1].split("\n## ")[0]
    found: dict[tuple[str, str], list[str]] = {}
    for line in re.findall(r"^\| (?!state).+", table, re.MULTILINE):
        states, screens, sentence = (cell.strip() for cell in line.strip("| ").split(" | ")[:3])
        for state in states.split(", "):
            for screen in screens.split(", "):
                found.setdefault((state, screen), []).append(sentence)
    return found


TITLES = read_titles()


def test_every_screen_with_figures_was_read_in_every_state():
    assert {state for state, _ in TITLES} == set(STATES)
    assert {screen for _, screen in TITLES} <= set(SCREENS)
    assert set(SCREENS) - {screen for _, screen in TITLES} == {"results", "council", "data", "quality", "methods"}


@pytest.mark.taroudannt
@pytest.mark.parametrize(("state", "screen"), sorted(TITLES))
def test_a_screen_says_what_was_read(state, screen, request, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(request.getfixturevalue(STATES[state])))
    said = [plain_spaces(head) for head in heads(open_screen(screen, lang="fr"))]
    for sentence in TITLES[state, screen]:
        assert sentence in said


def plain_spaces(text: str) -> str:
    """No-break spaces are set when a text is shown; the document holds ordinary ones."""
    return re.sub(r"\s", " ", text)
