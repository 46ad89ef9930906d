"""Definitions are complete: every norm has value, date, status and source; every indicator computes from what exists."""

import dataclasses

import pytest

from analytics.assessment import assess
from analytics.demand import observed_variables
from analytics.model import SECTORS
from data import definitions_files
from data.catalogue import DEFINITIONS, load_variables, monthly_sheets
from data.definitions_files import load_definitions
from data.i18n import LANGUAGES, Translator

NAMED_BY_THE_ISSUE = {
    "EDU01", "EDU02", "EDU03", "EDU04", "EDU08", "HEA01", "HEA02", "HEA04", "HEA07", "CIV01", "CIV02", "CIV03", "CIV07", "CIV10",
}  # fmt: skip


def test_the_indicators_that_the_foundation_names_are_there():
    assert set(load_definitions().indicators) >= NAMED_BY_THE_ISSUE


def test_every_norm_value_says_where_it_comes_from():
    for norm in load_definitions().norms.values():
        assert set(norm.labels) == set(LANGUAGES)
        assert norm.values, norm.id
        for value in norm.values:
            assert value.source.title, norm.id
            assert value.source.publisher or value.source.url, norm.id
            assert value.source.date, norm.id
            assert value.last_value_still_valid_on is not None, norm.id


def test_every_indicator_is_labelled_sourced_and_computable():
    definitions = load_definitions()
    for indicator in definitions.indicators.values():
        for texts in (indicator.labels, indicator.descriptions, indicator.formulas):
            assert set(texts) == set(LANGUAGES), indicator.id
        assert indicator.sources, indicator.id
        assert all(source.title and source.date for source in indicator.sources), indicator.id
        assert set(observed_variables(indicator.variables)) <= set(load_variables()), indicator.id
        for term in indicator.terms:
            assert {term.norm, *term.capacity_norms} - {""} <= set(definitions.norms), indicator.id


def test_weights_of_a_sector_sum_to_one():
    definitions = load_definitions()
    for sector in SECTORS:
        assert sum(i.weight for i in definitions.of_sector(sector)) == pytest.approx(1.0)


def test_units_have_words_in_every_language():
    definitions = load_definitions()
    units = {v.unit for v in load_variables().values()} | {i.unit for i in definitions.indicators.values()}
    for language in LANGUAGES:
        assert [u for u in units if not Translator(language).has(f"unit.{u}")] == []


def test_thirty_monthly_variables_with_labels_help_and_hxl():
    monthly = [v for sheet in monthly_sheets() for v in sheet.variables]
    assert len(monthly) == 30
    for variable in load_variables().values():
        assert set(variable.labels) == set(LANGUAGES) == set(variable.help), variable.id
        assert variable.hxl.startswith("#"), variable.id
        assert variable.at_most is None or variable.at_most in load_variables()


def test_an_indicator_is_a_file_and_nothing_else(tmp_path, monkeypatch, figures):
    """Copy one indicator's file under another id: it computes, is labelled and is offered, without a line of code."""
    folder = tmp_path / "definitions"
    for part in ("norms", "legends", "indicators"):
        (folder / part).mkdir(parents=True)
        for path in (DEFINITIONS / part).glob("*.yaml"):
            (folder / part / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("reliability.yaml", "uncertainty.yaml"):
        (folder / name).write_text((DEFINITIONS / name).read_text(encoding="utf-8"), encoding="utf-8")
    text = (DEFINITIONS / "indicators" / "EDU02.yaml").read_text(encoding="utf-8")
    new = text.replace("id: EDU02", "id: EDU99").replace("weight: 0.3", "weight: 0.0")
    (folder / "indicators" / "EDU99.yaml").write_text(new, encoding="utf-8")
    monkeypatch.setattr(definitions_files, "DEFINITIONS", folder)
    definitions = load_definitions.__wrapped__()
    frame = assess(figures.assessment.panel, definitions).frame(["EDU02", "EDU99"])
    values = frame.pivot_table(index=["commune_code", "reference_date"], columns="indicator_id", values="value")
    assert (values["EDU02"] == values["EDU99"]).all()
    assert len(values) == 89 * 24


def test_the_value_types_cannot_be_changed():
    indicator = load_definitions().indicators["EDU01"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        indicator.weight = 0.9
