"""What is laid over the communes of the map on the page: which layers are shown, where one looks, which communes are marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from folium.map import Layer

from geo.map_styles import lean, script_json


@dataclass(frozen=True, slots=True)
class ShownLayer:
    """A layer that the page fetches: its name, its address, and the attribution that its source asks for."""

    id: str
    address: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A place on the map in degrees, and its name."""

    latitude: float
    longitude: float
    name: str


class ShowLayers(Layer):
    """The message that shows layers and hides all others, goes to a place (a commune's code, a place, or None to stay), and outlines
    marked communes."""

    _template = lean(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([]);
        window.layersAsked = {{ this.layers }};
        window.placeAsked = {{ this.place }};
        window.communeMarked = {{ this.marked }};
        {% endmacro %}
        """
    )

    def __init__(self, layers: Sequence[ShownLayer], place: str | LookedAt | None, marked: Sequence[str] = ()) -> None:
        super().__init__(name=None, overlay=True, control=False, show=True)
        self._name = "ShowLayers"
        self.layers = script_json([[layer.id, layer.address, layer.attribution] for layer in layers])
        at = [place.latitude, place.longitude, place.name] if isinstance(place, LookedAt) else place
        self.place = script_json(at)
        self.marked = script_json(list(marked))
