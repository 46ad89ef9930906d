"""What changed between two dates, in one sentence: what nobody knows is no calm."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analytics.two_dates import Known
from data.i18n import Translator
from pages.words.two_dates import state_changes

VIEW = SimpleNamespace(t=Translator("en"))
BOTH, FIRST, NEITHER = Known.BOTH.value, Known.FIRST.value, Known.NEITHER.value


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [(BOTH, 1, 2), (BOTH, 3, 3)],
            "Since May, communes up by a class or more: 1; down: 0; without a change of class: 1",
        ),
        # Two scores without a class: the commune is counted, and not as one that stays where it was.
        (
            [(BOTH, 3, 2), (BOTH, None, None), (NEITHER, None, None)],
            "Since May, communes up by a class or more: 0; down: 1; without a change of class: 0; class unknown: 2",
        ),
        ([(NEITHER, None, None), (BOTH, None, 2)], "Since May: no commune whose class is known on both sides"),
        (
            [(FIRST, 2, None)],
            "Since May: no commune whose class is known on both sides. For 1 commune only reporting changed.",
        ),
    ],
)
def test_a_change_is_counted_where_both_classes_are_known(rows, said):
    changes = pd.DataFrame(rows, columns=["known", "class_before", "class_after"])
    assert state_changes(VIEW, changes, "Since May") == said
