"""A paper of a register on the screen: what it is about and its language are chosen, then the Word file is downloaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.print.media_types import DOCX
from pages.print.results.papers import Paper, write_docx
from pages.widgets.downloads import choose_language
from pages.widgets.screen import Screen
from pages.words.view import View


def offer_paper(
    screen: Screen,
    kind: str,
    file: str,
    build: Callable[[View, Any], Paper],
    question: str,
    offered: Sequence[Any],
    write: Callable[[Any], str],
) -> Any:
    """Offer a paper; what was chosen for it to be about.

    Args:
        kind: what it is called (``papers.<kind>`` in the locales).
        file: the start of its file name.
        build: the paper in a language, about what was chosen.
        question: label of the choice of what it is about, among ``offered``, each said by ``write``.
    """
    t = screen.t
    with st.container(horizontal=True, vertical_alignment="bottom"):
        about = st.selectbox(question, offered, format_func=write, key=f"{kind}_about", width=380)
        language = choose_language(t, f"{kind}_language")
        asked = screen.in_language(language)
        st.download_button(
            t("papers.file", name=t(f"papers.{kind}")),
            lambda: write_docx(asked, build(asked, about)),
            screen.name_file(file, str(about), language, form="docx"),
            DOCX,
            on_click="ignore",
            icon=":material/description:",
        )
    return about
