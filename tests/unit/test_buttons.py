"""A button says what it does to what: a verb and its object, in each language; a file is downloaded under its name and form."""

import ast
import re
from pathlib import Path

import pytest

from data.i18n import load_texts

PAGES = Path(__file__).parents[2] / "pages"
BUTTONS = {"button", "download_button", "form_submit_button", "link_button", "confirmed"}
# Answers to a question that stands above them, the sign that closes a card, forms of a picture in a menu that says "download".
ANSWERS = {"confirm.yes", "confirm.no", "page.close"}
# French verbs stand in the infinitive, as do those of English without "to"; an Arabic noun of action begins the button.
VERB = {"fr": r"[A-ZÉ]\w*(?:er|ir|re)\b", "ar": r"\S+", "en": r"[A-Z][a-z]+\b"}


def keys() -> set[str]:
    """The texts that are written on a button in so many words."""
    found = set()
    for path in PAGES.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            for label in call.args[:3] if name in BUTTONS else ():
                said = label.args[:1] if isinstance(label, ast.Call) else []
                found |= {arg.value for arg in said if isinstance(arg, ast.Constant) and "." in str(arg.value)}
    return {key for key in found if not key.endswith("_sure")}


def forms(text: str | dict[str, str]) -> list[str]:
    return list(text.values()) if isinstance(text, dict) else [text]


def test_the_buttons_of_the_screens_are_found():
    assert {"data.undo", "corrections.save", "proofs.withdraw_do", "lateness.calendar", "scenario.save"} <= keys()
    assert len(keys()) > 50


@pytest.mark.parametrize("language", VERB)
def test_a_button_says_a_verb_and_its_object(language):
    texts = load_texts(language)
    said = {key: forms(texts[key]) for key in sorted(keys() - ANSWERS)}
    lacking = {
        key: text
        for key, written in said.items()
        for text in written
        if not re.match(VERB[language], text) or len(text.replace("\u00a0", " ").split()) < 2
    }
    assert lacking == {}
