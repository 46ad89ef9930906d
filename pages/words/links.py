"""Addresses of our own screens, with the selection that they keep."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote_plus, urlencode, urlsplit

from pages.words.view import View


def commune_link(view: View, commune_code: str) -> str:
    """Address of a commune's profile in the current selection."""
    return _before_commune(tuple(view.chosen.address().items())) + quote_plus(commune_code)


def commune_links(view: View, codes: Iterable[str]) -> dict[str, str]:
    """The same for each of several communes."""
    before = _before_commune(tuple(view.chosen.address().items()))
    return {code: before + quote_plus(code) for code in codes}


@lru_cache(maxsize=64)
def _before_commune(address: tuple[tuple[str, str], ...]) -> str:
    """All of an address but the commune at its end: a map has a link for each."""
    return "commune?" + urlencode([*((key, value) for key, value in address if key != "commune"), ("commune", "")])


def name_source(source: str) -> dict[str, str]:
    """A source as it is shown (``shown``): an address by its host, with the link to it (``href``, empty where it is none)."""
    is_address = source.startswith("https://")
    return {"href": source if is_address else "", "shown": urlsplit(source).hostname or source if is_address else source}
