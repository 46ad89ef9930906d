"""The document's language and direction, set when the language is changed on the page itself."""

from __future__ import annotations

import streamlit as st

from data.i18n import Translator
from pages.html import language_script


def apply_theme(t: Translator) -> None:
    """Set the document's language and direction; the style rules come with the page (``pages.web.middleware``)."""
    st.html(f"<script>{language_script(t)}</script>", unsafe_allow_javascript=True)
