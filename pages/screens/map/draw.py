"""A territory of one's own: communes picked by a click or from the list, named, kept in the address; every total and file follows."""

from __future__ import annotations

import streamlit as st

from pages.address.selection import ALL, LONGEST_NAME, read_own, write_own
from pages.widgets.screen import Screen

_DRAWING, _PICKED, _NAME, _TURNED = "map_drawing", "map_picked", "map_group_name", "_map_turned"


def is_drawing() -> bool:
    """Whether a click picks a commune in the place of opening its card."""
    return bool(st.session_state.get(_DRAWING))


def picked() -> list[str]:
    """Codes of the communes picked so far; none outside of drawing."""
    return list(st.session_state.get(_PICKED, [])) if is_drawing() else []


def turn_over(commune: str) -> None:
    """Have the next run pick a commune, or put it back: the list of this run is drawn already."""
    st.session_state[_TURNED] = commune


def _apply_click() -> None:
    turned, kept = st.session_state.pop(_TURNED, None), st.session_state.get(_PICKED, [])
    if turned:
        st.session_state[_PICKED] = [c for c in kept if c != turned] if turned in kept else [*kept, turned]


def render_drawing(screen: Screen) -> None:
    """The switch; while it is on the list of communes, the name, and what takes the place of the territory."""
    t = screen.t
    st.toggle(t("draw.switch"), key=_DRAWING, on_change=_begin, args=(screen,), help=t("draw.help"))
    if not is_drawing():
        return
    left, middle, right = st.columns([5, 3, 2], vertical_alignment="bottom")
    with left:
        _apply_click()
        options = list(screen.figures.territory)
        st.session_state[_PICKED] = [code for code in st.session_state.get(_PICKED, []) if code in options]
        st.multiselect(t("draw.picked"), options, format_func=screen.name, key=_PICKED, placeholder=t("draw.placeholder"))
    with middle:
        st.text_input(t("draw.name"), key=_NAME, max_chars=LONGEST_NAME)
    with right:
        is_empty = not st.session_state[_PICKED]
        st.button(t("draw.use"), type="primary", disabled=is_empty, on_click=_use, args=(screen,), width="stretch")


def _begin(screen: Screen) -> None:
    """Draw on the whole province, beginning with one's own territory where it is one."""
    if is_drawing():
        codes, name = read_own(screen.figures, screen.chosen.territory)
        st.session_state[_PICKED], st.session_state[_NAME] = codes, name
        st.session_state["territory"] = ALL


def _use(screen: Screen) -> None:
    st.session_state["territory"] = write_own(screen.figures, st.session_state[_PICKED], st.session_state.get(_NAME, ""))
    st.session_state[_DRAWING] = False
