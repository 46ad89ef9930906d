"""Headings of several levels: which row parts those above it, which names groups, and which is a title only."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from data.importing.blocks.columns import Anchor, _sub_headings
from data.importing.blocks.levels import group_row, is_sub_heading
from data.importing.reading.sheet import Merge, RawSheet

HEADINGS = ("Commune", "Élèves", None, "Demandes")
PARTED = (None, "Filles", "Garçons", None)
FIGURES = ("Tizi N'test", 3, 4, 5)


@dataclass(frozen=True)
class Words:
    """A vocabulary that knows the commune's heading and no other."""

    tags: ClassVar[dict[str, str]] = {}

    def find(self, heading: str) -> str | None:
        return "commune_name" if heading == "Commune" else None


def anchor(row: int, left: int = 0, right: int = 4) -> Anchor:
    return Anchor(row, left, right, None, Words())


def test_words_below_headings_part_them_and_a_row_with_its_place_is_data():
    sheet = RawSheet("Feuille", [HEADINGS, PARTED, FIGURES])
    assert anchor(0).place_columns(sheet) == {0}
    assert [is_sub_heading(sheet, row, anchor(0), frozenset({0})) for row in (1, 2, 3)] == [True, False, False]
    # What stands to the left of a table is another's: its word below the headings neither parts them nor makes them data.
    beside = RawSheet("Feuille", [("Note", *HEADINGS), (12, *PARTED)])
    assert is_sub_heading(beside, 1, anchor(0, left=1, right=5), frozenset({1}))
    assert not is_sub_heading(RawSheet("Feuille", [HEADINGS, (None, 3, "Garçons", None)]), 1, anchor(0), frozenset({0}))


def test_three_rows_part_headings_and_not_a_fourth():
    sheet = RawSheet("Feuille", [HEADINGS, PARTED, PARTED, PARTED, PARTED])
    assert _sub_headings(sheet, anchor(0), 1, frozenset({0})) == [1, 2, 3]


@pytest.mark.parametrize(
    ("above", "merges", "names_groups"),
    [
        ((None, "École", None, "Registre"), (), True),
        # One group over some columns, beside one that has none.
        ((None, "École", None, None), (Merge(0, 1, 0, 2),), True),
        # Joined over every column of figures: a title. So is one that stands in one cell, and figures are no words.
        ((None, "Septembre : chiffres", None, None), (Merge(0, 1, 0, 3),), False),
        ((None, "École", None, None), (), False),
        ((None, "École", 12, None), (), False),
        ((None, None, None, None), (), False),
    ],
)
def test_the_row_above_headings_names_groups_or_is_a_title(above, merges, names_groups):
    sheet = RawSheet("Feuille", [above, HEADINGS, FIGURES], merges=merges)
    assert group_row(sheet, anchor(1)) == (0 if names_groups else None)
    assert group_row(RawSheet("Feuille", [HEADINGS]), anchor(0)) is None
