"""Search on the map: a commune or a douar by any of their names; the map goes there."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from geo.map_layers import LookedAt
from pages.widgets.commune_choice import search_commune, sought_in_vain
from pages.widgets.screen import Screen
from pages.words import douars as words

_DOUAR, _AT_FIRST = "_map_douar", "_map_card_at_first"
SHOWN = 8


def render_search(screen: Screen) -> None:
    """The list of communes, for the keyboard too; what stands for no commune is looked for among the douars."""
    search_commune(screen, screen.t("map.search"), screen.codes, "card", screen.t("map.search_hint"))
    typed = sought_in_vain("card")
    if not typed:
        return
    found = words.search_douars(screen, words.list_douars(screen, screen.codes), typed)
    if found.empty:
        return
    st.caption(screen.t("map.douars_found", count=len(found)))
    with st.container(horizontal=True):
        for code, row in found.head(SHOWN).iterrows():
            st.button(
                _name(screen, str(code), row),
                key=f"map-douar-{code}",
                on_click=partial(_take, str(code), row["commune_code"]),
            )


def find_place(screen: Screen) -> str | LookedAt | None:
    """Where the map goes: to a douar that was found, or to the commune that was chosen from the list; nowhere after a click on it, nor
    to the commune of the address, which is seen among the others."""
    card, douar = st.session_state.get("card"), st.session_state.get(_DOUAR)
    at_first = st.session_state.setdefault(_AT_FIRST, card)
    if not card or (card in (at_first, st.session_state.get("_map_clicked", {}).get("commune_code")) and not douar):
        return None
    if douar:
        row = words.list_douars(screen, [card])
        if douar in row.index and pd.notna(row.at[douar, "latitude"]):
            return LookedAt(row.at[douar, "latitude"], row.at[douar, "longitude"], _name(screen, douar, row.loc[douar]))
    return str(card)


def _take(douar: str, commune: str) -> None:
    st.session_state[_DOUAR] = douar
    st.session_state["card"] = commune
    st.session_state["_sought_card"] = None
    st.session_state["_map_clicked"] = {}


def _name(screen: Screen, code: str, row: pd.Series) -> str:
    return f"{words.douar_name(screen, code, str(row['place_name']))} ({screen.name(str(row['commune_code']))})"
