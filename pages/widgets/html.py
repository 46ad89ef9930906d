"""Pieces of HTML on screens and printed pages, from templates that escape every value they are given."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from data.i18n import Translator
from data.store_error import StoreError
from pages.html import fill

# What Streamlit's Markdown acts upon wherever it stands; then what acts before a word only (icons, colours) and at the beginning of a
# line (headings, lists). A sentence of ours has none of them, and stays as it is.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>~$&|!]|:(?=[^\s/])|^ *[#+\-](?=\s))")
_NUMBERED = re.compile(r"^( *\d+)([.)])")
# An address becomes a link whatever is escaped: Streamlit looks for it in the text that it has read. A sign that nobody sees parts it.
_ADDRESS = re.compile(r"(:(?=//)|(?<=[Ww]{3})(?=\.)|@)")
_UNSEEN = "\u2060"


def plain_markdown(text: str) -> str:
    """A text that somebody else chose, such as the name of a file, inside Markdown: as it stands, with no mark of its own."""
    escaped = _NUMBERED.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text.replace("\n", " ")))
    return _ADDRESS.sub(rf"\1{_UNSEEN}", escaped)


def show_refusal(error: StoreError, t: Translator) -> None:
    """What the store refused, and what to do; names in it are what somebody chose."""
    st.error(t(error.key, **{name: plain_markdown(v) if isinstance(v, str) else v for name, v in error.values.items()}))


def show(template: str, t: Translator, **values: Any) -> None:
    """Draw a template at the current place of the screen."""
    st.html(fill(template, t, **values))
