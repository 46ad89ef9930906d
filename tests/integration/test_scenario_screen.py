"""The Scenarios screen without a browser: what it says when there is nothing to project or an address cannot be."""

import pytest
from streamlit.testing.v1 import AppTest

from data.i18n import Translator
from data.store import ROOT_VARIABLE

SCREEN = """
import streamlit as st
from data.i18n import Translator
from pages.screens.scenarios import screen as scenarios
from pages.figures.load import load_figures, published
from pages.widgets import session
from pages.widgets.screen import Screen
session.read_address()
figures = load_figures(published())
data = st.Page(lambda: None, title="data", url_path="data")
scenarios.render(Screen(figures, session.current_selection(figures), Translator("fr"), {"data": data}))
"""
FRENCH = Translator("fr")


def open_screen(**address):
    app = AppTest.from_string(SCREEN, default_timeout=60)
    app.query_params.update(address)
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("way_back", [0, -1], ids=["beside the reason", "in the editor"])
@pytest.mark.parametrize(
    "edit", ["nonsense", '{"horizon_months":99}', '{"shock":{"latitude":48.8,"longitude":2.3,"magnitude":6}}']
)
def test_an_address_that_cannot_be_says_why_and_offers_the_way_back(built, edit, way_back):
    app = open_screen(edit=edit)
    (problem,) = app.error
    assert problem.value
    ways_back = [button for button in app.button if button.label == FRENCH("scenario.reset")]
    ways_back[way_back].click().run()
    assert not app.exception, app.exception
    assert not app.error
    assert "Tendance" in app.title[0].value


def test_without_monthly_figures_it_says_what_to_do(official_store, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(official_store))
    app = open_screen()
    assert any("il n'y a rien à projeter" in note.value for note in (*app.info, *app.warning, *app.markdown))
