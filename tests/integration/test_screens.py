"""The frame and its first screen: language, address, empty states. The other screens are driven in Chromium."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.i18n import LANGUAGES
from data.ingest import drop_demonstration
from data.store import ROOT_VARIABLE

FRAME = str(Path(__file__).parents[2] / "pages" / "frame.py")


def run(**parameters):
    app = AppTest.from_file(FRAME, default_timeout=30)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_states_a_finding(built, language):
    app = run(lang=language)
    assert app.title[0].value
    assert app.sidebar.selectbox


def test_the_address_chooses_the_view(built):
    app = run(lang="fr", month="2024-01", indicator="HEA07", territory="urban", commune="09.541.04.67", census="counted")
    values = {box.key: box.value for box in app.sidebar.selectbox}
    assert values == {"territory": "urban", "month": "2024-01", "indicator": "HEA07"}


def test_an_address_that_makes_no_sense_falls_back_to_the_defaults(built):
    app = run(lang="xx", month="1999-01", indicator="NOPE", territory="mars", commune="0", census="maybe")
    values = {box.key: box.value for box in app.sidebar.selectbox}
    assert values == {"territory": "all", "month": "2025-08", "indicator": "ISP"}


def test_without_demonstration_the_overview_says_what_can_be_looked_at(store):
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    app = run()
    assert "insuffisantes" in app.title[0].value
    assert app.info


def test_an_empty_store_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    app = run()
    assert app.code[0].value == "python -m data init"
