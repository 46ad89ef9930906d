"""What is sent to the map: each word once, each commune's own part whole."""

import json

from hypothesis import given
from hypothesis import strategies as st

from geo.map_styles import CommuneStyle, Restyle


def texts_on_the_map(restyle: Restyle) -> dict[str, str]:
    """The figure that the browser writes for each commune."""
    before, after = json.loads(restyle.figure)
    return {code: own and before + own + after for code, (_, _, own, _) in json.loads(restyle.styles).items()}


def test_a_unit_that_all_share_is_sent_once():
    restyle = Restyle({"a": CommuneStyle(1, "x", "score 35 sur 100"), "b": CommuneStyle(2, "x", "score 4 sur 100")}, None)
    assert json.loads(restyle.figure) == ["score ", " sur 100"]
    assert texts_on_the_map(restyle) == {"a": "score 35 sur 100", "b": "score 4 sur 100"}


def test_a_note_that_several_share_is_sent_once():
    lifted = {
        "a": CommuneStyle(3, "x", "1", "raised by far"),
        "b": CommuneStyle(3, "x", "2", "raised by far"),
        "c": CommuneStyle(1, "x"),
    }
    restyle = Restyle(lifted, None)
    notes, styles = json.loads(restyle.notes), json.loads(restyle.styles)
    assert sorted(notes) == ["", "raised by far"]
    assert [notes[styles[code][3]] for code in "abc"] == ["raised by far", "raised by far", ""]


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("01 x", max_size=4), min_size=1, max_size=5))
def test_every_figure_is_written_again_as_it_was(figures):
    restyle = Restyle({code: CommuneStyle(1, "label", figure) for code, figure in figures.items()}, None)
    assert texts_on_the_map(restyle) == figures
