"""Bars on a wall, worked by hand: one scale for all, the part due to displacement at the end, ranges that are cut at the scale."""

from math import nan

from hypothesis import given
from hypothesis import strategies as st

from pages.words.wall_bars import Length, scale_bars

known = st.floats(0, 1e6)


def test_bars_of_one_scale_with_the_norm_and_the_part_due_to_displacement():
    lengths = [Length(2.0, "2,0", without=1.5, low=1.0, high=2.5), Length(0.5, "0,5")]
    (first, second), norm = scale_bars(lengths, norm=1.0)
    # The scale ends at the highest bound, 2.5: 1.5 of it is 60 hundredths, the 0.5 due to displacement 20.
    assert (first.structural, first.displacement, first.between) == (60.0, 20.0, (40.0, 100.0))
    assert (second.structural, second.displacement, second.between) == (20.0, 0.0, None)
    assert norm == 40.0


def test_where_all_lies_under_the_norm_the_norm_is_still_seen():
    (bar,), norm = scale_bars([Length(0.3, "0,3")], norm=1.0)
    assert (bar.structural, round(norm, 1)) == (20.0, 66.7)


def test_what_is_not_known_has_no_length_and_keeps_its_words():
    bars, norm = scale_bars([Length(nan, "—", "inconnu")])
    assert (bars[0].structural, bars[0].text, bars[0].note, norm) == (0, "—", "inconnu", None)


@given(st.lists(st.tuples(known, known), min_size=1, max_size=4))
def test_no_bar_leaves_the_scale(pairs):
    bars, _ = scale_bars([Length(max(pair), "", without=min(pair), low=min(pair), high=2 * max(pair)) for pair in pairs])
    assert all(0 <= bar.structural + bar.displacement <= 100.1 for bar in bars)
    assert all(0 <= low <= high <= 100 for low, high in (bar.between for bar in bars if bar.between))
