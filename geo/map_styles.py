"""What a change of indicator, month or choice sends to the map on the page: styles and texts by commune, each word once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix

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
        window.communeLabels = {{ this.labels }};
        window.communeFigure = {{ this.figure }};
        window.communeNotes = {{ this.notes }};
        window.communeStyles = {{ this.styles }};
        window.communeSelected = {{ this.selected }};
        if (window.restyleCommunes) window.restyleCommunes();
        {% endmacro %}
        """
    )

    def __init__(self, styles: Mapping[str, CommuneStyle], selected: str | None) -> None:
        super().__init__(name=None, overlay=True, control=False, show=True)
        self._name = "Restyle"
        # Few labels for many communes: each is sent once.
        labels = list(dict.fromkeys(s.label for s in styles.values()))
        self.labels = script_json(labels)
        notes = list(dict.fromkeys(s.note for s in styles.values()))
        self.notes = script_json(notes)
        # What all figures share, a unit or a few words, is sent once too.
        before, after = _shared_ends([s.figure for s in styles.values() if s.figure])
        self.figure = script_json([before, after])
        figures = {code: s.figure[len(before) : len(s.figure) - len(after)] for code, s in styles.items()}
        self.styles = script_json(
            {
                code: [pattern_of(s.row), labels.index(s.label), figures[code], notes.index(s.note)]
                for code, s in styles.items()
            }
        )
        self.selected = script_json(selected)


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
