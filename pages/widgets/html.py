"""Pieces of HTML on screens and printed pages, from templates that escape every value they are given."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from data.i18n import Translator
from pages.html import fill

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&])")


def plain_markdown(text: str) -> str:
    """A text that somebody else chose, such as the name of a file, inside Markdown: as it stands, with no mark of its own."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def show(template: str, t: Translator, **values: Any) -> None:
    """Draw a template at the current place of the screen."""
    st.html(fill(template, t, **values))
