"""What is told of draws, by hand: the estimate, the middle and the ends of the interval, classes and ranks."""

from types import SimpleNamespace

import numpy as np
import pytest

from analytics.drawn_results import CLASS_BANDS, DrawnResult, above_each_other, classes_drawn, place, summarise
from analytics.model import ResultStatus
from data.loaders.today import load_definitions

RULES = load_definitions().uncertainty


def drawn(figure, uppers=CLASS_BANDS, lifted=None, is_ratio=False):
    figure = np.array(figure, dtype=np.float32)
    lifted = np.zeros(figure.shape, dtype=bool) if lifted is None else np.array(lifted)
    status = np.full(len(figure), tuple(ResultStatus).index(ResultStatus.ASSESSED))
    return DrawnResult(figure, figure, np.array(uppers), lifted, is_ratio, status, np.ones(len(figure), dtype=bool))


def test_the_middle_and_the_ends_are_those_of_the_draws_without_the_estimate():
    told = summarise(drawn([[7.0, *np.arange(100.0, -1, -1)]]), SimpleNamespace(interval=(0.05, 0.95)))
    # Of 101 draws the 5th and the 97th: between them nine new draws in ten fall, 0.05 and 0.95 of 102 being 5.1 and 96.9.
    assert [told[name][0] for name in ("estimate", "median", "low", "high")] == [7, 50, 4, 96]


def test_a_class_holds_its_upper_bound_and_what_is_lifted_is_in_class_four_at_least():
    pressures = [[0.8, 0.81, 1.0, 1.2, 1.21, 1.5, 1.51, np.inf, np.nan, 0.5, 1.6]]
    lifted = [[False] * 9 + [True] * 2]
    found = classes_drawn(drawn(pressures, (0.8, 1.0, 1.2, 1.5), lifted))
    np.testing.assert_array_equal(found, [[1, 2, 2, 3, 4, 4, 5, 5, np.nan, 4, 5]])


def test_probabilities_of_classes_are_shares_of_the_draws():
    # Without the estimate: 1, 2, 2, 3, 5 in five draws, and the draw in class 1 lifted to 4.
    columns = summarise(drawn([[9.0, 0.5, 0.9, 1.0, 1.2, 1.6]], (0.8, 1.0, 1.2, 1.5), [[False, True, *[False] * 4]]), RULES)
    assert [columns[f"probability_class_{c}"][0] for c in range(1, 6)] == pytest.approx([0, 0.4, 0.2, 0.2, 0.2])
    assert columns["probability_high"][0] == pytest.approx(0.4)


@pytest.mark.parametrize("is_ratio", [False, True])
def test_figures_stand_in_their_order_whatever_their_size_and_share_a_rank_to_the_sixth_digit(is_ratio):
    figures = [0.3, 0.6, 40.0, 3e7, 0.0, 0.6 * (1 + 1e-7), 0.6001, 0.02]
    told = place(drawn(np.repeat(np.array(figures)[:, None], 30, axis=1), is_ratio=is_ratio), RULES)
    for name in ("rank", "rank_low", "rank_high"):
        assert told[name].tolist() == [6, 4, 2, 1, 8, 4, 3, 7]
    # The two that are equal share the fourth and the fifth place.
    assert told["expected_rank"].tolist() == [6, 4.5, 2, 1, 8, 4.5, 3, 7]


def test_who_is_above_whom_is_told_by_the_draws_whatever_the_size_of_figures():
    # Of 0.3 and 0.7 the second is above in two draws of four, equal in one.
    above = above_each_other(drawn([[9.0, 0.3, 0.3, 0.7, 0.7], [0.0, 0.7, 0.7, 0.7, 0.02], [5.0, 4e7, 4e7, 4e7, 4e7]]))
    assert above.tolist() == [[0.5, 0.375, 0], [0.625, 0.5, 0], [1, 1, 0.5]]
