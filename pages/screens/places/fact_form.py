"""The form that adds a dated fact of reconstruction with its source, and the list of those added, each with a button to withdraw."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from data.records.reconstruction_facts import LONGEST_SOURCE, RECONSTRUCTION_FACTS, UNITS, FactDraft, add_fact, withdraw_fact
from pages.widgets import store_action
from pages.widgets.confirm import confirmed
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen
from pages.words import reconstruction as words

FACT = "reconstruction-fact"


def render_form(screen: Screen) -> None:
    """What, where, when, how many, by whose word."""
    t = screen.t
    store_action.show_outcome(FACT)
    if not screen.writes(RECONSTRUCTION_FACTS):
        return
    edition = store_action.edition(FACT)
    with st.expander(t("watch.form")), st.form(f"fact-{edition}", border=False):
        indicator = st.selectbox(
            t("watch.what"), list(UNITS), format_func=lambda i: t(f"fact.{i}"), key=f"fact_what_{edition}"
        )
        places = [*words.AREAS, *screen.figures.territory]
        place = st.selectbox(t("watch.place"), places, format_func=lambda p: _name(screen, p), key=f"fact_place_{edition}")
        day = st.date_input(
            t("douar.date"), date.today(), max_value=date.today(), format="DD/MM/YYYY", key=f"fact_day_{edition}"
        )
        value = st.number_input(t("watch.value"), 0, step=1, key=f"fact_value_{edition}")
        source = st.text_input(t("column.source"), max_chars=LONGEST_SOURCE, key=f"fact_source_{edition}")
        saved = st.form_submit_button(t("watch.save"), icon=":material/save:")
    if saved:
        draft = FactDraft(str(place), str(indicator), day, float(value), source)
        store_action.do(screen, FACT, lambda: _save(screen, draft))
    _render_added(screen)


def _name(screen: Screen, place: str) -> str:
    return screen.t(f"watch.area_{place}") if place in words.AREAS else screen.name(place)


def _save(screen: Screen, draft: FactDraft) -> str:
    add_fact(screen.store, draft)
    return screen.t("watch.saved")


def _render_added(screen: Screen) -> None:
    """Facts that somebody added, newest first."""
    t = screen.t
    for fact in words.list_facts(screen, screen.figures.records.facts.iloc[::-1]):
        said, button = st.columns([6, 1], vertical_alignment="center")
        below, key = st.container(), f"withdraw-{fact['fact_id']}"
        words_of = " · ".join((fact["date"], fact["place"], fact["what"], fact["value"], fact["source"]))
        said.caption(words_of)
        sure = t("watch.withdraw_sure", fact=plain_markdown(words_of))
        with button:
            asked = confirmed(t, key, t("watch.withdraw"), sure, icon=":material/undo:", asked_in=below)
        if asked:
            store_action.do(screen, FACT, partial(_withdraw, screen, fact["fact_id"]))


def _withdraw(screen: Screen, fact_id: str) -> str:
    withdraw_fact(screen.store, fact_id)
    return screen.t("watch.withdrawn")
