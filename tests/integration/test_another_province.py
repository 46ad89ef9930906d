"""A province that is a folder and a setting: initialised, read, drawn, planned, imported into, on every screen and paper."""

import io
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation

from analytics.assumptions import DEFAULTS
from data.command_line import main
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.loaders.today import load_library, load_means
from data.province import OFFERED_VARIABLE
from data.store import ROOT_VARIABLE, Store
from pages.address.selection import Selection
from pages.figures.load import load_figures, published
from pages.print.deck.slides import build_deck
from pages.print.plan.content import build_document
from pages.print.plan.context import PlanContext
from pages.print.sheet.page import build_sheet, build_sheet_pdf
from pages.widgets.notices import fill_demonstration_notice
from pages.widgets.screen import Screen
from tests.clients import open_client
from tests.lone_screen import SCREENS, open_screen
from tests.territories import VALCLAIR
from tests.workbooks import write_workbook

CAPITAL, PASS, ISLE, UNMAPPED = "99.900.03.01", "99.900.01.07", "99.900.05.07", "99.900.05.09"
TODAY = date(2025, 9, 15)


def view(figures, language="fr", commune=CAPITAL):
    chosen = Selection(language, "all", figures.default_month, "ISP", commune, DEFAULTS)
    return Screen(figures, chosen, Translator(language, figures.province), {})


