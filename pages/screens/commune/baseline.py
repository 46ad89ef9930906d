"""The starting point of a commune: both faces with their class, and every part with its figure."""

from __future__ import annotations

import pandas as pd

from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words import baseline


def render_baseline(screen: Screen, commune: str, results: pd.DataFrame) -> None:
    """Draw it; nothing where the definitions know none."""
    if baseline.has_baseline(screen):
        faces, parts = baseline.list_faces(screen, results), baseline.list_parts(screen, commune)
        show("baseline", screen.t, faces=faces, parts=parts)
