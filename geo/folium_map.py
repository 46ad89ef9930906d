"""The map on the page: Leaflet by way of Folium, every file from this server, geometry fetched once, only styles sent after.

The component's frame lies at ``component/streamlit_folium.st_folium/index.html`` under the application's base path, so that
relative addresses two levels up reach our own routes behind any reverse proxy.
"""

from __future__ import annotations

from dataclasses import dataclass

import folium

from analytics.legend import Legend
from geo.boundaries import read_boundaries
from geo.hatches import pattern_names
from geo.layer import Layer
from geo.map_script import SCRIPT
from geo.map_styles import Message, lean, script_json

ASSETS = "../../assets"
PATTERNS = "fill"


@dataclass(frozen=True, slots=True)
class MapWords:
    """Language of the map's page, the field that holds the communes' names in it, and what its three buttons say."""

    language: str
    name_field: str
    zoom_in: str
    zoom_out: str
    home: str


class OfflineMap(folium.Map):
    """A Folium map that loads nothing but Leaflet and our own script, from our own routes, and no tiles."""

    default_js = [  # noqa: RUF012  (folium's own class attribute)
        ("leaflet", f"{ASSETS}/leaflet/leaflet.js"),
        ("map_room", f"{ASSETS}/{SCRIPT}"),
    ]
    default_css = [("leaflet_css", f"{ASSETS}/leaflet/leaflet.css")]  # noqa: RUF012


class CommuneLayer(Message):
    """The communes, fetched by address and kept by the browser; a click says which commune through the component.

    What draws them is a file that the page loads once (``geo/map_room.js``): a rerun sends this call only.
    """

    _template = lean(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([]);
        mapRoom.mount({{ this._parent.get_name() }}, {{ this.options_json }});
        {% endmacro %}
        """
    )

    def __init__(self, legend: Legend, words: MapWords, address: str, attribution: str) -> None:
        super().__init__()
        self.options_json = script_json(
            {
                # The page has the strokes (geo/map_script.py): a rerun sends this again.
                "parts": pattern_names(legend, PATTERNS),
                "attribution": attribution,
                "url": f"{ASSETS}/{address}",
                "language": words.language,
                "buttons": [[".leaflet-control-zoom-in", words.zoom_in], [".leaflet-control-zoom-out", words.zoom_out]],
                "home": words.home,
                "name_field": words.name_field,
                "prefix": f"{PATTERNS}-",
            }
        )


def build_base_map(layer: Layer, legend: Legend, words: MapWords, address: str) -> folium.Map:
    """The map without styles: the same script every time, so that the component is never mounted anew.

    Args:
        address: where the page fetches the layer's file, below the assets.
    """
    west, south, east, north = read_boundaries(layer).total_bounds
    base = OfflineMap(location=[(south + north) / 2, (west + east) / 2], zoom_start=8, tiles=None, zoom_snap=0.1)
    CommuneLayer(legend, words, address, layer.attribution).add_to(base)
    return base
