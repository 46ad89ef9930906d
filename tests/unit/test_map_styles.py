"""What is sent to the map: each word once, each commune's own part whole."""

import json

import folium
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import generate_leaflet_string

from geo.map_layers import Beside, ShowLayers
from geo.map_styles import CommuneStyle, Restyle, build_styles, pack_months, write_styles


def said_by(sent, name: str) -> list[str]:
    """Texts of a list whose words are sent as places."""
    return [" ".join(sent["words"][int(place)] for place in text.split(" ")) if text else "" for text in sent[name]]


def communes_of(sent) -> list[list[str]]:
    """Code, pattern, places of label, note and figure, numbers of each commune."""
    return [commune.split(" ") for commune in sent["styles"].split(";")]


def texts_on_the_map(restyle: Restyle) -> dict[str, str]:
    """The figure that the browser writes for each commune (``describe`` of ``geo/map_room.js``)."""
    sent, texts = json.loads(restyle.sent), {}
    for code, _, _, _, figure, numbers in communes_of(sent):
        first, *rest = said_by(sent, "figures")[int(figure)].split("#")
        own = numbers.split("|") if numbers else []
        texts[sent["common"] + code] = first + "".join(number + part for number, part in zip(own, rest, strict=True))
    return texts


def notes_on_the_map(restyle: Restyle) -> dict[str, str]:
    """The note that the browser writes for each commune."""
    sent = json.loads(restyle.sent)
    return {sent["common"] + code: said_by(sent, "notes")[int(note)] for code, _, _, note, _, _ in communes_of(sent)}


def test_the_words_of_a_figure_are_sent_once_and_its_numbers_alone_for_each_commune():
    said = {"a": "1\u202f234,5 élèves ; 0,9\u00a0× la norme", "b": "7 élèves ; 12\u00a0× la norme", "c": "n° #3"}
    restyle = Restyle(write_styles({code: CommuneStyle(1, "x", figure) for code, figure in said.items()}), None)
    sent = json.loads(restyle.sent)
    assert said_by(sent, "figures") == ["# élèves ; #\u00a0× la norme", "n° ##"]
    assert [commune[-1] for commune in communes_of(sent)] == ["1\u202f234,5|0,9", "7|12", "#|3"]
    assert texts_on_the_map(restyle) == said


def test_a_note_that_several_share_is_sent_once():
    lifted = {
        "09.a": CommuneStyle(3, "x", "1", "raised by far"),
        "09.b": CommuneStyle(3, "x", "2", "raised by far"),
        "09.c": CommuneStyle(1, "x"),
        "09.d": CommuneStyle(3, "x", "1", "raised by little"),
    }
    restyle = Restyle(write_styles(lifted), None)
    sent = json.loads(restyle.sent)
    assert sent["words"] == ["x", "raised", "by", "far", "little", "#"]
    assert len(sent["notes"]) == 3
    assert sent["common"] == "09."
    assert notes_on_the_map(restyle) == {code: style.note for code, style in lifted.items()}


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("01 x#,|", max_size=5), min_size=1, max_size=5))
def test_every_figure_is_written_again_as_it_was(figures):
    restyle = Restyle(write_styles({code: CommuneStyle(1, "label", figure) for code, figure in figures.items()}), None)
    assert texts_on_the_map(restyle) == figures


def test_the_colours_of_all_months_are_sent_as_one_digit_a_month():
    june, july = {"a": 1, "b": "range 1–3"}, {"a": "no_data", "b": "range 2–4"}
    sent = pack_months(["2025-06", "2025-07"], [june, july])
    assert sent["months"] == ["2025-06", "2025-07"]
    assert [sent["rows"][int(place)] for place in sent["fills"]["a"]] == ["1", "no_data"]
    assert [sent["rows"][int(place)] for place in sent["fills"]["b"]] == ["range", "range"]


def test_a_name_that_a_person_typed_is_no_instruction_of_a_template():
    typed = "Scénario {% bref %} {{ 7 * 7 }}"
    message = ShowLayers([], None, beside=Beside({"a": CommuneStyle(1, typed)}, (typed, typed), None))
    group = build_styles(write_styles({"a": CommuneStyle(1, typed)}), None, message)
    group.add_to(folium.Map())
    group.render()
    script = generate_leaflet_string(group)
    assert script.count(json.dumps(typed, ensure_ascii=False)) == 2
    assert script.count("{{") == 4
