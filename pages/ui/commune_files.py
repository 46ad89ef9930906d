"""What a commune takes away from its profile: the sheet, charts, tables, the address of the view."""

from __future__ import annotations

from urllib.parse import urlencode

from pages.ui.html import show
from pages.ui.screen import Screen


def render_actions(screen: Screen, commune: str) -> None:
    """Links to the printable sheet and to the files of this commune."""
    chosen = screen.chosen
    query = urlencode({"lang": chosen.lang, "month": f"{chosen.month:%Y-%m}"})
    show("commune_actions", screen.t, sheet=f"sheet/{commune}?{query}")
