"""Demonstration figures: documented, repeatable, calibrated to named totals, marked one by one."""

import pandas as pd
import pytest

from data.catalogue import load_variables, monthly_sheets
from data.demonstration import build_demonstration, read_parameters
from data.reference_files import read_communes, read_province_totals, read_reference_files

MONTHLY = [v.id for sheet in monthly_sheets() for v in sheet.variables]


def build():
    reference = pd.concat([f.observations for f in read_reference_files()])
    return build_demonstration(read_communes(), reference, read_province_totals())


@pytest.fixture(scope="module")
def figures():
    return build()


def sums(figures, variable):
    return figures[figures["variable"] == variable].groupby("reference_date")["value"].sum()


def total(indicator):
    rows = read_province_totals()
    return rows[(rows["indicator"] == indicator) & (rows["geography"] == "Taroudant province")]["value"].iloc[0]


def test_the_same_seed_gives_the_same_figures(figures):
    pd.testing.assert_frame_equal(figures, build())


def test_twenty_four_months_every_commune_every_variable_all_marked(figures):
    assert set(figures["variable"]) == set(MONTHLY)
    assert len(figures) == 89 * 24 * 30
    assert set(figures["provenance"]) == {"demonstration"}
    assert set(figures["reliability"]) == {"D"}
    assert figures["reference_date"].min() == pd.Timestamp("2023-09-01")
    assert figures["reference_date"].max() == pd.Timestamp("2025-08-01")
    assert (figures["source"] != "").all()


@pytest.mark.parametrize(
    "variable", ["pupils_primary", "pupils_college", "pupils_lycee", "teachers_primary", "teachers_college"]
)
def test_schools_sum_to_the_published_totals_of_the_school_year(figures, variable):
    first_year = sums(figures, variable)[:"2024-08-01"]
    assert (first_year == total(variable)).all()


def test_staff_and_facilities_sum_to_their_totals(figures):
    assert (sums(figures, "doctors") == total("public_doctors")).all()
    assert (sums(figures, "nurses") + sums(figures, "midwives") == total("nurses")).all()
    assert sums(figures, "primary_care_facilities_functional").max() <= total("primary_care_facilities")


def test_displaced_people_pass_through_both_anchors(figures):
    displaced = sums(figures, "displaced_persons")
    assert displaced["2023-09-01"] == total("persons_affected_first_count")
    reference = pd.concat([f.observations for f in read_reference_files()])
    proxy = (
        reference[reference["variable"] == "shelter_proxy_persons"]
        .set_index("commune_code")["value"]
        .fillna(0)
        .clip(lower=0)
    )
    september = figures[(figures["variable"] == "displaced_persons") & (figures["reference_date"] == "2024-09-01")]
    difference = (september.set_index("commune_code")["value"] - proxy).abs()
    assert difference.max() <= 1
    assert (displaced.diff().dropna() <= 0).all()


def test_every_parameter_names_its_rule():
    def leaves(node):
        if isinstance(node, dict):
            if "value" in node or "indicator" in node:
                yield node
            for child in node.values():
                yield from leaves(child)

    found = list(leaves(read_parameters()))
    assert len(found) > 15
    assert all(leaf.get("rule") for leaf in found)


def test_parts_never_exceed_their_wholes(figures):
    wide = figures.pivot_table(index=["commune_code", "reference_date"], columns="variable", values="value", dropna=False)
    for variable in load_variables().values():
        if variable.monthly and variable.at_most:
            assert not (wide[variable.id] > wide[variable.at_most]).any(), variable.id
        if variable.monthly and variable.maximum is not None:
            assert not (wide[variable.id] > variable.maximum).any(), variable.id
