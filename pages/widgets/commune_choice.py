"""The list to choose a commune from."""

from __future__ import annotations

import streamlit as st

from pages.address.selection import communes_in
from pages.widgets.screen import Screen


def choose_commune(screen: Screen) -> str:
    """The list of communes, and the one chosen."""
    codes = communes_to_choose_from(screen)
    return str(st.selectbox(screen.t("commune.choose"), codes, format_func=screen.name, key="commune"))


def communes_to_choose_from(screen: Screen) -> list[str]:
    """Communes of the chosen territory; all of them when the chosen commune lies elsewhere."""
    return screen.codes if screen.chosen.commune in screen.codes else communes_in(screen.figures, "all")
