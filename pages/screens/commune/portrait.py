"""The portrait of a commune on its screen: beside its cercle, the province, and communes like it by a rule or by choice."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from analytics.portrait import Likeness
from pages.address.assumptions import write_assumptions
from pages.html import fill
from pages.widgets import session
from pages.widgets.screen import Screen
from pages.words import portrait as words

MOST_CHOSEN = 10


def render_portrait(screen: Screen, commune: str) -> None:
    """Choices, the sections, the way to the page to print."""
    t = screen.t
    session.keep_valid("portrait_like", [like.value for like in Likeness], Likeness.SIZE.value)
    left, right = st.columns(2, gap="large")
    with left:
        like = st.segmented_control(
            t("portrait.likeness"),
            [like.value for like in Likeness],
            format_func=lambda like: t(f"portrait.likeness_{like}"),
            key="portrait_like",
            required=True,
        )
    with right:
        chosen = st.multiselect(
            t("portrait.choose"),
            words.others(screen, commune),
            format_func=lambda code: words.name_of(screen, code),
            max_selections=MOST_CHOSEN,
            placeholder=t("portrait.choose_none"),
            key=f"portrait_beside_{commune}",
        )
    lens = write_assumptions(screen.chosen.assumptions)
    query = {"lang": t.language, "like": str(like), **lens, **screen.chosen.province}
    if chosen:
        query["beside"] = ",".join(chosen)
    page, pdf = (f"portrait/{commune}{form}?{urlencode(query)}" for form in ("", ".pdf"))

    def write() -> Markup:
        found = words.build_portrait(screen, commune, Likeness(str(like)), chosen)
        return fill("portrait_screen", t, p=found, page=page, pdf=pdf)

    st.html(screen.keep("portrait", write, commune, page))
