"""Notices that several screens share: the empty store, demonstration figures, nothing to show."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from analytics.assumptions import FigureKinds
from data.i18n import Translator
from data.loaders.slips import Fault
from data.store_error import StoreError
from pages.address.assumptions import LENS
from pages.address.province import write_province
from pages.address.selection import Selection
from pages.figures.figures import Figures
from pages.figures.load import trouble
from pages.html import fill
from pages.widgets.html import plain_markdown, show
from pages.widgets.screen import Screen
from pages.words.data_version import write_trouble

# Measured by the census: complete in the rural communes without a single demonstration figure.
MEASURED_INDICATORS = ("HEA07", "EDU08", "CIV10")


def render_empty_store(t: Translator) -> None:
    """What to do when there is no figure at all."""
    st.title(t("notice.empty_title"))
    st.info(t("notice.empty_store"))
    named = "".join(f" --territory {name}" for name in write_province(t.province).values())
    st.code(f"python -m data init{named}", language="bash")


def render_unreadable_store(problem: StoreError, t: Translator) -> None:
    """What to do where there are figures and none can be read."""
    st.title(t("notice.unreadable_title"))
    st.error(plain_markdown(write_trouble(problem, t)))


def render_read_only(t: Translator) -> None:
    """Say at the head of every screen that nothing is written until somebody repairs the store."""
    problem = trouble(t.province)
    if problem is not None:
        st.warning(f"**{t('notice.read_only_title')}**{t('sign.colon')}{plain_markdown(write_trouble(problem, t))}")


def fill_read_only(t: Translator) -> Markup:
    """That notice as HTML, for what stands before the application does; empty where the store is whole."""
    problem = trouble(t.province)
    return Markup() if problem is None else fill("read_only", t, trouble=write_trouble(problem, t))


def render_broken_definitions(faults: Iterable[Fault], t: Translator) -> None:
    """Which lines of which files have to be mended before anything is shown."""
    st.title(t("definition.broken_title"))
    st.error(t("definition.broken"))
    for fault in faults:
        # As code: a file's own words are no Markdown.
        st.code(fault.sentence(t), language=None, wrap_lines=True)


def render_foreign_commune(figures: Figures, chosen: Selection, t: Translator) -> None:
    """Say that the address named a commune that the reader's role does not see, and which one is shown."""
    asked = st.session_state.get("_commune_asked", "")
    if asked and asked not in figures.territory:
        names = figures.communes.set_index("commune_code")["name_ar" if t.language == "ar" else "name_fr"]
        st.warning(t("address.not_your_commune", name=names[chosen.commune]))


def render_demonstration_notice(figures: Figures, t: Translator) -> None:
    """Say at the head of every screen that demonstration figures are in it, with the way to what is measured."""
    if notice := fill_demonstration_notice(figures, t):
        with st.container(key="page-notice"):
            st.html(notice)


def fill_demonstration_notice(figures: Figures, t: Translator) -> Markup:
    """That notice as HTML; empty where no figure is of demonstration."""
    if not figures.has_demonstration:
        return Markup()
    measured = urlencode(
        {"indicator": MEASURED_INDICATORS[0], LENS: FigureKinds.REAL.value, "lang": t.language, **write_province(t.province)}
    )
    screen = "map" if figures.viewer.opens("map") else "commune"
    return fill("notice", t, href=f"{screen}?{measured}")


def render_nothing_assessed(screen: Screen, reason: str = "") -> None:
    """The empty state of a result on which no commune can be assessed or placed, with what can be looked at instead."""
    st.info(reason or screen.t("notice.nothing_assessed"))
    links = [
        {"href": "?" + urlencode({**screen.chosen.address(), "indicator": i}), "label": screen.result_label(i)}
        for i in MEASURED_INDICATORS
    ]
    show("measured_links", screen.t, links=links)
