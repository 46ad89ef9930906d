"""The link of a view: copied, or handed to another application of the telephone; short, and the same for the same view."""

from __future__ import annotations

from collections.abc import Mapping

from data.i18n import Translator
from pages.address.short import SHORT, shorten
from pages.widgets.html import show


def render_link(t: Translator, screen: str, address: Mapping[str, str]) -> None:
    """Two buttons for the link to a screen as its address describes it; where the browser copies nothing, the link to copy by hand.
    What they do is in the script of the page (``pages/web/page.js``), which a rerun does not send again."""
    show("view_link", t, address=f".{SHORT}{shorten(screen, address)}")
