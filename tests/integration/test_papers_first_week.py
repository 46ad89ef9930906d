"""Every paper and file of the first week: no dash for a headline, no empty drawing, no English, no province without coverage."""

import csv
import io

import pytest

from analytics.assumptions import Assumptions, Recency
from data.i18n import LANGUAGES, Translator
from data.store import ROOT_VARIABLE, Store
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.web.api.pictures import PICTURES
from pages.web.api.resources import RESOURCES
from pages.words.view import View
from tests.gaps import find_faults_of_drawing, find_faults_of_heading, find_faults_of_text
from tests.papers import PAPERS
from tests.three_communes import CODES

SILENT = "09.541.03.01"
STORES = {"official_store": [CODES[0]], "first_week_store": [SILENT, CODES[0]]}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_has_no_gap(request, monkeypatch, tmp_path, paper, store, language):
    monkeypatch.setenv(ROOT_VARIABLE, str(request.getfixturevalue(store)))
    # A paper that is asked of a screen shows the latest known; an address without it is strict.
    known = Recency.STRICT if language == "en" else Recency.LATEST
    figures = load_figures(Store().snapshot_id(), Assumptions(known=known))
    for code in STORES[store]:
        view = View(
            figures,
            read_selection(figures, {"lang": language, "commune": code}),
            Translator(language, figures.province),
        )
        found = PAPERS[paper](view, code, tmp_path)
        faults = find_faults_of_text(found.text, language)
        faults += [fault for heading in found.headings for fault in find_faults_of_heading(heading)]
        faults += [fault for drawing in found.drawings for fault in find_faults_of_drawing(drawing)]
        assert faults == [], (paper, code)


@pytest.mark.parametrize("store", STORES)
def test_every_address_of_the_interface_answers_without_a_word_for_a_number(request, monkeypatch, client, store):
    monkeypatch.setenv(ROOT_VARIABLE, str(request.getfixturevalue(store)))
    for resource in RESOURCES:
        answer = client.get(resource.path, params={"format": "csv", "lang": "fr"})
        if answer.status_code == 400:
            continue
        assert answer.status_code == 200, (resource.path, answer.text[:200])
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        assert not {"—", "nan", "NaN", "None"} & set(cells), resource.path


@pytest.mark.slow
@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_shows_something_or_says_why_not(request, monkeypatch, client, store, name):
    monkeypatch.setenv(ROOT_VARIABLE, str(request.getfixturevalue(store)))
    for indicator in ("BASE", "ISP"):
        answer = client.get(
            f"/api/v1/chart/{name}.svg",
            params={"indicator": indicator, "lang": "fr", "commune": CODES[0], "figures": "real"},
        )
        if answer.status_code == 200:
            assert find_faults_of_drawing(answer.text) == [], (name, indicator)
        else:
            assert answer.status_code in (400, 404, 409, 422), (name, indicator, answer.status_code)
            assert "À faire" in answer.text or "error" in answer.text, (name, indicator, answer.text[:300])
