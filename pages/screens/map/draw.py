"""A territory of one's own: communes picked by click, loop or list, named, kept in the address; every total and file follows."""

from __future__ import annotations

import streamlit as st

from pages.address.guess import MOST_NEAR, read_names
from pages.address.selection import ALL, LONGEST_NAME, read_own, write_own
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen

_DRAWING, _PICKED, _NAME = "map_drawing", "map_picked", "map_group_name"
_TAKEN, _UNCLEAR = "_map_taken", "_map_unclear"


def is_drawing() -> bool:
    """Whether a click picks a commune in the place of opening its card."""
    return bool(st.session_state.get(_DRAWING))


def picked() -> list[str]:
    """Codes of the communes picked so far; none outside of drawing."""
    return list(st.session_state.get(_PICKED, [])) if is_drawing() else []


def lasso_words(screen: Screen) -> str:
    """What the button for a loop says; empty outside of drawing, where there is no such button."""
    return screen.t("draw.lasso") if is_drawing() else ""


def take(communes: list[str]) -> None:
    """Have the next run take communes over: the list of this run is drawn already. One that is clicked is picked, or put back where it
    was picked; those within a loop are added."""
    st.session_state[_TAKEN] = communes


def _apply() -> None:
    taken, kept = st.session_state.pop(_TAKEN, []), st.session_state.get(_PICKED, [])
    is_put_back = len(taken) == 1 and taken[0] in kept
    st.session_state[_PICKED] = [c for c in kept if c not in taken] if is_put_back else list(dict.fromkeys([*kept, *taken]))


def render_switch(screen: Screen) -> None:
    """What turns clicks into picks."""
    st.toggle(screen.t("draw.switch"), key=_DRAWING, on_change=_begin, args=(screen,), help=screen.t("draw.help"))


def render_drawing(screen: Screen) -> None:
    """While communes are picked: their list, the name, and what takes the place of the territory."""
    t = screen.t
    if not is_drawing():
        return
    left, middle, right = st.columns([5, 3, 2], vertical_alignment="bottom")
    with left:
        _apply()
        options = list(screen.figures.territory)
        st.session_state[_PICKED] = [code for code in st.session_state.get(_PICKED, []) if code in options]
        st.multiselect(
            t("draw.picked"), options, format_func=screen.name, key=_PICKED, placeholder=t("draw.placeholder"),
            accept_new_options=True, on_change=_recognise, args=(screen,),
        )  # fmt: skip
    with middle:
        st.text_input(t("draw.name"), key=_NAME, max_chars=LONGEST_NAME)
    with right:
        is_empty = not st.session_state[_PICKED]
        st.button(t("draw.use"), type="primary", disabled=is_empty, on_click=_use, args=(screen,), width="stretch")
    if unclear := st.session_state.get(_UNCLEAR):
        st.caption(t("draw.unclear", names=plain_markdown(" · ".join(f"\u2068{name}\u2069" for name in unclear))))


def _recognise(screen: Screen) -> None:
    """Names as they were typed or pasted, several at once, become communes as an import would know them."""
    options, typed = screen.figures.territory, list(st.session_state[_PICKED])
    found, unclear = read_names([text for text in typed if text not in options], screen.figures.province)
    meant = dict.fromkeys([code for code in typed if code in options] + [code for code in found if code in options])
    st.session_state[_PICKED], st.session_state[_UNCLEAR] = list(meant), unclear[:MOST_NEAR]


def _begin(screen: Screen) -> None:
    """Draw on the whole province, beginning with one's own territory where it is one."""
    if is_drawing():
        codes, name = read_own(screen.figures, screen.chosen.territory)
        st.session_state[_PICKED], st.session_state[_NAME] = codes, name
        st.session_state["territory"] = ALL


def _use(screen: Screen) -> None:
    st.session_state["territory"] = write_own(screen.figures, st.session_state[_PICKED], st.session_state.get(_NAME, ""))
    st.session_state[_DRAWING] = False
