"""What a change of indicator, month or choice sends to the map on the page: styles and texts by commune, each word once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from typing import Any

import folium
from folium.map import Layer
from folium.template import Template

from geo.hatches import pattern_of


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


class Restyle(Layer):
    """Colours and texts by commune, and the commune outlined: all that a change of indicator, month or choice sends."""

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

    def __init__(self, styles: Mapping[str, CommuneStyle], selected: str | None) -> None:
        super().__init__(name=None, overlay=True, control=False, show=True)
        self._name = "Restyle"
        self.sent = script_json(pack_styles(styles))
        self.selected = script_json(selected)


def pack_styles(styles: Mapping[str, CommuneStyle]) -> dict[str, Any]:
    """Styles as they are sent: few labels and notes for many communes, each once, as places in one list of words (the component
    sends six bytes for an Arabic letter); what all figures share, a unit or a few words, and what all codes begin with, once too."""
    labels = list(dict.fromkeys(s.label for s in styles.values()))
    notes = list(dict.fromkeys(s.note for s in styles.values()))
    words = list(dict.fromkeys(word for text in (*labels, *notes) if text for word in text.split(" ")))
    before, after = _shared_ends([s.figure for s in styles.values() if s.figure])
    figures = {code: s.figure[len(before) : len(s.figure) - len(after)] for code, s in styles.items()}
    common = commonprefix(list(styles))  # noqa: RUF071
    own = {
        code[len(common) :]: [pattern_of(s.row), labels.index(s.label), figures[code], notes.index(s.note)]
        for code, s in styles.items()
    }
    said = {"labels": _by_place(labels, words), "notes": _by_place(notes, words), "figure": [before, after]}
    return {"words": words, **said, "common": common, "styles": own}


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


def build_styles(styles: Mapping[str, CommuneStyle], selected: str | None, *before: Layer) -> folium.FeatureGroup:
    """The feature group that restyles the communes already on the map; communes left out become transparent. ``before``: messages
    that are read with the styles, such as which layers are shown."""
    group = folium.FeatureGroup("styles")
    for message in before:
        group.add_child(message)
    group.add_child(Restyle(styles, selected))
    return group


def _shared_ends(texts: Sequence[str]) -> tuple[str, str]:
    """The beginning and the end that all texts share; something of each text is always left between them."""
    if len(set(texts)) < 2:
        return "", ""
    room = min(len(text) for text in texts) - 1
    # Letter by letter, which is what is wanted of a text that is no path.
    before = commonprefix(texts)[:room]  # noqa: RUF071
    after = commonprefix([text[len(before) :][::-1] for text in texts])[: room - len(before)][::-1]  # noqa: RUF071
    return before, after


def script_json(value: object) -> str:
    """JSON that cannot end the script it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