@pytest.fixture
def empty(province, tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_notice_calls_no_invented_census_official(province_figures, language):
    t = Translator(language, VALCLAIR)
    said = fill_demonstration_notice(province_figures, t)
    assert t("notice.census") in said
    assert "2024" not in said


@pytest.mark.parametrize(
    ("option", "figures"), [((), 20_000), (("--without-demonstration",), 300), (("--without-reference",), 0)]
)
def test_it_is_initialised_by_its_name(empty, capsys, option, figures):
    assert main(["--territory", VALCLAIR.id, "init", *option]) == 0
    assert (empty / VALCLAIR.id / "current").exists()
    with Store(province=VALCLAIR).open() as connection:
        communes, codes = connection.execute(
            "SELECT count(*), count(DISTINCT left(commune_code, 6)) FROM commune"
        ).fetchone()
        held = connection.execute("SELECT count(*) FROM observation").fetchone()[0]
    assert (communes, codes) == (12, 1)
    assert held == 0 if figures == 0 else held > figures


@pytest.mark.taroudannt
def test_a_name_that_is_not_offered_is_refused_with_those_that_are(empty, capsys):
    assert main(["init", "--territory", "taroudannt"]) == 2
    assert "valclair" in capsys.readouterr().err
    assert list(empty.iterdir()) == []


def test_urban_communes_have_no_douars_whatever_their_codes_begin_with(province_figures):
    results = province_figures.of_month("HEA07", province_figures.default_month)
    urban = province_figures.communes["area_type"] == "urban"
    assert set(results.loc[urban, "status"]) == {"not_assessed"}
    assert results.loc[~urban & (results.index != UNMAPPED), "severity_class"].notna().all()
    assert results.at[UNMAPPED, "status"] == "missing"


def test_a_commune_without_polygon_or_centre_is_assessed_like_any_other(province_figures):
    """Its load is known; its distances are not, and the mean of three services that each may be well or badly reached says nothing."""
    results = province_figures.of_commune(UNMAPPED, province_figures.default_month)
    assert set(results.loc[["education_load", "health_load", "civil_registry_load"], "status"]) == {"assessed"}
    assert results.at["ISP", "status"] == "insufficient"
    assert results.loc["ISP", ["severity_class", "severity_class_low", "severity_class_high"]].isna().all()
    projection = province_figures.projection(load_library(VALCLAIR)["second_shock"])
    assert UNMAPPED in projection.commune_codes


def test_the_second_shock_strikes_where_the_territory_says(province_figures):
    shock = load_library(VALCLAIR)["second_shock"].shock
    assert (shock.latitude, shock.longitude, shock.magnitude) == (32.4, -3.7, 5.8)
    limits = province_figures.scenario_setting.shock_model.limits
    assert limits["latitude"] == (31.0, 34.0)
    assert province_figures.scenario_setting.shock_model.reference_month == date(2021, 3, 1)


@pytest.mark.parametrize("commune", [CAPITAL, ISLE, UNMAPPED])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_sheet_and_slides_name_the_province_and_no_other(province_figures, commune, language):
    shown = view(province_figures, language, commune)
    page = build_sheet(shown, commune, "http://127.0.0.1/", TODAY)
    assert {"fr": "Province du Valclair", "ar": "إقليم الوادي الصافي"}[language] in page
    slides = Presentation(io.BytesIO(build_deck(shown, commune, load_means(), TODAY)))
    said = " ".join(s.text_frame.text for slide in slides.slides for s in slide.shapes if s.has_text_frame)
    for text in (page, said):
        assert "Taroudan" not in text
        assert "تارودانت" not in text
    assert build_sheet_pdf(shown, commune, "http://127.0.0.1/", TODAY).startswith(b"%PDF")


@pytest.mark.parametrize("scenario", ["hard_winter", "second_shock"])
@pytest.mark.parametrize("commune", [PASS, ISLE, UNMAPPED])
def test_a_plan_is_made_for_every_commune(province_figures, commune, scenario):
    basis = PlanContext(
        view(province_figures, commune=commune), commune, load_library(VALCLAIR)[scenario], load_means(), TODAY
    )
    said = repr(build_document(basis, TODAY))
    assert "province du Valclair" in said
    assert "Taroudan" not in said


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_drawn(province_store, name, language):
    app = open_screen(name, lang=language, commune={"fr": ISLE, "ar": UNMAPPED}[language])
    said = " ".join(str(e.value) for kind in (app.title, app.markdown, app.caption, app.subheader) for e in kind)
    assert "Taroudan" not in said
    assert "تارودانت" not in said


def test_a_workbook_is_read_by_the_names_and_words_of_the_province(province_store):
    rows = [
        ["Commune", "Mois", "Élèves primaire"],
        ["Passe du Vent", "2025-08", 210],
        ["جزيرة الأرز", "2025-08", 190],
        ["Province du Valclair", "2025-08", 8200],
        ["Irherm", "2025-08", 400],
    ]
    content = write_workbook(rows)
    report = prepare_for_store(province_store, content, "saisie.xlsx", TODAY)
    assert set(report.observations["commune_code"]) == {PASS, ISLE}
    by_key = {finding.key: finding for finding in report.findings}
    assert by_key["total_row"].values["text"] == "Province du Valclair"
    assert [key for key in by_key if key.startswith("commune_unknown")]
    assert report.cells_set_aside == 2
    accept_import(province_store, content, report)
    figures = load_figures(published(VALCLAIR), province=VALCLAIR)
    assert figures.column("pupils_primary", pd.Timestamp("2025-08-01"))[PASS] == 210


PLACES = ["Mois", "Commune", "Nom de l'établissement", "Type d'établissement", "Latitude", "Longitude", "Fonctionnement"]


@pytest.mark.parametrize(("place", "is_outside"), [((32.37, -3.9), False), ((30.47, -8.87), True)])
def test_a_facility_is_placed_against_the_boundaries_of_its_province(province_store, place, is_outside):
    row = ["2025-08", "Col-du-Vent", "Un centre", "centre de santé", *place, "Fonctionnel"]
    report = prepare_for_store(province_store, write_workbook([PLACES, row]), "etablissements.xlsx", TODAY)
    assert report.records_in["facilities"] == 1
    assert ("coordinates_outside_province" in {finding.key for finding in report.findings}) is is_outside


@pytest.fixture
def client(two_provinces):
    return open_client()


def test_the_interface_answers_for_each_province(client):
    assert len(client.get("/api/v1/communes").json()["communes"]) == 89
    answer = client.get("/api/v1/communes?province=valclair").json()
    assert (answer["province"], len(answer["communes"])) == ("valclair", 12)
    row = client.get(f"/api/v1/pressure?province=valclair&indicator=ISP&commune={CAPITAL}").json()["results"][0]
    assert row["commune_code"] == CAPITAL
    # A code of one province means nothing in another.
    assert client.get(f"/api/v1/pressure?commune={CAPITAL}").status_code == 400
    refused = client.get("/api/v1/communes?province=mars")
    assert (refused.status_code, refused.json()["parameter"]) == (400, "province")
    assert "valclair" in refused.json()["allowed"]


def test_sheets_and_layers_are_those_of_the_province_asked_for(client):
    assert "Province du Valclair" in client.get(f"/sheet/{CAPITAL}?province=valclair").text
    assert client.get(f"/sheet/{CAPITAL}").status_code == 404
    unknown = client.get(f"/sheet/{CAPITAL}?province=mars")
    assert unknown.status_code == 400
    assert "province=valclair" in unknown.text
    missing = client.get("/sheet/0?province=valclair")
    assert (missing.status_code, missing.text.count("<li>")) == (404, 12)
    assert "province=valclair" in missing.text
    layer = client.get("/assets/layers/valclair/communes.geojson").json()
    assert {f["properties"]["commune_code"][:6] for f in layer["features"]} == {"99.900"}
    assert client.get("/assets/layers/mars/communes.geojson").status_code == 404
    assert client.get("/assets/layers/valclair/..%2Fterritory.yaml").status_code == 404
    assert set(client.get("/healthz").json()["provinces"]) == {"taroudannt", "valclair"}


def test_figures_of_one_province_never_stand_in_for_those_of_another(two_provinces):
    ours = load_figures(published(VALCLAIR), province=VALCLAIR)
    default = load_figures(published())
    assert (len(ours.territory), len(default.territory)) == (12, 89)
    assert set(ours.territory).isdisjoint(default.territory)
    assert ours.attribution == "Invented boundaries"
    assert default.attribution == "© OpenStreetMap contributors"


def test_links_carry_the_province_where_there_is_a_choice_and_are_as_they_were_where_there_is_none(
    two_provinces, monkeypatch
):
    figures = load_figures(published(VALCLAIR), province=VALCLAIR)
    from pages.address.selection import read_selection

    assert read_selection(figures, {}).address()["province"] == "valclair"
    monkeypatch.setenv(OFFERED_VARIABLE, "valclair")
    assert "province" not in read_selection(figures, {}).address()


def test_the_sidebar_offers_the_provinces_and_begins_anew_in_another(two_provinces):
    app = open_screen("commune", lang="fr", commune="09.541.04.67", province="taroudannt", month="2025-06")
    choice = next(box for box in app.sidebar.selectbox if box.key == "province")
    assert choice.options == ["Taroudannt", "Valclair"]
    app.session_state["_report"] = "a file read for the first province"
    choice.set_value("valclair").run()
    assert not app.exception
    assert app.session_state["commune"].startswith("99.900")
    assert app.session_state["month"] == "2025-06"
    assert "_report" not in app.session_state


def test_with_one_province_the_sidebar_has_no_choice(province_store):
    app = open_screen("overview", lang="fr")
    assert "province" not in [box.key for box in app.sidebar.selectbox]


def test_a_store_made_before_territories_had_folders_is_read_and_written_where_it_lies(
    built_store, tmp_path, monkeypatch, capsys
):
    import shutil

    shutil.copytree(built_store, tmp_path / "store")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "store"))
    monkeypatch.setenv("SERVICE_PRESSURE_TERRITORY_FOLDERS", str(Path(__file__).parents[1] / "territories"))
    monkeypatch.setenv(OFFERED_VARIABLE, "valclair,taroudannt")
    # It is Taroudannt's, even where another province is the default one.
    assert published() is None
    assert main(["--territory", "taroudannt", "drop-demonstration"]) == 0
    assert not (tmp_path / "store" / "taroudannt").exists()
    assert main(["init", "--without-demonstration", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["snapshot"] == published()
    assert (tmp_path / "store" / "valclair" / "current").exists()
