"""What people type is shown as they typed it: on no screen does it become a link, a picture or bold words."""

import shutil
from datetime import date

import pytest

from data.loaders.today import load_library
from data.queries import read_month_figures
from data.records.commune_notes import write_note
from data.records.decisions import Draft, note_decision
from data.records.scenarios import own_id, save_scenario
from data.records.sign_offs import return_month, submit_month
from data.records.table import KINDS
from data.store import ROOT_VARIABLE, Store
from tests.sent_figures import TIZI, send_month
from tests.territories import TAROUDANNT
from tests.walking import list_screens, open_parts, open_screen

TYPED, MONTH = "[ici](https://ailleurs.example)", date(2025, 9, 1)
# Checks of fields that hold whatever is typed.
FREE = ("sentence", "several_lines")
# Streamlit reads Markdown in these; options of lists and what stands in a field are shown as they are, our HTML escapes.
READ_AS_MARKDOWN = ("body", "label", "help", "value")
SHOWN_AS_IT_IS = ("html", "arrow_data_frame", "iframe", "plotly_chart", "bidi_component")


@pytest.fixture(scope="module")
def typed_store(built_store, tmp_path_factory):
    """A store in which every free text of every kind, and the name of a file, is a link to another site."""
    root = tmp_path_factory.mktemp("typed") / "store"
    shutil.copytree(built_store, root)
    store = Store(root)
    send_month(store, 1250)
    with store.open() as connection:
        seen = read_month_figures(connection.cursor(), (TIZI,), MONTH)[TIZI]
    submit_month(store, TIZI, MONTH, seen)
    return_month(store, TIZI, MONTH, seen, "Un motif.")
    write_note(store, TIZI, "president", "Une note.")
    note_decision(store, Draft(TIZI, "where", MONTH, "Une décision.", "Le guichet"), store.snapshot_id())
    save_scenario(store, TYPED, load_library(TAROUDANNT)["hard_winter"], store.snapshot_id(), {})
    with store.write("note") as connection:
        for kind in KINDS.values():
            for field in getattr(kind, "fields", ()):
                if getattr(getattr(field, "check", None), "__qualname__", "").split(".")[0] in FREE:
                    connection.execute(
                        f"UPDATE {kind.table} SET {field.id} = $typed WHERE {field.id} <> ''", {"typed": TYPED}
                    )
        connection.execute("UPDATE upload SET file_name = $typed || '.xlsx' WHERE kind = 'import'", {"typed": TYPED})
    return root


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
    for _ in open_parts(app):
        found |= links(app)
    assert not app.exception
    assert not found
