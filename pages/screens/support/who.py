"""Who does what: duplicates, communes without anybody, every action with its source, and when they run."""

from __future__ import annotations

import streamlit as st

from pages.html import fill
from pages.print.charts.support_catalogue import timeline_chart
from pages.widgets.html import plain_markdown
from pages.widgets.pictures import offer_charts
from pages.widgets.screen import Screen
from pages.words import support as words
from pages.words import support_actions as actions_in_words
from pages.words.support_actors import list_actors


def render_who(screen: Screen, need: str) -> None:
    """Lists, organisations, then the timeline."""
    t = screen.t
    twice = words.list_twice(screen)
    if twice:
        st.subheader(t("support.twice"))
        st.html(fill("support_twice", t, rows=twice))
    if orphans := words.write_orphans(screen):
        st.subheader(t("support.orphans_title"))
        st.caption(plain_markdown(orphans))
    st.subheader(t("support.who"))
    actions = words.read_own_actions(screen)
    everything = len(actions) <= words.SHOWN or st.toggle(t("means.all_rows"), key="support_all")
    shown = actions if everything else actions.head(words.SHOWN)
    st.html(fill("support_actions", t, rows=actions_in_words.list_actions(screen, shown), with_place=True))
    st.caption(t("support.shown", count=len(shown), total=t.number(len(actions))))
    st.subheader(t("support.actors"))
    st.html(fill("support_actors", t, rows=list_actors(screen)))
    if need:
        st.subheader(t("support.timeline"))
        rows = actions_in_words.list_timeline(screen)
        if rows:
            st.html(fill("support_timeline", t, rows=rows, statuses=actions_in_words.list_statuses(screen)))
            offer_charts(screen, [timeline_chart(screen, need)], key="support-timeline")
        else:
            st.caption(t("support.timeline_none"))
