"""A chart that a screen offers as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.words.view import View


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that a screen offers: its label, the start of its file name, what draws it in a screen's language, and the sources of
    its own figures, which stand under it on the screen too."""

    label: str
    name: str
    draw: Callable[[View, str], bytes]
    source: Callable[[View], str] | None = None
