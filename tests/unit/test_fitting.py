"""Columns of a printed table: by their shares, and no word cut in two where there is room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.print.fitting import LONGEST, Words, spread_widths

WIDTH, MARGINS = 6.85, 0.15
texts = st.text("abc é", max_size=12).map(lambda text: Words(text, 8.5))
tables = st.lists(st.tuples(st.lists(texts, min_size=1, max_size=3), st.floats(0.5, 4)), min_size=1, max_size=9)


def test_without_long_words_the_shares_decide():
    columns = [[Words("a", 8)], [Words("b", 8)], [Words("c d", 8)]]
    assert spread_widths(columns, [1, 2, 1], 8, MARGINS, "ltr") == pytest.approx([2, 4, 2])


def test_a_column_is_as_wide_as_its_longest_word_and_the_others_share_the_rest():
    heading = Words("Avancement", 10, bold=True)
    columns = [[Words("a", 8)], [heading, Words("55 %", 8)], [Words("b", 8)]]
    widths = spread_widths(columns, [3, 0.2, 3], 6, MARGINS, "ltr")
    assert widths[1] == pytest.approx(heading.widest("ltr") + MARGINS)
    assert widths[0] == widths[2]
    assert sum(widths) == pytest.approx(6)


def test_words_joined_by_a_no_break_space_are_one():
    assert Words("440\u00a0000", 8).widest("ltr") > Words("440 000", 8).widest("ltr")


def test_an_address_of_the_web_takes_no_more_than_its_part():
    columns = [[Words("https://example.org/" + "a" * 200, 8)], [Words("b", 8)]]
    assert spread_widths(columns, [0.1, 4], 6, MARGINS, "ltr")[0] == pytest.approx(LONGEST * 6)


@given(tables)
def test_widths_fill_the_table_and_cut_no_word_where_there_is_room(drawn):
    columns, shares = [own for own, _ in drawn], [share for _, share in drawn]
    widths = spread_widths(columns, shares, WIDTH, MARGINS, "ltr")
    needed = [min(max(w.widest("ltr") for w in own) + MARGINS, LONGEST * WIDTH) for own in columns]
    assert sum(widths) == pytest.approx(WIDTH)
    assert min(widths) > 0
    if sum(needed) <= WIDTH:
        assert all(width >= need - 1e-9 for width, need in zip(widths, needed, strict=True))
