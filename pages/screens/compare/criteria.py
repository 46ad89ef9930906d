"""Choosing communes by stated criteria: weights, thresholds, exclusions and size in the address; the list with its reasons."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from data.records.place_choices import COMMUNES
from pages.address.choosing import SIZES, read_rules
from pages.html import fill
from pages.print.charts.catalogue import short_list_chart
from pages.widgets import choosing as controls
from pages.widgets.pictures import show_places
from pages.widgets.saved_choices import render_saved
from pages.widgets.screen import Screen
from pages.words import choosing
from pages.words.choosing import Choice, choose
from pages.words.choosing_communes import CRITERIA, UNITS, CommunePlaces, first_weights
from pages.words.links import commune_links


def address() -> dict[str, str]:
    """The rules, where the reader or an address gave any."""
    return controls.address(COMMUNES)


def render_criteria(screen: Screen) -> None:
    """Weights at one side, the short list at the other."""
    t = screen.t
    st.caption(t("compare.criteria_lead"))
    rules = read_rules(controls.asked(COMMUNES), CRITERIA, first_weights(screen), screen.codes)
    left, right = st.columns([1, 2], gap="large")
    with left:
        controls.render_controls(screen, _controls(screen), rules)
        render_saved(screen, CommunePlaces(), rules)
    with right:
        if not any(rules.weights.values()):
            st.info(t("compare.no_weight"))
            return
        _render_choice(screen, choose(screen, CommunePlaces(), rules))


def _controls(screen: Screen) -> controls.Controls:
    t = screen.t
    return controls.Controls(
        places=CommunePlaces(),
        criteria=CRITERIA,
        unit=lambda name: t(f"unit.{UNITS[name]}") if name in UNITS else "0–100",
        sizes=(SIZES[0], max(2, len(screen.codes))),
        excludable=screen.codes,
        size_label=t("compare.size"),
        placeholder=t("draw.placeholder"),
    )


def _render_choice(screen: Screen, choice: Choice) -> None:
    size = choice.rules.size
    st.markdown(f"**{choosing.head_choice(screen, choice)}**")
    html = screen.keep("short-list", lambda: _fill(screen, choice), choice.rules.key)
    shown = choice.listed.head(size + size // 2)
    show_places(screen, html, [short_list_chart(screen, shown, dict(choice.rules.weights))], key="compare-short-list")
    controls.offer_files(screen, choice, ("criteres", f"{screen.chosen.month:%Y-%m}"))


def _fill(screen: Screen, choice: Choice) -> Markup:
    size, links = choice.rules.size, commune_links(screen, choice.listed.index)
    rows = [{**row, "href": links[str(row["code"])]} for row in choosing.list_rows(screen, choice, size + max(3, size // 2))]
    return fill(
        "short_list",
        screen.t,
        rows=rows,
        criteria=[choice.places.label(screen, name) for name in choice.points.columns],
        left_out=choosing.list_left_out(screen, choice),
        groups=choosing.list_groups(screen, choice),
        source=choice.places.write_sources(screen, choice.rules),
    )
