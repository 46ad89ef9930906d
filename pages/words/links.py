"""Addresses of our own screens, with the selection that they keep."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from pages.words.view import View


def commune_link(view: View, commune_code: str) -> str:
    """Address of a commune's profile in the current selection."""
    return "commune?" + urlencode({**view.chosen.address(), "commune": commune_code})


def name_source(source: str) -> dict[str, str]:
    """A source as it is shown (``shown``): an address by its host, with the link to it (``href``, empty where it is none)."""
    is_address = source.startswith("https://")
    return {"href": source if is_address else "", "shown": urlsplit(source).hostname or source if is_address else source}
