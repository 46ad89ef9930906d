"""The frame and its first screen: language, address, empty states. The other screens are driven in Chromium."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.assumptions import DEFAULTS
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.ingest import drop_demonstration
from data.store import ROOT_VARIABLE
from pages.address import selection
from pages.figures.load import load_figures
from pages.figures.opening import clearest_result
from pages.screens.map import card
from pages.widgets import session
from pages.widgets.screen import Screen
from tests.workbooks import write_workbook

FRAME = str(Path(__file__).parents[2] / "pages" / "frame.py")


def run(**parameters):
    app = AppTest.from_file(FRAME, default_timeout=30)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def chosen_in(app):
    """What the lists of the sidebar show; the month has a key of its own for each move of the map's slider."""
    return {box.key.replace("sidebar_month_0", "month"): box.value for box in app.sidebar.selectbox}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_states_a_finding(built, language):
    app = run(lang=language)
    assert app.title[0].value
    assert app.sidebar.selectbox


def test_the_address_chooses_the_view(built):
    app = run(lang="fr", month="2024-01", indicator="HEA07", territory="urban", commune="09.541.04.67", census="counted")
    values = chosen_in(app)
    assert values == {"territory": "urban", "month": "2024-01", "indicator": "HEA07"}


def test_an_address_that_makes_no_sense_falls_back_to_the_defaults(built):
    app = run(lang="xx", month="1999-01", indicator="NOPE", territory="mars", commune="0", census="maybe")
    values = chosen_in(app)
    assert values == {"territory": "all", "month": "2025-08", "indicator": "ISP"}


def test_the_first_screen_and_the_map_open_on_what_is_measured_and_the_example_is_one_click_away(built):
    app = run(lang="fr")
    assert chosen_in(app) == {
        "territory": "all",
        "month": "2024-09",
        "indicator": "BASE",
    }
    assert app.query_params["figures"] == "real"
    assert 'class="notice"' not in " ".join(block.value for block in app.main.get("html"))
    lens = next(group for group in app.get("button_group") if group.key == "figures")
    lens.set_value("all").run()
    assert not app.exception
    assert app.query_params["figures"] == "all"
    assert chosen_in(app) == {
        "territory": "all",
        "month": "2025-08",
        "indicator": "ISP",
    }


EARLY_WORKBOOK = [
    [
        "Commune",
        "Mois",
        "Demandes du mois",
        "Agents d'état civil (ETP)",
        "Jours d'ouverture état civil",
        "dont actes complets",
        "dont extraits et copies informatisés",
    ],
    ["Tizi N'Test", "2025-09", 1250, 1.5, 22, 110, 1140],
]


def test_one_early_workbook_does_not_empty_the_first_screen(store):
    import_workbook(store, EARLY_WORKBOOK)
    app = run(lang="fr", figures="all")
    month = next(box for box in app.sidebar.selectbox if box.key == "sidebar_month_0")
    assert "2025-09" in month.options or "septembre 2025" in month.options
    # The last month holds the latest known figure of each commune: all of them are on the map.
    assert month.value == "2025-09"
    assert "sur 89" in app.caption[0].value


def test_what_was_accepted_is_what_the_map_shows_next(store, monkeypatch):
    snapshot, observations = import_workbook(store, EARLY_WORKBOOK)
    figures = load_figures(snapshot.id)
    september = pd.Timestamp("2025-09-01")
    variables = set(observations["variable"])
    assert clearest_result(figures, september, {"09.541.04.67"}, variables) == "CIV02"
    assert clearest_result(figures, figures.default_month, {"09.541.04.67"}, variables) == "ISP"
    assert clearest_result(figures, september, {"09.541.01.05"}, {"doctors"}) == "ISP"
    monkeypatch.setattr(session.st, "session_state", state := {"month": "2024-01", "indicator": "ISP"})
    session.look_at(figures, observations)
    assert state == {"month": "2025-09", "indicator": "CIV02"}


@pytest.mark.parametrize("indicator", ["HEA07", "ISP", "education"])
def test_the_card_shows_class_kind_and_reliability_of_the_chosen_result(figures, monkeypatch, indicator):
    drawn = []
    monkeypatch.setattr(card, "fill", lambda _name, _t, **values: drawn.append(values))
    monkeypatch.setattr(card, "render_clickable", lambda _html, key: None)
    month = figures.months[-1]
    chosen = selection.Selection("fr", "all", month, indicator, "09.541.04.67", DEFAULTS)
    card.render_card(Screen(figures, chosen, Translator("fr"), {}), "09.541.04.67")
    expected = figures.of_month(indicator, month).loc["09.541.04.67"]
    assert drawn[0]["badge"].severity == expected["severity_class"]
    assert {k: drawn[0][k] for k in ("provenance", "reliability")} == {
        "provenance": expected["provenance"],
        "reliability": expected["reliability"],
    }
    # The figure that gives the class with its unit (a score for what is a mean), and what kind of figure it is.
    t, lines = Translator("fr"), dict(drawn[0]["lines"])
    known = figures.definitions.indicators.get(indicator)
    figure = t.number(expected["score"], 0) if known is None else t.quantity(expected["value"], known.unit, known.decimals)
    assert figure in lines[t("map.value")]
    assert t(f"provenance.{expected['provenance']}") in lines[t("map.kind")]


def import_workbook(store, rows):
    content = write_workbook(rows)
    report = prepare_for_store(store, content, "saisie.xlsx")
    return accept_import(store, content, report), report.observations


def test_without_demonstration_the_overview_opens_on_the_starting_point(store):
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    app = run()
    assert app.title[0].value.startswith("Situation de départ")
    assert app.query_params["month"] == "2024-09"
    assert not [group for group in app.get("button_group") if group.key == "figures"]


def test_an_empty_store_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    app = run()
    assert app.code[0].value == "python -m data init"
