"""Definitions are complete: every norm has value, date, status and source; every indicator computes from what exists."""

import dataclasses
import re
import shutil
from datetime import date

import pytest

from analytics.assessment import assess
from analytics.assumptions import OFFERED_PROFILES, NormProfile
from analytics.demand import SUMS, observed_variables
from analytics.norms import NormStatus
from data.i18n import LANGUAGES, Translator
from data.importing.blocks.headings import list_headings, reduce_heading
from data.loaders.definition_set import DefinitionSet
from data.loaders.files import DEFINITIONS, DefinitionFiles
from data.loaders.today import load_definitions, load_variables, monthly_sheets
from data.loaders.yaml_text import read_yaml
from data.reference_files import read_province_totals
from tests.panels import one_commune
from tests.territories import TAROUDANNT

OF_THE_METHOD_NOTE = {
    "EDU01", "EDU01B", "EDU02", "EDU03", "EDU04", "EDU05", "EDU06", "EDU07", "EDU08", "EDU09", "EDU10",
    "HEA01", "HEA02", "HEA03", "HEA04", "HEA06", "HEA07", "HEA08", "HEA09", "HEA10", "HEA11",
    "CIV01", "CIV02", "CIV03", "CIV04", "CIV05", "CIV06", "CIV07", "CIV08", "CIV09", "CIV10",
}  # fmt: skip
EXTENSIONS = {"WAT01", "WAT02", "SAN01", "SAN02", "SHE01", "SHE02", "SOC01", "WAS01"}


def every_indicator(definitions):
    kinds = (definitions.indicators, definitions.province_indicators, definitions.extensions)
    return [indicator for kind in kinds for indicator in kind.values()]


def extension_units():
    """Units of the variables that are asked once an extension sector is on."""
    return {entry["unit"] for entry in read_yaml(DEFINITIONS / "variables" / "extensions.yaml")["variables"].values()}


def test_every_indicator_of_the_method_note_is_there():
    definitions = load_definitions()
    assert {*definitions.indicators, *definitions.extensions} >= OF_THE_METHOD_NOTE | EXTENSIONS
    assert set(definitions.province_indicators) == {"HEA05"}
    assert set(definitions.sectors) == set(load_definitions().services)


def test_every_norm_value_says_where_it_comes_from():
    for norm in load_definitions().norms.values():
        assert set(norm.labels) == set(LANGUAGES)
        assert norm.values, norm.id
        for value in norm.values:
            assert value.source.title, norm.id
            assert value.source.publisher or value.source.url, norm.id
            assert value.source.date, norm.id
            assert value.last_value_still_valid_on is not None, norm.id
        assert any(value.profile is NormProfile.PLANNING for value in norm.values), norm.id
        assert len({(v.profile, v.effective_from) for v in norm.values}) == len(norm.values), norm.id


@pytest.mark.parametrize(
    ("norm", "profile", "value"),
    [
        ("pupils_per_classroom_primary", NormProfile.EMERGENCY, 40),
        ("pupils_per_classroom_college", NormProfile.EMERGENCY, 40),
        ("pupils_per_teacher", NormProfile.EMERGENCY, 40),
        ("people_per_primary_care_facility", NormProfile.REGIONAL, 15000),
        ("people_per_primary_care_facility", NormProfile.EMERGENCY, 10000),
        ("health_professionals_per_10000", NormProfile.REGIONAL, 8.6),
    ],
)
def test_a_profile_has_its_own_value_or_that_of_planning(norm, profile, value):
    assert load_definitions().norms[norm].in_force(date(2025, 8, 1), profile).value == value


def test_the_unconfirmed_health_map_is_kept_and_never_offered():
    values = [v for norm in load_definitions().norms.values() for v in norm.values if v.profile is NormProfile.HEALTH_MAP]
    assert [v.status for v in values] == [NormStatus.NOT_CONSULTED] * 2
    assert NormProfile.HEALTH_MAP not in OFFERED_PROFILES


