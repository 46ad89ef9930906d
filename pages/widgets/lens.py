"""The lens at the head of every screen: what is measured alone, or the simulated example with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from data.i18n import Translator
from pages.address.assumptions import LENS, OPTIONS
from pages.figures.figures import Figures
from pages.html import fill
from pages.widgets import session


def render_lens(figures: Figures, t: Translator) -> None:
    """Two words to choose from; nothing where there is no simulated figure to put on or off."""
    if figures.holds_demonstration:
        st.segmented_control(
            t("lens.label"),
            OPTIONS[LENS],
            format_func=partial(_word, t),
            key=LENS,
            required=True,
            label_visibility="collapsed",
            on_change=session.follow_lens,
        )


def fill_lens(figures: Figures, t: Translator, address: Mapping[str, str]) -> Markup:
    """The same choice as links, before the application has started."""
    if not figures.holds_demonstration:
        return Markup()
    kept = {name: value for name, value in address.items() if name not in ("month", "indicator", LENS)}
    words = [
        {"word": _word(t, kind), "href": "?" + urlencode({**kept, LENS: kind}), "is_on": kind == figures.assumptions.figures}
        for kind in OPTIONS[LENS]
    ]
    return fill("lens", t, words=words)


def _word(t: Translator, kind: str) -> str:
    return t(f"lens.{kind}")
