"""A commune or a month that is not read is corrected where it stands, once for all figures of its row."""

import datetime

import pandas as pd
import pytest

from data.importing.corrections import Correction
from data.importing.prepare import prepare_import
from data.reference_files import read_communes
from tests.messy.files import ADAR, AOULOUZ, HEAD, SEPTEMBER, book, figures
from tests.territories import TAROUDANNT

pytestmark = pytest.mark.taroudannt
TODAY = datetime.date(2026, 3, 1)
COMMUNES = read_communes(TAROUDANNT)
NOTHING = COMMUNES.assign(reference_date=pd.NaT, variable="", value=0.0, provenance="").head(0)
WRONG = book([HEAD, ["Adr Nord", SEPTEMBER, 120, 340], ["Aoulouz", "rentrée", 7, "neuf"], ["Irherm", SEPTEMBER, 5, 6]])
TYPED = {"Feuil1!A2": "Adar", "Feuil1!B3": "09/2025", "Feuil1!D3": "9"}


def prepared(content, typed=None, reason="Relu sur le registre"):
    corrections = {cell: Correction(value, reason) for cell, value in (typed or {}).items()}
    return prepare_import(content, "x.xlsx", COMMUNES, NOTHING, TAROUDANNT, TODAY, corrections=corrections)


def kept(report, *communes):
    rows = report.observations[report.observations["commune_code"].isin(communes)].itertuples()
    return {(o.commune_code, f"{o.reference_date:%Y-%m}", o.variable, float(o.value)) for o in rows}


def test_the_cell_of_the_commune_or_the_month_is_offered_once_for_its_row():
    aside = prepared(WRONG).aside
    assert list(aside["cell"]) == list(TYPED)
    assert [str(raw) for raw in aside["raw"]] == ["Adr Nord", "rentrée", "neuf"]
    assert [labels["fr"] for labels in aside["labels"]][:2] == ["Commune", "Mois"]
    assert list(aside["commune_code"])[1:] == [AOULOUZ, AOULOUZ]


def test_what_is_typed_there_is_read_for_every_figure_of_the_row_and_named():
    report = prepared(WRONG, TYPED)
    assert kept(report, ADAR, AOULOUZ) == set(
        figures((ADAR, "displaced_persons", 120), (ADAR, "pupils_primary", 340), (AOULOUZ, "displaced_persons", 7),
                (AOULOUZ, "pupils_primary", 9))
    )  # fmt: skip
    assert report.aside.empty
    named = [cell for finding in report.findings if finding.key == "corrected_here" for cell in finding.cells]
    assert sorted(named) == sorted(TYPED)
    own = report.observations[report.observations["commune_code"] == AOULOUZ]
    assert all(source.count("Relu sur le registre") >= 1 for source in own["source"])
    assert (
        not report.observations.loc[report.observations["commune_code"] == "09.541.01.05", "source"]
        .str.contains("Relu")
        .any()
    )


@pytest.mark.parametrize("typed", [{"Feuil1!A2": "Nulle part"}, {"Feuil1!A2": "Adar 0661234567"}, {"Feuil1!B3": "un jour"}])
def test_what_is_typed_there_goes_through_the_same_checks(typed):
    assert not kept(prepared(WRONG, typed), ADAR, AOULOUZ)


def test_a_commune_that_only_the_title_says_has_no_cell_to_type_it_in():
    content = book([["Commune d'Adar"], HEAD[1:3], ["rentrée", 120]])
    report = prepare_import(content, "x.xlsx", COMMUNES, NOTHING, TAROUDANNT, TODAY, is_confirmed=True)
    assert list(report.aside["cell"]) == ["Feuil1!A3"]
    assert list(report.aside["commune_code"]) == [ADAR]
