"""What a figure is worth: the share of variance that it decides, by hand where it is known in closed form."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.assessment import COMPOSITE_ID, assess
from analytics.assumptions import Assumptions, FigureKinds
from analytics.uncertainty import draw_with_errors
from analytics.worth import between_groups, explained_share, measure_worth
from data.i18n import Translator
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.words.view import View
from pages.words.worth import SHOWN, name_figure, state_worth, unknown_indicators, worth_rows
from tests.unit.scenario_panels import CODES, SETTING, small_panel

GENERATOR = np.random.default_rng(20)


def drawn(count=20_000):
    return GENERATOR.standard_normal((3, count))


def test_a_sum_of_two_errors_is_explained_by_each_in_the_share_of_its_variance():
    # Y = 3a + b + 0c: 90 %, 10 % and nothing.
    a, b, c = drawn()
    figure = 3 * a + b
    shares = [explained_share(figure, np.argsort(error)) for error in (a, b, c)]
    # Ten groups see 0.97 of what a normal error decides: inside a group it still varies a little.
    assert shares == pytest.approx([0.9 * 0.97, 0.1 * 0.97, 0.0], abs=0.02)


def test_what_is_decided_by_no_error_has_no_worth_and_what_is_constant_neither():
    a, b, _ = drawn(2000)
    assert explained_share(a, np.argsort(b)) == pytest.approx(0, abs=0.02)
    assert explained_share(np.full(2000, 7.0), np.argsort(b)) == 0


def test_chance_alone_is_taken_off_on_average():
    found = [between_groups(GENERATOR.standard_normal((1, 1000)), GENERATOR.permutation(1000))[0] for _ in range(200)]
    assert np.mean(found) == pytest.approx(0, abs=0.002)


def test_the_worthiest_figures_of_the_demonstration(figures):
    monthly = {name for name, variable in figures.definition_set.variables.items() if variable.monthly}
    frame = figures.worth(figures.months[-1])
    assert set(frame["variable"]) <= monthly
    # Nothing that weighs nowhere is asked for.
    assert "days_without_doctor" not in set(frame["variable"])
    assert frame["list_surer"].is_monotonic_decreasing
    assert frame[["narrowing", "class_surer", "list_surer"]].min().min() >= 0
    assert frame[["narrowing", "class_surer", "list_surer"]].max().max() <= 1
    # One figure of one commune says little of a list of twenty, and never more than all doubt.
    assert 0 < frame["list_surer"].iloc[0] < 0.05
    assert frame["list_surer"].sum() < 1.5
    assert measure_worth(figures.assessment, figures.definitions, figures.months[-1], frozenset()).empty


def test_a_share_of_the_list_is_of_the_variance_of_standing_on_it(figures):
    month, best = figures.months[-1], figures.worth(figures.months[-1]).iloc[0]
    drawn, errors = draw_with_errors(figures.assessment, figures.definitions, month)
    result = drawn[COMPOSITE_ID]
    scores = result.figure[result.is_assessed, 1:]
    first = (scores >= -np.sort(-scores, axis=0)[figures.definitions.uncertainty.first_communes[0] - 1]).astype(float)
    row = figures.assessment.panel.commune_codes.index(best["commune_code"])
    order = np.argsort(errors[best["variable"]][row, 1:], kind="stable")
    assert best["list_surer"] == pytest.approx(between_groups(first, order).sum() / first.var(axis=1).sum())


@pytest.mark.parametrize("size", [1, 2, 3])
def test_who_is_on_a_list_of_one_or_two_of_three_is_who_has_the_highest_scores(size):
    panel = small_panel(1, population=[9000.0, 9500.0, 10_000.0])
    rules = replace(SETTING.definitions.uncertainty, draws=200, first_communes=(size,))
    definitions = replace(SETTING.definitions, uncertainty=rules)
    assessment, month = assess(panel, definitions), panel.months[0]
    best = measure_worth(assessment, definitions, month, {"displaced_persons", "clinicians_fte"}, "health").iloc[0]
    drawn, errors = draw_with_errors(assessment, definitions, month)
    scores = drawn["health"].figure[:, 1:]
    first = np.array([[sum(other > own for other in draw) < size for own in draw] for draw in scores.T], dtype=float).T
    order = np.argsort(errors[best["variable"]][CODES.index(best["commune_code"]), 1:], kind="stable")
    # On a list of all three everybody stands for certain: there is no doubt that a figure could take away.
    told = between_groups(first, order).sum() / first.var(axis=1).sum() if size < 3 else 0.0
    assert best["list_surer"] == pytest.approx(told)
    assert (best["list_surer"] > 0) == (size < 3)


def test_a_commune_is_told_its_own_figures_the_one_that_narrows_its_range_most_first(figures):
    view = View(figures, read_selection(figures, {}), Translator("fr"))
    code, month = view.codes[0], view.chosen.month
    own = figures.worth(month).query("commune_code == @code").sort_values("narrowing", ascending=False)
    rows = worth_rows(view, code)
    assert 0 < len(rows) <= SHOWN
    assert rows[0]["figure"] == name_figure(view, own["variable"].iloc[0])
    assert rows[0]["provenance"] == "demonstration"
    assert "0\u00a0%" not in {row["narrowing"] for row in rows}
    assert rows[0]["narrowing"] in state_worth(view, rows)
    assert unknown_indicators(view, code) == []
    measured = load_figures(figures.snapshot_id, Assumptions(figures=FigureKinds.REAL))
    bare = View(measured, read_selection(measured, {}), Translator("fr"))
    assert worth_rows(bare, code) == []
    assert unknown_indicators(bare, code)
