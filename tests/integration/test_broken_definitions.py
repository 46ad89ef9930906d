"""With a slip in a definition the application shows no figure: each way in says which line to mend, in the reader's language."""

import shutil
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from data.command_line import main
from data.i18n import Translator
from data.loaders import today
from data.loaders.files import DEFINITIONS, FOLDER_VARIABLE
from pages.first_view import fill_first_view
from pages.web.middleware import MIDDLEWARE
from pages.web.routes import ROUTES

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"
COMMUNE = "09.541.04.67"
TEXT = (DEFINITIONS / "indicators" / "EDU01.yaml").read_text(encoding="utf-8")
LINE = 1 + next(at for at, line in enumerate(TEXT.splitlines()) if "demand: pupils_primary" in line)


@pytest.fixture
def broken(built, tmp_path, monkeypatch):
    """The built store, with one letter less in a definition."""
    folder = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, folder)
    path = folder / "indicators" / "EDU01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("demand: pupils_primary", "demand: pupils_primry", 1), encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    today.forget_today()
    yield Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    monkeypatch.undo()
    today.forget_today()


def test_health_gives_the_reason(broken):
    answer = TestClient(broken).get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["reason"] == "definitions"
    assert answer.json()["faults"] == [f"indicators/EDU01.yaml:{LINE} terms[0].demand"]


@pytest.mark.parametrize("address", [f"/sheet/{COMMUNE}", f"/sheet/{COMMUNE}.pdf", f"/deck/{COMMUNE}", "/api/v1/pressure"])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_nothing_that_is_computed_leaves(broken, address, language):
    answer = TestClient(broken).get(address, params={"lang": language})
    assert answer.status_code == 503
    assert Translator(language)("definition.broken_title") in answer.text
    assert "pupils_primry" in answer.text


def test_the_screen_says_what_to_mend_and_shows_no_figure(broken):
    screen = AppTest.from_file(str(FRAME), default_timeout=60)
    screen.query_params["lang"] = "ar"
    screen.run()
    assert not screen.exception
    assert screen.title[0].value == Translator("ar")("definition.broken_title")
    assert f"السطر {LINE}" in screen.code[0].value
    assert "pupils_primary" in screen.code[0].value
    assert not screen.metric


def test_the_page_carries_no_first_view(broken):
    assert fill_first_view("overview", {}) == ""


@pytest.mark.parametrize("call", [["template", "t.xlsx"], ["import", "t.csv", "--dry-run"], ["export", "all"]])
def test_a_command_that_reads_them_says_what_to_mend(broken, call, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(call) == 1
    assert "EDU01.yaml" in capsys.readouterr().err
    assert not Path(call[1]).exists()
