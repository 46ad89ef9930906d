"""The Leaflet map of the province that screens draw on."""

from __future__ import annotations

import folium

from geo.folium_map import MapWords, build_base_map
from pages.widgets.screen import Screen


def base_map(screen: Screen) -> folium.Map:
    """The map before anything is drawn on it, in the reader's language."""
    t = screen.t
    name_field = "name_ar" if t.language == "ar" else "name_fr"
    words = MapWords(t.language, name_field, t("map.zoom_in"), t("map.zoom_out"), t("map.home"))
    province = screen.figures.province
    address = f"layers/{province.id}/{province.layer.path.name}"
    return build_base_map(province.layer, screen.figures.definitions.legend, words, address)
