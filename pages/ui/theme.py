"""Style rules that the theme file cannot hold: right-to-left pages, readable captions, our cards."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from data.i18n import Translator

STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


def apply_theme(t: Translator) -> None:
    """Set the document's language and direction, and our style rules."""
    st.html(f"<style>{STYLE}</style>")
    script = f"var h=document.documentElement;h.lang='{t.language}';h.dir='{t.direction}';"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
