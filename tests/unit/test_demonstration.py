"""Demonstration figures: documented, repeatable, calibrated to named totals, marked one by one."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.demand import SUMS
from data import demonstration
from data.demonstration import build_demonstration, displaced_by_month, read_parameters
from data.demonstration_details import split_total
from data.loaders.today import load_variables, monthly_sheets
from data.reference_files import read_communes, read_province_totals, read_reference_files
from tests.territories import TAROUDANNT

MONTHLY = [v.id for sheet in monthly_sheets() for v in sheet.variables]


def build(until=None):
    reference = pd.concat([f.observations for f in read_reference_files(TAROUDANNT)])
    return build_demonstration(TAROUDANNT, read_communes(TAROUDANNT), reference, read_province_totals(TAROUDANNT), until)


@pytest.fixture(scope="module")
def figures():
    return build()


def sums(figures, variable):
    return figures[figures["variable"] == variable].groupby("reference_date")["value"].sum()


def total(indicator):
    rows = read_province_totals(TAROUDANNT)
    return rows[(rows["indicator"] == indicator) & (rows["geography"] == "Taroudant province")]["value"].iloc[0]


@pytest.mark.slow
def test_the_same_seed_gives_the_same_figures(figures):
    pd.testing.assert_frame_equal(figures, build())


@pytest.mark.taroudannt
def test_twenty_four_months_every_commune_all_marked(figures):
    simulated = set(figures["variable"])
    assert len(simulated) >= 76
    assert simulated <= set(MONTHLY)
    assert len(figures) == 89 * 24 * len(simulated)
    assert set(figures["provenance"]) == {"demonstration"}
    assert set(figures["reliability"]) == {"D"}
    assert figures["reference_date"].min() == pd.Timestamp("2023-09-01")
    assert figures["reference_date"].max() == pd.Timestamp("2025-08-01")
    assert (figures["source"] != "").all()


@pytest.mark.taroudannt
def test_it_reaches_the_month_that_is_asked_for_with_the_same_totals(figures):
    longer = build(date(2026, 10, 1))
    assert longer["reference_date"].max() == pd.Timestamp("2026-10-01")
    assert len(longer) == len(figures) // 24 * 38
    assert (sums(longer, "pupils_primary")[:"2024-08-01"] == total("pupils_primary")).all()
    assert (sums(longer, "doctors") == total("public_doctors")).all()
    displaced = sums(longer, "displaced_persons")
    assert displaced["2023-09-01"] == total("persons_affected_first_count")
    assert displaced.is_monotonic_decreasing
    # A month before the last of the parameters takes none away.
    assert build(date(2024, 1, 1)).equals(figures)


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    "variable", ["pupils_primary", "pupils_college", "pupils_lycee", "teachers_primary", "teachers_college"]
)
def test_schools_sum_to_the_published_totals_of_the_school_year(figures, variable):
    first_year = sums(figures, variable)[:"2024-08-01"]
    assert (first_year == total(variable)).all()


@pytest.mark.taroudannt
def test_staff_and_facilities_sum_to_their_totals(figures):
    assert (sums(figures, "doctors") == total("public_doctors")).all()
    assert (sums(figures, "nurses") + sums(figures, "midwives") == total("nurses")).all()
    assert sums(figures, "primary_care_facilities_functional").max() <= total("primary_care_facilities")


@pytest.mark.taroudannt
def test_displaced_people_pass_through_both_anchors(figures):
    displaced = sums(figures, "displaced_persons")
    assert displaced["2023-09-01"] == total("persons_affected_first_count")
    reference = pd.concat([f.observations for f in read_reference_files(TAROUDANNT)])
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

    found = list(leaves(read_parameters(TAROUDANNT)))
    assert len(found) > 15
    assert all(leaf.get("rule") for leaf in found)


def test_the_details_leave_every_other_figure_as_it_is(figures, monkeypatch):
    parameters = read_parameters(TAROUDANNT)
    monkeypatch.setattr(
        demonstration, "read_parameters", lambda _province: {**parameters, "details": {**parameters["details"], "seed": 7}}
    )
    other = build()
    changed = set(figures.loc[(figures["value"] != other["value"]) & figures["value"].notna(), "variable"])
    assert "displaced_women" in changed
    assert changed.isdisjoint(
        {"displaced_persons", "pupils_primary", "doctors", "nurses", "registry_agents_fte", "births_registered"}
    )


def wide_table(figures):
    return figures.pivot_table(index=["commune_code", "reference_date"], columns="variable", values="value", dropna=False)


def test_parts_of_every_split_add_up_to_their_total(figures):
    wide = wide_table(figures)
    splits = {(v.part_of, v.split) for v in load_variables().values() if v.part_of}
    assert len(splits) == 8
    for whole, split in splits:
        parts = [v.id for v in load_variables().values() if (v.part_of, v.split) == (whole, split)]
        total = wide[list(SUMS.get(whole, (whole,)))].sum(axis=1)
        pd.testing.assert_series_equal(wide[parts].sum(axis=1), total, check_names=False)


def test_every_count_is_whole_and_none_is_negative(figures):
    wide = wide_table(figures)
    assert not (wide < 0).any(axis=None)
    counted = [v for v in wide.columns if load_variables()[v].integer]
    assert (wide[counted] % 1 == 0).all(axis=None)


def test_a_total_is_split_by_hand():
    # 10 by .093, .224, .543, .14: limits round(.93) 1, round(3.17) 3, round(8.6) 9, 10 -> 1, 2, 6, 1.
    parts = split_total(np.array([10.0, 0.0]), np.array([0.093, 0.224, 0.543, 0.14]))
    assert parts[:, 0].tolist() == [1, 2, 6, 1]
    assert parts[:, 1].tolist() == [0, 0, 0, 0]


def test_parts_never_exceed_their_wholes(figures):
    wide = wide_table(figures)
    for variable in load_variables().values():
        if variable.monthly and variable.at_most:
            assert not (wide[variable.id] > wide[variable.at_most]).any(), variable.id
        if variable.monthly and variable.maximum is not None:
            assert not (wide[variable.id] > variable.maximum).any(), variable.id


def test_a_demonstration_of_less_than_a_year_stops_before_the_month_that_the_census_is_of():
    proxy = np.array([30, 0, 70])
    whole, short = displaced_by_month(proxy, 400, 13, 1.0), displaced_by_month(proxy, 400, 6, 1.0)
    assert list(whole[:, 12]) == [30, 0, 70]
    np.testing.assert_array_equal(short, whole[:, :6])
