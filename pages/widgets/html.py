"""Pieces of HTML on screens and printed pages, from templates that escape every value they are given."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.i18n import Translator
from pages.html import fill


def show(template: str, t: Translator, **values: Any) -> None:
    """Draw a template at the current place of the screen."""
    st.html(fill(template, t, **values))
