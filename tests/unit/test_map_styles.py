"""What is sent to the map: each word once, each commune's own part whole."""

import json

from hypothesis import given
from hypothesis import strategies as st

from geo.map_styles import CommuneStyle, Restyle, pack_months


def texts_on_the_map(restyle: Restyle) -> dict[str, str]:
    """The figure that the browser writes for each commune."""
    sent = json.loads(restyle.sent)
    before, after = sent["figure"]
    return {sent["common"] + code: own and before + own + after for code, (_, _, own, _) in sent["styles"].items()}


def notes_on_the_map(restyle: Restyle) -> dict[str, str]:
    """The note that the browser writes for each commune."""
    sent = json.loads(restyle.sent)
    notes = [" ".join(sent["words"][int(place)] for place in note.split(" ")) if note else "" for note in sent["notes"]]
    return {sent["common"] + code: notes[note] for code, (_, _, _, note) in sent["styles"].items()}


def test_a_unit_that_all_share_is_sent_once():
    restyle = Restyle({"a": CommuneStyle(1, "x", "score 35 sur 100"), "b": CommuneStyle(2, "x", "score 4 sur 100")}, None)
    assert json.loads(restyle.sent)["figure"] == ["score ", " sur 100"]
    assert texts_on_the_map(restyle) == {"a": "score 35 sur 100", "b": "score 4 sur 100"}


def test_a_note_that_several_share_is_sent_once():
    lifted = {
        "09.a": CommuneStyle(3, "x", "1", "raised by far"),
        "09.b": CommuneStyle(3, "x", "2", "raised by far"),
        "09.c": CommuneStyle(1, "x"),
        "09.d": CommuneStyle(3, "x", "1", "raised by little"),
    }
    restyle = Restyle(lifted, None)
    sent = json.loads(restyle.sent)
    assert sent["words"] == ["x", "raised", "by", "far", "little"]
    assert len(sent["notes"]) == 3
    assert sent["common"] == "09."
    assert notes_on_the_map(restyle) == {code: style.note for code, style in lifted.items()}


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("01 x", max_size=4), min_size=1, max_size=5))
def test_every_figure_is_written_again_as_it_was(figures):
    restyle = Restyle({code: CommuneStyle(1, "label", figure) for code, figure in figures.items()}, None)
    assert texts_on_the_map(restyle) == figures


def test_the_colours_of_all_months_are_sent_as_one_digit_a_month():
    june, july = {"a": 1, "b": "range 1–3"}, {"a": "no_data", "b": "range 2–4"}
    sent = pack_months(["2025-06", "2025-07"], [june, july])
    assert sent["months"] == ["2025-06", "2025-07"]
    assert [sent["rows"][int(place)] for place in sent["fills"]["a"]] == ["1", "no_data"]
    assert [sent["rows"][int(place)] for place in sent["fills"]["b"]] == ["range", "range"]
