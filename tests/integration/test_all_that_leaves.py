"""Every file that leaves, found by the places that offer one: nothing that somebody typed runs in it, and a program can read it."""

import ast
import inspect
from pathlib import Path

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.store import ROOT_VARIABLE
from tests.leaving import faults_of
from tests.sent_figures import TIZI
from tests.typed_texts import store_of_typed
from tests.walking import list_screens, open_screen, walk

ROOT = Path(__file__).parents[2]
TYPED = '=1+1;=2 [ici](https://ailleurs.example)<img src=x onerror=a()>#panic("t")&'
CHOICES = ("button_group", "toggle", "radio")
# Offered where a file that was sent is questioned, or made by a reader's own work on the screen: seen in the tests that are named.
ELSEWHERE = {}


def places_that_offer() -> set[tuple[str, int]]:
    """Module and line of each call that offers a file."""
    return {
        (str(path.relative_to(ROOT)), node.lineno)
        for path in (ROOT / "pages").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "download_button"
    }


class Offers:
    """Stands before Streamlit's button and keeps what is offered: content by module, line and name of the file."""

    def __init__(self) -> None:
        self.files = {}

    def __call__(self, label, data, file_name=None, *rest, **options):
        caller = next(f for f in inspect.stack()[1:] if f.filename.startswith(str(ROOT / "pages")))
        place = str(Path(caller.filename).relative_to(ROOT)), caller.lineno
        # Each chart has a name; of what differs by language or month alone one is enough.
        kind = str(file_name) if place[0].endswith("pictures.py") else str(file_name).rpartition(".")[2]
        content = self.files.get((place, kind)) or (data() if callable(data) else data)
        self.files[place, kind] = content.encode() if isinstance(content, str) else content


@pytest.fixture(scope="module")
def offered(built_store, tmp_path_factory):
    """All that the screens offer from a store in which each free text is one that would run where it could."""
    store = store_of_typed(built_store, tmp_path_factory.mktemp("typed") / "store", TYPED)
    offers = Offers()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(store.root))
        patched.setattr(st, "download_button", offers)
        patched.setattr(DeltaGenerator, "download_button", lambda _self, *given, **options: offers(*given, **options))
        for screen in list_screens():
            app = open_screen(screen, lang="fr", commune=TIZI, month="2025-09", subject=TIZI)
            for _ in walk(app, CHOICES):
                pass
            assert not app.exception, (screen, app.exception)
    return offers.files


@pytest.mark.slow
def test_every_place_that_offers_a_file_was_seen(offered):
    seen = {place for place, _ in offered}
    assert places_that_offer() - seen == set(ELSEWHERE)


@pytest.mark.slow
def test_nothing_that_somebody_typed_runs_in_a_file_that_leaves_a_screen(offered):
    named = {f"{module}-{line}.{kind.rpartition('.')[2]}": data for ((module, line), kind), data in offered.items()}
    assert [fault for name, data in named.items() for fault in faults_of(name, data)] == []
