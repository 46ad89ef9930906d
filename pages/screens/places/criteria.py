"""Choosing douars by stated criteria: rules in the address, points by criterion, who is left out and why, and the files."""

from __future__ import annotations

import streamlit as st

from data.records.place_choices import DOUARS
from pages.address.choosing import read_rules
from pages.html import fill
from pages.print.charts.ground_catalogue import chosen_douars_chart
from pages.widgets import choosing as controls
from pages.widgets.pictures import show_places
from pages.widgets.saved_choices import render_saved
from pages.widgets.screen import Screen
from pages.words import choosing
from pages.words import douars as words
from pages.words.choosing import Choice, choose
from pages.words.choosing_douars import (
    FIRST_SIZE,
    FIRST_WEIGHTS,
    UNITS,
    DouarPlaces,
    known_criteria,
    left_out_by_commune,
)

SIZES, EXCLUDABLE = (1, 60), 60


def address() -> dict[str, str]:
    """The rules, where the reader or an address gave any."""
    return controls.address(DOUARS)


def render_criteria(screen: Screen) -> None:
    """Weights at one side, the short list at the other."""
    t, douars = screen.t, words.list_douars(screen, screen.codes)
    st.title(t("douar.criteria"))
    if douars.empty:
        st.info(t("douar.none"))
        return
    st.caption(t("douar.criteria_lead"))
    known = known_criteria(screen)
    weights = {name: weight for name, weight in FIRST_WEIGHTS.items() if name in known}
    rules = read_rules(controls.asked(DOUARS), known, weights, frozenset(douars.index), FIRST_SIZE)
    choice = choose(screen, DouarPlaces(), rules) if any(rules.weights.values()) else None
    left, right = st.columns([1, 2], gap="large")
    with left:
        controls.render_controls(screen, _controls(screen, known, choice), rules)
        render_saved(screen, DouarPlaces(), rules)
    with right:
        if choice is None:
            st.info(t("compare.no_weight"))
            return
        _render_list(screen, choice)


def _controls(screen: Screen, known: tuple[str, ...], choice: Choice | None) -> controls.Controls:
    t = screen.t
    return controls.Controls(
        places=DouarPlaces(),
        criteria=known,
        unit=lambda name: t(f"unit.{UNITS[name]}"),
        sizes=SIZES,
        # Douars are many: left out by hand are some of those that come first.
        excludable=list(choice.listed.head(EXCLUDABLE).index) if choice else [],
        size_label=t("douar.size"),
        placeholder=t("choose_douar.without_placeholder"),
    )


def _render_list(screen: Screen, choice: Choice) -> None:
    t, size = screen.t, choice.rules.size
    douars = words.list_douars(screen, screen.codes)
    chosen = douars.loc[choice.chosen]
    st.markdown(f"**{choosing.head_choice(screen, choice)}**")
    html = fill(
        "douar_short_list",
        t,
        rows=choosing.list_rows(screen, choice, size + max(3, size // 2)),
        criteria=[t("choose.points_of", criterion=choice.places.label(screen, name)) for name in choice.points.columns],
        left_out=left_out_by_commune(screen, choice),
        left_count=len(choice.left_out),
        groups=choosing.list_groups(screen, choice, only_chosen=True),
        source=choice.places.write_sources(screen, choice.rules),
    )
    show_places(screen, html, [chosen_douars_chart(screen, douars, chosen)], key="douar-short-list")
    st.caption(t("douar.chosen_total", count=len(chosen), people=t.number(chosen["population"].sum())))
    controls.offer_files(screen, choice, ("douars-retenus",))
