"""Methods: an index with a search, one page a topic and one an indicator, from the definitions that compute."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from geo.spelling import plain
from pages.figures.load import todays_definitions
from pages.screens.methods.indicator import render_indicator
from pages.screens.methods.parts import list_topics
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words import methods

TOPIC, _SOUGHT = "topic", "methods_search"


def address() -> dict[str, str]:
    """Which topic or indicator is open; none on the index."""
    return {TOPIC: str(st.session_state[TOPIC])} if st.session_state.get(TOPIC) else {}


def render(screen: Screen) -> None:
    """Draw the open page, or the index."""
    t, topics = screen.t, list_topics(screen)
    asked = str(st.session_state.get(TOPIC) or "")
    if asked in topics or asked in screen.figures.definitions.indicators:
        st.button(t("methods.back"), icon=":material/arrow_back:" if t.direction == "ltr" else ":material/arrow_forward:",
                  key="methods-back", on_click=_open, args=("",))  # fmt: skip
        if asked in topics:
            title, draw = topics[asked]
            st.title(title)
            draw(screen)
        else:
            render_indicator(screen, asked)
        return
    _render_index(screen, {name: title for name, (title, _) in topics.items()})


def _open(topic: str) -> None:
    st.session_state[TOPIC] = topic


def _render_index(screen: Screen, titles: dict[str, str]) -> None:
    """Every topic, then every indicator by service, each with its first sentence; those that hold what is searched for."""
    t = screen.t
    st.title(t("methods.title"))
    st.caption(t("methods.lead", version=screen.method))
    if screen.figures.definition_set.digest != todays_definitions(screen.figures.province):
        st.warning(t("definition.not_published"))
        st.code("python -m data init --if-missing", language="bash")
    sought = plain(st.text_input(t("methods.search"), key=_SOUGHT, placeholder=t("methods.search_hint")))
    groups = [(t("methods.topics"), [(name, title, "") for name, title in titles.items()]), *methods.list_index(screen)]
    shown = [
        {
            "title": title,
            "entries": [
                {"href": _link(screen, name), "label": label, "about": about}
                for name, label, about in entries
                if sought in plain(f"{name} {label} {about}")
            ],
        }
        for title, entries in groups
    ]
    shown = [group for group in shown if group["entries"]]
    if not shown:
        st.info(t("methods.nothing_found"))
    show("method_index", t, groups=shown)


def _link(screen: Screen, name: str) -> str:
    return "methods?" + urlencode({**screen.chosen.address(), TOPIC: name})
