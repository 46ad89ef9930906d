"""What a commune looks at after its services: who is displaced, the counter, access, who they are."""

from __future__ import annotations

from functools import partial

from pages.screens.commune import access, alerts, counter, displacement, douars, people, portrait, reasons, worth
from pages.widgets.open_tab import render_open_tab
from pages.widgets.screen import Screen

KEY = "commune_tab"


def render_tabs(screen: Screen, commune: str) -> None:
    """One tab a question; only the open one is computed and sent, at each change of commune."""
    t = screen.t
    questions = {
        "portrait": portrait.render_portrait,
        "alerts": alerts.render_alerts,
        "reasons": reasons.render_reasons,
        "worth": worth.render_worth,
        "displacement": displacement.render_displacement,
        "counter": counter.render_counter,
        "access": access.render_access,
        "douars": douars.render_douars,
        "people": people.render_people,
    }
    render_open_tab(KEY, {t(f"tabs.{name}"): partial(render, screen, commune) for name, render in questions.items()})
