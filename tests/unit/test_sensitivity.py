"""What moves the ranking, and short lists by criteria, on cases small enough to do by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.assumptions import DEFAULTS
from analytics.selection_criteria import points_by_criterion, reasons_left_out, select_places
from analytics.sensitivity import Kind, list_moves, measure_sensitivity
from data.loaders.today import load_definitions

DEFINITIONS = load_definitions()


@pytest.fixture
def moves(figures):
    panel = figures.assessment.panel.of_month(figures.months[-1])
    return panel, measure_sensitivity(panel, DEFINITIONS)


def test_every_norm_that_weighs_is_moved_both_ways():
    moved = {(m.id, m.way) for m in list_moves(DEFINITIONS, DEFAULTS) if m.kind is Kind.NORM}
    weighing = {t.norm for i in DEFINITIONS.indicators.values() if i.weight > 0 for t in i.terms}
    assert {(norm, way) for norm in weighing for way in ("lower", "higher")} <= moved
    assert ("health_professionals_per_10000", "lower") not in moved


def test_the_list_begins_with_what_moves_most_and_nothing_moves_for_free(moves):
    _, frame = moves
    assert frame["rank_shift"].is_monotonic_decreasing
    assert (frame["rank_shift"] > 0).any()
    lower = frame.set_index(["kind", "id", "way"]).loc[("norm", "visits_per_clinician_day", "lower")]
    higher = frame.set_index(["kind", "id", "way"]).loc[("norm", "visits_per_clinician_day", "higher")]
    # A clinician who may see fewer people is under more pressure.
    assert lower["score_shift"] > 0 > higher["score_shift"]


@pytest.mark.slow
def test_a_rule_that_is_already_in_force_moves_nothing(moves):
    panel, _ = moves
    worst = measure_sensitivity(panel, replace(DEFINITIONS, composite_power=np.inf)).set_index(["kind", "way"])
    assert worst.loc[("rule", "worst"), ["rank_shift", "class_changes", "score_shift"]].tolist() == [0, 0, 0]


CRITERIA = pd.DataFrame(
    {"severity": [90.0, 60.0, 30.0, np.nan], "people": [100.0, 900.0, 500.0, 700.0]}, index=["a", "b", "c", "d"]
)


def test_a_short_list_by_hand():
    # Of a, b, c: severity places 3/3, 2/3, 1/3; people places 1/3, 3/3, 2/3. Equal weights: a 2/3, b 5/6, c 1/2.
    listed = select_places(CRITERIA, {"severity": 1, "people": 1}, 1)
    assert list(listed.index) == ["b", "a", "c"]
    assert listed["points"].tolist() == pytest.approx([5 / 6, 2 / 3, 1 / 2])
    assert listed["selected"].tolist() == [True, False, False]
    assert "d" not in listed.index


def test_a_criterion_without_weight_is_not_asked_for():
    listed = select_places(CRITERIA, {"severity": 0, "people": 2}, 2)
    assert list(listed.index) == ["b", "d", "c", "a"]
    assert listed["share_selected"].tolist() == [1, 1, 0, 0]


def test_a_commune_near_the_edge_of_the_list_is_selected_in_part_of_the_draws():
    listed = select_places(CRITERIA, {"severity": 1, "people": 1}, 1)
    assert 0.5 < listed.loc["b", "share_selected"] < 1
    assert listed["share_selected"].sum() == pytest.approx(1)


def test_points_by_criterion_are_the_points():
    # Weights 1 and 3 of 4: b has 2/3 of a quarter and 3/3 of three quarters.
    weights = {"severity": 1, "people": 3}
    parts = points_by_criterion(CRITERIA, weights)
    assert parts.loc["b"].tolist() == pytest.approx([1 / 6, 3 / 4])
    listed = select_places(CRITERIA, weights, 1)
    assert parts.sum(axis=1).loc[listed.index].tolist() == pytest.approx(listed["points"].tolist())


def test_who_is_left_out_has_a_reason_and_one_only():
    weights, least = {"severity": 1, "people": 0}, {"people": 500.0}
    assert reasons_left_out(CRITERIA, weights, least, ["c"]) == {
        "a": ("below", "people"),
        "c": ("excluded", ""),
        "d": ("unknown", "severity"),
    }
    assert reasons_left_out(CRITERIA, {"people": 1}, {}, []) == {}


def test_no_weight_at_all_is_refused():
    with pytest.raises(ValueError, match="weight"):
        select_places(CRITERIA, {"severity": 0}, 1)
