"""A fourth sector weighs in the index by two lines of YAML, and every screen and paper has it: water, in a copy of the project."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.model import Sector
from data.loaders.today import load_definitions
from data.province import FOLDERS_VARIABLE, OFFERED_VARIABLE
from tests.fourth_sector_walk import COMMUNES, DRAWN, LANGUAGES
from tests.lone_screen import SCREENS

ROOT = Path(__file__).parents[2]
ENDS = [f"{language} {which}" for which in COMMUNES for language in LANGUAGES]
WATER = {"fr": "Eau", "ar": "الماء"}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def walked(request, tmp_path_factory):
    """What came of the papers, and of the screens that this run asks about, in a copy of the project where water has a weight."""
    own = [item for item in request.session.items if item.path == Path(__file__) and hasattr(item, "callspec")]
    screens = {item.callspec.params["screen"] for item in own if "screen" in item.callspec.params}
    copy = tmp_path_factory.mktemp("water")
    for room in ("analytics", "data", "geo", "pages", "tests"):
        # With the bytecode, which holds as long as a file is as old as before.
        ignored = shutil.ignore_patterns("var", "golden", "output")
        shutil.copytree(ROOT / room, copy / room, ignore=ignored)
    definitions = copy / "data" / "definitions"
    _replace(definitions / "indicators" / "WAT01.yaml", "enabled: false", "enabled: true\nweight: 1.0")
    _replace(definitions / "legends" / "severity.yaml", "  water: {", "  water: {weight: 1, headline: WAT01, ")
    environment = {**os.environ, OFFERED_VARIABLE: "valclair", FOLDERS_VARIABLE: str(copy / "tests" / "territories")}
    call = [sys.executable, "-m", "tests.fourth_sector_walk", *sorted(screens)]
    done = subprocess.run(call, cwd=copy, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def _replace(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def said(walked, name):
    assert "error" not in walked[name], walked[name]
    return walked[name]["said"]


def test_the_services_are_what_the_definitions_weigh():
    assert load_definitions().services == (Sector.EDUCATION, Sector.HEALTH, Sector.CIVIL_REGISTRY)


def test_water_weighs_in_the_index(walked):
    # 900 litres for 100 people: 9 litres each against 15, a pressure of 5/3, a score of 60 + 20 × (5/3 − 1) = 73.3.
    assert said(walked, "index").startswith("water 73.3 ")


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("paper", ["sheet", "deck", "plan fast_returns", "plan second_shock"])
def test_every_paper_has_it(walked, paper, end):
    assert WATER[end[:2]] in said(walked, f"{paper} {end}")


@pytest.mark.parametrize("end", DRAWN)
def test_the_sheet_is_printed_on_two_pages(walked, end):
    words = said(walked, f"pdf {end}")
    assert words.startswith("2 pages")
    # The letters of an Arabic PDF are read in another order.
    assert end[:2] == "ar" or WATER[end[:2]] in words


@pytest.mark.parametrize("end", DRAWN)
def test_the_plan_is_written_as_pdf_and_word(walked, end):
    assert said(walked, f"plan file {end}") == "b'%PDF' b'PK'"


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_is_drawn(walked, screen):
    said(walked, f"screen {screen} {DRAWN[SCREENS.index(screen) % len(DRAWN)]}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_figure_of_water_nothing_is_said_to_be_zero(walked, language):
    row = {which: said(walked, f"sheet {language} {which}").split("<strong>WAT01</strong>")[1] for which in COMMUNES}
    value = {which: text.split("</span></td>")[1].split("<br>")[0] for which, text in row.items()}
    assert value["without"] == '<td class="n">—</td><td class="n">15,0'
    assert value["with"] == '<td class="n">9,0</td><td class="n">15,0'


def test_a_plan_never_says_that_a_service_without_measures_lacks_nothing(walked):
    """Water has indicators and no measure in measures.yaml."""
    with_figures, without = (said(walked, f"plan fast_returns fr {which}") for which in ("with", "without"))
    assert "aucune mesure n'est encore chiffrée ici" in with_figures
    assert r"Eau\xa0: faire compléter les données du mois" in without
    assert r"Eau\xa0: rien ne manque" not in with_figures + without
    assert "Décisions proposées" in with_figures
    assert "Cinq décisions" not in with_figures
