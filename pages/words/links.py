"""Addresses of our own screens, with the selection that they keep."""

from __future__ import annotations

from urllib.parse import urlencode

from pages.words.view import View


def commune_link(view: View, commune_code: str) -> str:
    """Address of a commune's profile in the current selection."""
    return "commune?" + urlencode({**view.chosen.address(), "commune": commune_code})
