"""Words that are kept for the next reader are those that would be written anew."""

from decimal import Decimal

import numpy as np
import pytest

from analytics.pressure import class_of_one, class_of_score, decimals_in_band
from data.i18n import Translator, plural_category
from data.loaders.today import load_definitions


def test_one_and_one_point_naught_keep_their_own_plurals():
    numbers = (1, Decimal("1.0"), 1.0, Decimal("1"))
    assert [plural_category("en", number) for number in numbers] == ["one", "other", "one", "one"]


def test_a_number_is_written_with_the_decimals_that_are_asked_for_whatever_was_asked_before():
    t = Translator("en")
    assert [t.number(2, 0), t.number(2.0, 1), t.number(Decimal(2), 2), t.number(-0.0, 1)] == ["2", "2.0", "2.00", "0.0"]
    assert [t.number(Decimal(72), 0), t.number(np.int64(72), 0), t.number(np.float64(72), 0)] == ["72"] * 3
    assert [plural_category("en", number) for number in (Decimal(72), np.int64(72))] == ["other", "other"]
    assert [t.quantity(1.04, "persons", 1), t.quantity(1, "persons")] == [t("counted.persons", count=Decimal("1.0")),
                                                                        t("counted.persons", count=1)]  # fmt: skip


@pytest.mark.parametrize("score", [0.0, 19.96, 20.0, 20.04, 59.4, 59.996, 60.0, 60.2, 79.9999, 100.0])
def test_a_score_stands_in_its_own_band_by_as_few_decimals_as_that_takes(score):
    legend = load_definitions().legend
    own = class_of_one(score, legend)
    assert own == class_of_score(np.array([score]), legend)[0]
    decimals = decimals_in_band(score, legend)
    bands = [class_of_one(round(score, places), legend) == own for places in range(decimals + 1)]
    assert bands[-1]
    assert not any(bands[:-1])