@pytest.mark.taroudannt
def test_regional_values_that_are_computed_follow_from_the_totals_of_the_tables():
    totals = read_province_totals(TAROUDANNT)

    def total(indicator, geography):
        rows = totals[(totals["indicator"] == indicator) & (totals["geography"] == geography)]
        return rows["value"].iloc[0]

    norms = load_definitions().norms
    here = "Taroudant province"
    teachers = total("pupils_public", here) / total("teachers_public", here)
    assert norms["pupils_per_teacher"].in_force(date(2025, 8, 1), NormProfile.REGIONAL).value == pytest.approx(
        teachers, abs=0.05
    )
    for norm, rate in (("people_per_expected_birth", "births_per_1000"), ("people_per_expected_death", "deaths_per_1000")):
        assert norms[norm].values[0].value == round(12_000 / total(rate, "Morocco"))
    offices = totals[(totals["indicator"] == "civil_registry_bureaux") & (totals["reference_date"] == "2025")]["value"].iloc[
        0
    ]
    assert norms["people_per_registry_office"].values[0].value == round(total("population", "Morocco") / offices, -2)
    shares = {"primary": 0.06, "college": 0.11, "lycee": 0.12}
    crowded = sum(total(f"pupils_{c}", here) * share for c, share in shares.items()) / total("pupils_public", here)
    assert norms["class_share_over_40"].values[0].value == round(crowded, 3)


def test_every_indicator_is_labelled_sourced_and_computable():
    definitions = load_definitions()
    for indicator in every_indicator(definitions):
        for texts in (indicator.labels, indicator.descriptions, indicator.formulas):
            assert set(texts) == set(LANGUAGES), indicator.id
        assert indicator.sources, indicator.id
        assert all(source.title and source.date for source in indicator.sources), indicator.id
        for term in indicator.terms:
            assert {term.norm, *term.capacity_norms} <= set(definitions.norms), indicator.id
    for indicator in definitions.indicators.values():
        assert set(observed_variables(indicator.variables)) <= set(load_variables()), indicator.id


def test_no_text_of_an_indicator_repeats_the_number_of_its_norm():
    """A norm changes with its profile: the formula names it."""
    definitions = load_definitions()
    for indicator in every_indicator(definitions):
        named = [norm for term in indicator.terms for norm in (term.norm, *term.capacity_norms)]
        values = {v.value for norm in named for v in definitions.norms[norm].values} - {0, 1}
        written = {number for value in values for number in (f"{value:g}", f"{value * 100:g} %", f"{value * 100:g}%")}
        for formula in indicator.formulas.values():
            numbers = set(re.findall(r"\d[\d\u202f,.]*\s?%?", formula.replace("10 000", "").replace("12 mois", "")))
            assert not {n.strip() for n in numbers} & written, (indicator.id, formula)


def test_weights_of_a_sector_sum_to_one():
    definitions = load_definitions()
    for sector in load_definitions().services:
        assert sum(i.weight for i in definitions.of_sector(sector)) == pytest.approx(1.0)


def test_units_have_words_in_every_language():
    definitions = load_definitions()
    units = {v.unit for v in load_variables().values()} | {i.unit for i in every_indicator(definitions)}
    units |= {norm.unit for norm in definitions.norms.values()} | extension_units()
    people = {i.people for i in every_indicator(definitions) if i.has_pressure}
    for language in LANGUAGES:
        assert [u for u in units if not Translator(language).has(f"unit.{u}")] == []
        assert [p for p in people if not Translator(language).has(f"commune.above_{p}")] == []


def test_every_variable_has_labels_help_and_hxl():
    monthly = [v for sheet in monthly_sheets() for v in sheet.variables]
    assert len(monthly) >= 76
    for variable in load_variables().values():
        assert set(variable.labels) == set(LANGUAGES) == set(variable.help), variable.id
        assert variable.hxl.startswith("#"), variable.id
        assert variable.at_most is None or variable.at_most in load_variables()
    assert len({v.hxl for v in load_variables().values()}) == len(load_variables())


def test_every_heading_means_one_figure_only():
    fields = {}
    for heading, field in list_headings():
        # The columns of a tool ("_status") are known by their whole names.
        read = heading if heading.startswith("_") else reduce_heading(heading)
        assert fields.setdefault(read, field) == field, heading


