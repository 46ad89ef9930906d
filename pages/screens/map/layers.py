"""Layers on the map screen: which are shown, kept in the address; what is sent to the map; what each means."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from data.douar_table import read_place_source
from geo.dots import LOOKS
from geo.folium_map import ASSETS
from geo.map_layers import ShownLayer
from pages.address.assumptions import OPTIONS
from pages.address.selection import ALL
from pages.html import fill
from pages.screens.map import beside
from pages.widgets import session
from pages.widgets.screen import Screen
from pages.words import douars as douar_words
from pages.words import map_pair
from pages.words.map_layers import DOUAR_FIGURE, LAYERS, LayerContent, read_asked
from pages.words.map_pair import Other, is_its_own
from pages.words.sites import may_see

_ASKED, _CHOSEN, _FIGURE = "layers", "map_layers", "douars"


def address() -> dict[str, str]:
    """The layers that are shown, and what the douars show where they are."""
    asked = st.session_state.get(_ASKED, "")
    figure = {_FIGURE: st.session_state[_FIGURE]} if "douars" in asked and st.session_state.get(_FIGURE) else {}
    return ({_ASKED: asked} if asked else {}) | figure


def shown_layers() -> list[str]:
    """Names of the layers that are shown."""
    return read_asked(str(st.session_state.get(_ASKED, "")))


def choose_layers(screen: Screen) -> None:
    """A switch a layer; for douars, the census figure that they show."""
    t = screen.t
    st.session_state[_CHOSEN] = shown_layers()
    st.pills(
        t("layer.title"),
        _offered(screen),
        selection_mode="multi",
        format_func=lambda layer: t(f"layer.{layer}"),
        key=_CHOSEN,
        on_change=_keep,
    )
    if "douars" in shown_layers():
        session.keep_valid(_FIGURE, list(douar_words.SHOWN), DOUAR_FIGURE)
        st.selectbox(
            t("douar.on_map"), douar_words.SHOWN, format_func=lambda figure: t(f"column.{figure}"), key=_FIGURE, width=420
        )


def _keep() -> None:
    st.session_state[_ASKED] = ",".join(st.session_state[_CHOSEN])


def _offered(screen: Screen) -> list[str]:
    has_places = bool(read_place_source(screen.figures.province))
    kept = () if may_see(screen.figures.viewer) else ("sites",)
    return [layer for layer in LAYERS if layer not in kept and (has_places or layer not in ("douars", "points"))]


def layers_to_send(screen: Screen) -> list[ShownLayer]:
    """The addresses that the map fetches its layers from."""
    return [_shown(screen, layer) for layer in shown_layers() if layer in _offered(screen)]


def _shown(screen: Screen, layer: str) -> ShownLayer:
    province, chosen = screen.figures.province, screen.chosen
    if layer == "douars":
        attribution = str(read_place_source(province).get("attribution", ""))
        figure = st.session_state.get(_FIGURE) or DOUAR_FIGURE
        return ShownLayer(layer, f"{ASSETS}/douars/{province.id}/{figure}?lang={chosen.lang}", attribution)
    # Neither the commune nor its card changes a layer.
    asked = replace(chosen, commune="", card="").address() | _second(layer)
    return ShownLayer(layer, f"{ASSETS}/map/{province.id}/{layer}?{urlencode(asked)}")


def _second(layer: str) -> dict[str, str]:
    """What the second map shows, where the layer says another thing of it; beside a change both maps carry the same."""
    asked = "" if beside.shows_change() else beside.asked_beside()
    return {"beside": asked} if is_its_own(asked.partition(":")[0], layer) else {}


def package_address(screen: Screen) -> str:
    """Where the layers of the month, result and territory that are looked at leave as a GeoPackage."""
    chosen = screen.chosen
    asked = {"date": f"{chosen.month:%Y-%m}", "indicator": chosen.indicator, "lang": chosen.lang, **chosen.province}
    if len(screen.codes) < len(screen.figures.territory):
        asked["commune"] = ",".join(screen.codes)
    asked |= {name: value for name, value in chosen.address().items() if name in OPTIONS}
    return f"api/v1/territory.gpkg?{urlencode(asked)}"


def render_legends(screen: Screen, other: Other | None) -> None:
    """What each layer shows, with its source, its date and the kind of its figures, and what it leaves out; of each of two maps where
    they show different things."""
    asked, own = (None, "") if other is None or beside.shows_change() else (other, beside.own_commune(screen))
    names = map_pair.name_maps(screen, asked, own, is_change=False) if asked else ("", "")
    for layer in shown_layers():
        first, second = _read(screen, asked, layer)
        sides = [(names[0] if second else "", first), *([(names[1], second)] if second else [])]
        st.html(
            fill(
                "layer_legend", screen.t, name=screen.t(f"layer.{layer}"), looks=LOOKS,
                sides=[(name, content, _write_source(screen, content)) for name, content in sides],
            )
        )  # fmt: skip


def _write_source(screen: Screen, content: LayerContent) -> str:
    key = "layer.source" if content.source else "layer.source_none"
    return screen.t(key, **({"source": content.source, "when": content.when} if content.source else {}))


def _read(screen: Screen, other: Other | None, layer: str) -> tuple[LayerContent, LayerContent | None]:
    content, second = map_pair.read_layers(screen, other, layer)
    if layer != "douars":
        return content, second
    # The route of douars answers for the whole province: so does their legend.
    whole = screen.figures if screen.chosen.territory != ALL else None
    table = douar_words.list_douars(screen, whole.territory if whole else screen.codes)
    rows = douar_words.legend_of_dots(screen, table, st.session_state.get(_FIGURE) or DOUAR_FIGURE)
    return replace(content, legend=[(row["kind"], f"{row['label']} ({row['count']})") for row in rows]), None
