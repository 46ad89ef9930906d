"""People counted in a file beside the census: what is asked about, what is set aside, and what passes in silence."""

import datetime

import pandas as pd
import pytest

from data import queries
from data.demonstration import build_demonstration
from data.i18n import LANGUAGES, Translator
from data.importing.accept import prepare_for_store
from data.importing.checks import CheckContext, against_population
from data.importing.findings import Severity
from data.importing.population_ceilings import build_levels
from data.loaders.files import DEFINITIONS
from data.loaders.today import load_ceilings, load_reference_labels, load_variables
from data.loaders.yaml_text import read_yaml
from data.reference_files import read_communes, read_province_totals, read_reference_files
from tests.territories import TAROUDANNT
from tests.workbooks import write_workbook

TODAY = datetime.date(2025, 9, 15)
TIZI, SMALLEST = "09.541.04.67", "09.541.03.21"
HEADER = ["Code commune", "Mois", "Personnes déplacées", "Élèves primaire"]


def prepared(store, *rows):
    return prepare_for_store(store, write_workbook([HEADER, *rows]), "saisie.xlsx", TODAY)


def found(report):
    return {finding.key: finding for finding in report.findings}


@pytest.fixture
def official(built):
    """The figures in force, none of them simulated."""
    with built.open() as connection:
        return queries.read_values(connection, queries.whole_territory(connection))


def with_ceiling(figures, official):
    """Figures that have a ceiling, beside the levels of their commune."""
    ceiling_of = {v.id: v.ceiling for v in load_variables().values() if v.ceiling}
    return figures.assign(ceiling=figures["variable"].map(ceiling_of)).merge(
        build_levels(official), on=["commune_code", "ceiling"]
    )


@pytest.fixture(scope="module")
def demonstration():
    reference = pd.concat([file.observations for file in read_reference_files(TAROUDANNT)])
    return build_demonstration(TAROUDANNT, read_communes(TAROUDANNT), reference, read_province_totals(TAROUDANNT))


def test_what_nobody_can_host_or_teach_is_set_aside_with_the_census_beside_it(built):
    report = prepared(built, [TIZI, "2025-08", 900_000, 4050])
    assert (report.cells_kept, report.cells_set_aside) == (0, 2)
    hosted, pupils = (f for f in report.findings if f.key == "people_impossible")
    assert (hosted.severity, hosted.cells, pupils.cells) == (Severity.ERROR, ("Saisie août!C2",), ("Saisie août!D2",))
    for language in LANGUAGES:
        t = Translator(language)
        for finding, value, census in ((hosted, 900_000, 3588), (pupils, 4050, 344)):
            assert t.number(value) in finding.message(t)
            assert t.number(census) in finding.message(t)
            assert "2024" in finding.message(t)
            assert finding.remedy(t)


def test_more_people_than_residents_is_kept_and_asked_about(built):
    report = prepared(built, [TIZI, "2025-08", 3589, 689], [SMALLEST, "2025-08", 4000, 90])
    assert report.cells_set_aside == 0
    hosted, pupils = (f for f in report.findings if f.key == "people_above_census")
    assert (hosted.severity, hosted.cells) == (Severity.WARNING, ("Saisie août!C2", "Saisie août!C3"))
    assert pupils.cells == ("Saisie août!D2",)
    assert "3 588 ; 814 habitants" in hosted.message(Translator("fr")).replace("\u202f", " ").replace("\xa0", " ")


def test_as_many_as_residents_and_twice_the_children_pass_in_silence(built):
    report = prepared(built, [TIZI, "2025-08", 3588, 687])
    assert report.findings == ()
    assert report.cells_kept == 2


@pytest.mark.parametrize(("persons", "kept"), [(24_886, 1), (24_887, 0)])
def test_the_smallest_commune_may_hold_the_official_count_of_the_province(built, persons, kept):
    assert prepared(built, [SMALLEST, "2025-08", persons, None]).cells_kept == kept


def test_the_largest_commune_holds_no_more_than_the_province(built, official):
    levels = build_levels(official).set_index(["ceiling", "commune_code"])["impossible_above"]
    assert (levels["acts"] <= 858_162).all()
    assert levels["acts"].max() == 858_162


def test_every_figure_that_ships_passes_in_silence(built, official, demonstration):
    context = CheckContext(read_communes(TAROUDANNT), official, TODAY, TAROUDANNT)
    cells = demonstration.assign(cell="x").reset_index(drop=True)
    assert with_ceiling(cells, official)["value"].notna().sum() > 60_000
    assert against_population.check(cells, context) == []
    assert against_population.check(official.assign(cell="x"), context) == []


def test_the_highest_demonstration_figure_is_the_one_that_the_definition_names(official, demonstration):
    beside = with_ceiling(demonstration, official)
    highest = (beside["value"] / beside["reference"]).groupby(beside["ceiling"]).max()
    assert {c.id: c.highest for c in load_ceilings().values()} == pytest.approx(highest.to_dict(), abs=0.001)


@pytest.mark.taroudannt
def test_without_a_census_nothing_is_said():
    nothing = pd.DataFrame(columns=["commune_code", "reference_date", "variable", "value", "provenance"]).astype(
        {"value": float, "reference_date": "datetime64[us]"}
    )
    cells = pd.DataFrame({"commune_code": [TIZI], "variable": ["displaced_persons"], "value": [9e9], "cell": ["C2"]})
    assert against_population.check(cells, CheckContext(read_communes(TAROUDANNT), nothing, TODAY, TAROUDANNT)) == []


def test_every_count_of_people_has_a_ceiling_that_says_why():
    people = [v for v in load_variables().values() if v.monthly and v.people and v.unit != "staff"]
    assert [v.id for v in people if v.ceiling not in load_ceilings()] == []
    asked = [
        (name, entry)
        for path in (DEFINITIONS / "variables").glob("*.yaml")
        for name, entry in read_yaml(path)["variables"].items()
    ]
    assert {entry["ceiling"] for _, entry in asked if "ceiling" in entry} == set(load_ceilings())
    for ceiling in load_ceilings().values():
        assert ceiling.reason
        assert ceiling.highest < ceiling.check_above < ceiling.impossible_above, ceiling.id
        assert set(load_reference_labels()[ceiling.against]) == set(LANGUAGES)
    definition = read_yaml(DEFINITIONS / "population_ceilings.yaml")
    assert definition["status"]
    assert {"title", "publisher", "date"} <= set(definition["source"])


@pytest.mark.taroudannt
def test_no_count_of_a_commune_exceeds_the_people_of_the_province(built):
    header = ["Code commune", "Mois", "Médecins", "Demandes en attente"]
    report = prepare_for_store(built, write_workbook([header, [TIZI, "2025-08", 3_000_000, 858_000]]), "saisie.xlsx", TODAY)
    assert found(report)["value_too_large"].cells == ("Saisie août!C2",)
    assert found(report)["value_too_large"].values["maximum"] == people_counted()
    assert list(report.observations["variable"]) == ["registry_backlog"]


def people_counted():
    """The people of the province, from the file that ships."""
    figures = pd.concat(file.observations for file in read_reference_files(TAROUDANNT))
    counted = figures[figures["variable"] == "population"].sort_values("reference_date")
    return counted.drop_duplicates("commune_code", keep="last")["value"].sum()
