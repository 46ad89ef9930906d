"""What a change of indicator, month or choice sends to the map on the page: styles and texts by commune, each word once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from typing import Any

import folium
from folium.map import Layer
from folium.template import Template

from geo.hatches import pattern_of

# A number with its separators, those of thousands in French and Arabic too.
_PLACE = "#"
_NUMBER = re.compile(rf"\d[\d.,\u00a0\u202f]*\d|\d|{_PLACE}")


def lean(script: str) -> Template:
    """A script as it is sent to a page: without its indentation and its comments, which every rerun would send again."""
    lines = (line.strip() for line in script.splitlines())
    return Template("\n".join(line for line in lines if line and not line.startswith("//")))


@dataclass(frozen=True, slots=True)
class CommuneStyle:
    """How one commune is drawn: its legend row (class 1–5, ``range 1–3``, ``no_data``, ``not_assessed``), and the lines shown on
    hover under its name: class, figure, and a note that several communes share (what lifts the class)."""

    row: int | str
    label: str
    figure: str = ""
    note: str = ""


class Message(Layer):
    """A script for the page that draws no layer of its own."""

    def __init__(self) -> None:
        super().__init__(name=None, overlay=True, control=False, show=False)
        self._name = type(self).__name__

    def render(self, **_: Any) -> str:
        """Write nothing into Folium's own page, which nobody opens: the component takes the script from the template. Folium would
        read each script that is written as a template again, and a name in it that a person typed as an instruction."""
        return ""


class Restyle(Message):
    """Colours and texts by commune (``write_styles``), and the commune outlined: all that a change of indicator, month or choice
    sends."""

    _template = lean(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([]);
        window.communeSent = {{ this.sent }};
        window.communeSelected = {{ this.selected }};
        if (window.restyleCommunes) window.restyleCommunes();
        {% endmacro %}
        """
    )

    def __init__(self, written: str, selected: str | None) -> None:
        super().__init__()
        self.sent = written
        self.selected = script_json(selected)


def write_styles(styles: Mapping[str, CommuneStyle]) -> str:
    """Styles as they stand in the script that is sent (``pack_styles``)."""
    return script_json(pack_styles(styles))


def pack_styles(styles: Mapping[str, CommuneStyle]) -> dict[str, Any]:
    """Styles as they are sent: few labels, notes and figures without their numbers for many communes, each once, as places in one list
    of words (the component sends six bytes for an Arabic letter); what all codes begin with, once too. Of each
    commune, with a space between: its code, its pattern, the places of its label, note and figure, the numbers of the figure."""
    parted = {code: _part_numbers(style.figure) for code, style in styles.items()}
    labels = list(dict.fromkeys(s.label for s in styles.values()))
    notes = list(dict.fromkeys(s.note for s in styles.values()))
    figures = list(dict.fromkeys(figure for figure, _ in parted.values()))
    words = list(dict.fromkeys(word for text in (*labels, *notes, *figures) if text for word in text.split(" ")))
    common = commonprefix(list(styles))  # noqa: RUF071
    own = [
        f"{code[len(common) :]} {pattern_of(s.row)} {labels.index(s.label)} {notes.index(s.note)} "
        f"{figures.index(parted[code][0])} {parted[code][1]}"
        for code, s in styles.items()
    ]
    said = {name: _by_place(texts, words) for name, texts in (("labels", labels), ("notes", notes), ("figures", figures))}
    return {"words": words, **said, "common": common, "styles": ";".join(own)}


def _part_numbers(figure: str) -> tuple[str, str]:
    """A figure with a sign in the place of each number, and the numbers (or such signs of the figure itself) with a bar between."""
    return _NUMBER.sub(_PLACE, figure), "|".join(_NUMBER.findall(figure))


def pack_months(months: Sequence[str], rows: Sequence[Mapping[str, int | str]]) -> dict[str, Any]:
    """Legend rows by month and commune as they are sent: ``rows`` names each pattern once, ``fills`` holds for each commune its place
    among them, one digit a month."""
    patterns = list(dict.fromkeys(pattern_of(row) for of_month in rows for row in of_month.values()))
    place = {pattern: str(number) for number, pattern in enumerate(patterns)}
    codes = dict.fromkeys(code for of_month in rows for code in of_month)
    fills = {code: "".join(place[pattern_of(of_month[code])] for of_month in rows) for code in codes}
    return {"months": list(months), "rows": patterns, "fills": fills}


def _by_place(texts: Sequence[str], words: Sequence[str]) -> list[str]:
    """Texts with each word as its place in a list of words."""
    place = {word: str(number) for number, word in enumerate(words)}
    return [" ".join(place[word] for word in text.split(" ")) if text else "" for text in texts]


def build_styles(written: str, selected: str | None, *before: Message) -> folium.FeatureGroup:
    """The feature group that restyles the communes already on the map (``write_styles``); communes left out become transparent.
    ``before``: messages that are read with the styles, such as which layers are shown."""
    group = folium.FeatureGroup("styles")
    for message in before:
        group.add_child(message)
    group.add_child(Restyle(written, selected))
    return group


def script_json(value: object) -> str:
    """JSON that cannot end the script it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
