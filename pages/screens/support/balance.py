"""Support against each need: covered, planned, open, with a map of what is open and of who is there; files to take away."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from analytics.support import presence
from data.exporting.iati import write_iati
from data.exporting.three_w import write_3w_csv, write_3w_workbook
from data.people.roles import Right
from geo.hatches import BLANK
from geo.svg_map import MapText, render_choropleth
from pages.figures.support import read_actions
from pages.html import fill
from pages.print.charts.support_catalogue import balance_chart, support_map_chart
from pages.print.media_types import XLSX
from pages.print.tables.results import write_csv
from pages.print.tables.support import build_support_table, write_support_workbook
from pages.widgets import session
from pages.widgets.downloads import told
from pages.widgets.html import plain_markdown
from pages.widgets.pictures import offer_charts, show_places
from pages.widgets.screen import Screen
from pages.words import support as words
from pages.words.links import commune_links


def render_balance(screen: Screen, need: str, map_key: str) -> None:
    """Bars by need at one side, the map of the chosen need at the other."""
    t = screen.t
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("support.by_need"))
        st.html(fill("support_balance", t, rows=words.list_balance(screen)))
        offer_charts(screen, [balance_chart(screen, need)], key="support-balance")
        st.caption(f"{t('support.counted')} {t('support.done_twice')}")
        _offer_tables(screen)
    with right:
        session.keep_valid(map_key, list(words.MAPS), words.MAPS[0])
        shown = str(
            st.segmented_control(
                t("support.map"), words.MAPS, format_func=lambda which: t(f"support.map_of_{which}"), key=map_key, required=True,
                label_visibility="collapsed",
            )
        )  # fmt: skip
        st.subheader(words.title_map(screen, need, shown))
        show_places(screen, _map(screen, need, shown), [support_map_chart(screen, need, shown)], key="support-map")
    if said := words.cite_support(screen):
        st.caption(plain_markdown(said))


def _map(screen: Screen, need: str, shown: str) -> Markup:
    """What is open, or how many organisations are there, in discs; communes where somebody helps are plain, the others dotted."""
    t, codes = screen.t, screen.codes
    here = presence(read_actions(screen.figures), codes)
    cells = words.describe_cells(screen, need)
    text = MapText(
        title=words.title_map(screen, need, shown),
        description=f"{t(f'support.map_description_{shown}')}. {t('map.keys')}",
        direction=t.direction,
        names={code: screen.name(code) for code in codes},
        details={code: cells[code] for code in codes},
        links=commune_links(screen, codes),
    )
    svg = render_choropleth(
        screen.figures.province.layer,
        {code: BLANK if here[code] else "no_data" for code in codes},
        screen.figures.definitions.legend,
        text,
        focus=codes if len(codes) < len(screen.figures.territory) else None,
        marks={code: words.write_number(screen, figure) for code, figure in words.marks_of(screen, need, shown).items()},
        identifier="support",
    )
    key = fill("support_key", t, disc=t(f"support.map_disc_{shown}"), attribution=screen.figures.attribution)
    return Markup(f'<div class="map">{svg}</div>') + key


# Files of actions: who was reached stands in them to the last person for whoever may have complete data.
_OF_ACTIONS = ("support.3w_xlsx", "support.iati", "support.3w_csv")


def _offer_tables(screen: Screen) -> None:
    """The table of this screen, and the 3W of its actions."""
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    name = partial(screen.name_file, "soutien", f"{month:%Y-%m}")
    needs = list(figures.definition_set.means.needs)
    table = lambda: build_support_table(figures, t, month, screen.codes, needs)  # noqa: E731
    names = {code: screen.name(code) for code in figures.territory}
    exact = screen.may(Right.EXPORT)

    def actions():  # type: ignore[no-untyped-def]
        listed = words.read_own_actions(screen)
        return listed.assign(organisation=listed["organisation_name"])

    files = (
        ("support.xlsx", lambda: write_support_workbook(table(), figures, t), name(form="xlsx"), XLSX),
        ("support.csv", lambda: write_csv(table()), name(form="csv"), "text/csv"),
        (
            "support.3w_xlsx",
            lambda: write_3w_workbook(actions(), names, figures.province, t, exact=exact),
            screen.name_file("3w", form="xlsx"),
            XLSX,
        ),
        (
            "support.iati",
            lambda: write_iati(actions(), names, figures.province, exact=exact),
            screen.name_file("iati", form="xml"),
            "text/xml",
        ),
        (
            "support.3w_csv",
            lambda: write_3w_csv(actions(), names, figures.province, t, exact=exact),
            screen.name_file("3w", form="csv"),
            "text/csv",
        ),
    )
    with st.container(horizontal=True):
        for label, build, file, media_type in files:
            is_complete = exact and label in _OF_ACTIONS
            build = told(screen, file, build) if is_complete else build
            st.download_button(t(label), build, file, media_type, on_click="ignore", icon=":material/table:", key=label)
