"""The Scenarios screen without a browser: what it says when there is nothing to project or an address cannot be."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from analytics.assumptions import DEFAULTS
from data.i18n import Translator
from data.store import ROOT_VARIABLE
from pages.address.selection import Selection
from pages.figures.load import load_figures, published
from pages.words.shock import list_places
from pages.words.shock_map import BANDS, shade_shock
from pages.words.view import View
from tests.drawings import make_screen

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
    for yes in (button for button in app.button if button.label == FRENCH("confirm.yes")):
        yes.click().run()
    assert not app.exception, app.exception
    assert not app.error
    assert "Tendance" in app.title[0].value


def test_an_earthquake_states_its_own_effect_not_that_of_the_trend(built):
    app = open_screen(scenario="second_shock")
    assert "36\u202f000 personnes déplacées" in app.title[0].value
    own = [m.value for m in app.markdown if m.value.startswith("Le séisme à lui seul")]
    assert len(own) == 1


def test_an_earthquake_has_its_list_and_map_on_measured_figures_alone(official_store, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(official_store))
    app = open_screen(scenario="second_shock")
    assert "36\u202f000 personnes déplacées" in app.title[0].value
    assert any("chiffres mesurés" in m.value for m in app.markdown)
    assert FRENCH("shock.where") in [part.value for part in app.subheader]
    figures = load_figures(published())
    view = View(figures, Selection("fr", "all", figures.months[-1], "ISP", figures.territory[0], DEFAULTS), FRENCH)
    places = list_places(view, figures.projection(figures.definition_set.library["second_shock"]).shock)
    assert [p.place for p in places] == list(range(1, 11))
    assert all(p.low < p.people < p.high for p in places)


def test_without_monthly_figures_it_says_what_to_do(official_store, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(official_store))
    app = open_screen()
    assert any("il n'y a rien à projeter" in note.value for note in (*app.info, *app.warning, *app.markdown))


@pytest.mark.parametrize(
    ("measure", "largest"), [("intensity", "intensity"), ("people", "displaced"), ("buildings", "unusable")]
)
def test_the_map_of_a_shock_puts_each_commune_in_its_band_and_says_all_three_effects(figures, measure, largest):
    view = make_screen(figures)
    effects = figures.projection(figures.definition_set.library["second_shock"]).shock
    shaded = shade_shock(view, effects, measure)
    values = getattr(effects, largest)
    values = values if measure == "intensity" else values["central"]
    most, least = (effects.commune_codes[int(at(values))] for at in (np.argmax, np.argmin))
    first, *_, last = [color for color, _, count in shaded.legend if count]
    assert shaded.styles[least].row == first
    assert shaded.styles[most].row == last
    assert sum(count for _, _, count in shaded.legend) == len(shaded.styles) == 89
    beginning = BANDS[measure][0]
    assert shaded.legend[0][2] == int((values < beginning).sum())
    place = next(p for p in list_places(view, effects) if p.place == 1)
    said = shaded.styles[place.code].figure
    assert f"intensité {place.intensity}" in said
    assert place.expected in said
    assert place.buildings in said
