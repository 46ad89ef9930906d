"""The button that builds the travelling bag, with a progress bar, and the download once it is built."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from pages.print.bag import build_bag
from pages.ui.screen import Screen


def render_bag(screen: Screen) -> None:
    """Build on a click; keep the last bag of the session until the view changes."""
    t, chosen = screen.t, screen.chosen
    key = (screen.figures.snapshot_id, screen.figures.assumptions, chosen.territory, chosen.month)
    if st.session_state.get("_bag_key") != key:
        st.session_state.pop("_bag", None)
    if st.button(t("bag.build"), help=t("bag.help"), icon=":material/luggage:"):
        st.session_state["_bag"] = _build(screen)
        st.session_state["_bag_key"] = key
    bag: bytes | None = st.session_state.get("_bag")
    if bag is not None:
        st.download_button(
            t("bag.download", size=len(bag) / 1_000_000),
            bag,
            f"fiches-{chosen.territory}-{chosen.month:%Y-%m}.zip",
            "application/zip",
            type="primary",
            on_click="ignore",
        )


def _build(screen: Screen) -> bytes:
    t = screen.t
    bar = st.progress(0.0)

    def advance(done: int, total: int) -> None:
        bar.progress(done / total, t("bag.progress", done=done, total=total))

    bag = build_bag(screen, screen.codes, _base_url(), date.today(), advance)
    bar.empty()
    return bag


def _base_url() -> str:
    """Address at which the reader sees the application, without the name of this screen."""
    seen = urlsplit(st.context.url or "")
    return f"{seen.scheme}://{seen.netloc}{seen.path.removesuffix('overview').rstrip('/')}/"
