"""The document's language and direction, set when the language is changed on the page itself."""

from __future__ import annotations

import streamlit as st

from data.i18n import Translator


def apply_theme(t: Translator) -> None:
    """Set the document's language and direction; the style rules come with the page (``pages.web.middleware``)."""
    script = f"var h=document.documentElement;h.lang='{t.language}';h.dir='{t.direction}';"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
