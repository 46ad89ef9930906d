"""Tabs of which only the open one is computed and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st


def render_open_tab(key: str, tabs: Mapping[str, Callable[[], None]]) -> None:
    """Draw the tabs, by label; the open one stays open (``key``) when the screen is drawn again."""
    drawn = st.tabs(list(tabs), key=key, on_change="rerun")
    for tab, render in zip(drawn, tabs.values(), strict=True):
        if tab.open:
            with tab:
                render()