def test_every_count_of_people_has_a_disclosure_threshold():
    for variable in load_variables().values():
        # A share of people, and documents by household, tell the count that they are of.
        tells = variable.people or variable.share_of is not None or variable.id == "documents_reissued_total"
        assert (variable.disclosure_threshold is not None) <= tells, variable.id
        assert variable.disclosure_threshold is not None or not variable.people, variable.id
        assert variable.disclosure_threshold in (None, 5, 10), variable.id
        assert variable.rounding is None or tells, variable.id
    events = ("births", "deaths", "penta3", "outpatient", "displaced_outpatient")
    for variable in load_variables().values():
        if variable.people:
            assert variable.disclosure_threshold == (10 if variable.id.startswith(events) else 5), variable.id


def test_the_parts_of_a_split_are_two_at_least_and_name_a_total_that_exists():
    splits = {}
    for variable in load_variables().values():
        assert (variable.part_of is None) == (variable.split == ""), variable.id
        if variable.part_of:
            splits.setdefault((variable.part_of, variable.split), []).append(variable)
            assert variable.part_of in load_variables() or variable.part_of in SUMS
            assert variable.rounding == 5
    assert {split for _, split in splits} == {"sex", "age"}
    assert len(splits["displaced_persons", "age"]) == 4
    assert all(len(parts) == 2 for (_, split), parts in splits.items() if split == "sex")


def test_an_indicator_is_a_file_and_nothing_else(tmp_path, figures):
    """Copy one indicator's file under another id: it computes, is labelled and is offered, without a line of code."""
    folder = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, folder)
    text = (DEFINITIONS / "indicators" / "EDU02.yaml").read_text(encoding="utf-8")
    new = text.replace("id: EDU02", "id: EDU99").replace("weight: 0.3", "weight: 0.0")
    (folder / "indicators" / "EDU99.yaml").write_text(new, encoding="utf-8")
    definitions = DefinitionSet(DefinitionFiles(folder, territory=TAROUDANNT.folder)).definitions
    frame = assess(figures.assessment.panel, definitions).frame(["EDU02", "EDU99"])
    values = frame.pivot_table(index=["commune_code", "reference_date"], columns="indicator_id", values="value")
    assert (values["EDU02"] == values["EDU99"]).all()
    assert len(values) == 89 * 24


def test_an_extension_is_switched_on_by_its_file_alone(tmp_path):
    """Without it, no sheet and no column; with it, its variables are asked and it computes by the same machinery."""
    folder = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, folder)
    for path in (folder / "indicators").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("enabled: true\n", "enabled: false\n"), encoding="utf-8")
    switched_off = DefinitionSet(DefinitionFiles(folder, territory=TAROUDANNT.folder))
    assert "extensions" not in [sheet.id for sheet in switched_off.sheets]
    assert "water_litres_day" not in switched_off.variables
    for name in ("WAT01", "WAT02"):
        path = folder / "indicators" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("enabled: false\n", ""), encoding="utf-8")
    switched_on = DefinitionSet(DefinitionFiles(folder, territory=TAROUDANNT.folder))
    (sheet,) = [s for s in switched_on.sheets if s.id == "extensions"]
    asked = {v.id for v in sheet.variables}
    assert {"water_litres_day", "displaced_on_sites", "taps", "open_wells"} <= asked
    assert asked.isdisjoint({"toilets", "covered_area_m2", "social_workers", "households_dumping_waste"})
    definitions = switched_on.definitions
    assert set(observed_variables(definitions.indicators["WAT02"].variables)) <= asked
    # 2,000 people on sites, 24,000 litres a day: 12 litres each, 15 / 12 = 1.25; taps 4 x 250 + handpumps 1 x 500 + wells
    # 1 x 400 = 1,900 people at the norm, 1,000 + 600 + 300 served by them: exactly the norm.
    values = {
        "displaced_on_sites": 2000.0, "water_litres_day": 24000.0, "people_using_taps": 1000.0, "people_using_handpumps": 600.0,
        "people_using_wells": 300.0, "taps": 4.0, "handpumps": 1.0, "open_wells": 1.0,
    }  # fmt: skip
    results = assess(one_commune(values), definitions).frame(["WAT01", "WAT02"]).set_index("indicator_id")
    assert results["value"].to_list() == pytest.approx([12.0, 1900 / 6])
    assert results["pressure"].to_list() == pytest.approx([1.25, 1.0])
    assert results["severity_class"].to_list() == [4, 2]


def test_the_value_types_cannot_be_changed():
    indicator = load_definitions().indicators["EDU01"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        indicator.weight = 0.9
