"""What is told of draws, by hand: the estimate, the middle and the ends of the interval."""

from types import SimpleNamespace

import numpy as np

from analytics.drawn_results import CLASS_BANDS, DrawnResult, summarise
from analytics.model import ResultStatus


def test_the_middle_and_the_ends_are_those_of_the_draws_without_the_estimate():
    figure = np.array([[7.0, *np.arange(100.0, -1, -1)]])
    none = np.zeros(figure.shape, dtype=bool)
    status = np.array([tuple(ResultStatus).index(ResultStatus.ASSESSED)])
    drawn = DrawnResult(figure, figure.astype(np.float32), CLASS_BANDS, none, False, status, np.array([True]))
    told = summarise(drawn, SimpleNamespace(interval=(0.05, 0.95)))
    # Of 101 draws the 5th and the 97th: between them nine new draws in ten fall, 0.05 and 0.95 of 102 being 5.1 and 96.9.
    assert [told[name][0] for name in ("estimate", "median", "low", "high")] == [7, 50, 4, 96]
