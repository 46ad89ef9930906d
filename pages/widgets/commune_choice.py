"""The list to choose a commune from; whoever types finds it under every spelling that an import recognises."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.address.guess import MOST_NEAR, search, standing_for
from pages.address.selection import communes_in
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen


def choose_commune(screen: Screen) -> str:
    """The list of communes, and the one chosen."""
    return str(search_commune(screen, screen.t("commune.choose"), communes_to_choose_from(screen), "commune"))


def communes_to_choose_from(screen: Screen) -> list[str]:
    """Communes of the chosen territory; all of them when the chosen commune lies elsewhere."""
    return screen.codes if screen.chosen.commune in screen.codes else communes_in(screen.figures, "all")


def search_commune(screen: Screen, label: str, codes: list[str], key: str, placeholder: str | None = None) -> str | None:
    """A list of communes by name; with a placeholder it may be left open (None).

    The browser looks for what is typed in the names as they are shown; what it does not find there comes here as it was typed and
    is recognised as an import would: other spellings, accents, apostrophes, Arabic. What stays unclear is asked, never guessed.
    """
    chosen = st.selectbox(
        label,
        codes,
        index=None if placeholder else 0,
        format_func=screen.name,
        key=key,
        placeholder=placeholder,
        accept_new_options=True,
        on_change=_recognise,
        args=(screen, codes, key, st.session_state.get(key)),
    )
    _ask(screen, key)
    return chosen


def _recognise(screen: Screen, codes: list[str], key: str, before: str | None) -> None:
    typed = st.session_state[key]
    st.session_state[_sought(key)] = None
    if typed is None or typed in codes:
        return
    meant = [code for code in standing_for(str(typed), screen.figures.province) if code in codes]
    st.session_state[key] = meant[0] if len(meant) == 1 else before
    if len(meant) != 1:
        near = [code for code in search(str(typed), screen.figures.province) if code in codes]
        st.session_state[_sought(key)] = (str(typed), meant[:MOST_NEAR] or near)


def sought_in_vain(key: str) -> str:
    """What was typed in a list and stands for no single commune; empty where there is nothing of it."""
    asked = st.session_state.get(_sought(key))
    return str(asked[0]) if asked else ""


def _ask(screen: Screen, key: str) -> None:
    """Which of several communes was meant."""
    asked = st.session_state.get(_sought(key))
    if not asked:
        return
    typed, found = asked
    shown = plain_markdown(f"\u2068{typed[:40]}\u2069")
    st.caption(screen.t("address.choose_several" if found else "address.choose_unknown", asked=shown))
    with st.container(horizontal=True):
        for code in found:
            st.button(screen.name(code), key=f"{key}-{code}", on_click=partial(_take, key, code))


def _take(key: str, code: str) -> None:
    st.session_state[key] = code
    st.session_state[_sought(key)] = None


def _sought(key: str) -> str:
    return f"_sought_{key}"
