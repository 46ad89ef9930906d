"""The content-security policy of each answer: as narrow as whoever draws the page can live with, every exception with its reason."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from pages.web.access import is_computed

_HOST = re.compile(r"(\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?", re.IGNORECASE | re.ASCII)
_SIGN_IN = "/sign-in"
# The button of a sheet and a portrait that prints it, by the hash of its only word.
PRINT = "print()"
_PRINT = f"sha256-{b64encode(sha256(PRINT.encode()).digest()).decode()}"
# Streamlit's page and the frames of its components.
_SCREENS = (
    "default-src 'self'",
    # 'unsafe-inline': the first view and Streamlit's page begin by scripts written on them. 'unsafe-eval': streamlit-folium draws the
    # map with code that it is sent. blob: Plotly and the map start their workers so.
    "script-src 'self' 'unsafe-inline' blob:",
    # Streamlit, Plotly and Leaflet place things by style attributes.
    "style-src 'self' 'unsafe-inline'",
    # data: patterns and marks of the map; blob: pictures that are made to be saved.
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'self'",
)


def policy_of(path: str, host: str) -> str:
    """The policy of an answer.

    Args:
        host: the name that was asked for; older browsers do not take the websocket of ``'self'`` for it.
    """
    if is_computed(path) or path.startswith(_SIGN_IN):
        return page_policy(("'self'",), "'self'", f"script-src 'unsafe-hashes' '{_PRINT}'; ")
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join((*_SCREENS, f"connect-src 'self'{sockets}"))


def page_policy(frames: Sequence[str], forms: str = "'none'", runs: str = "") -> str:
    """The policy of a page of our own: it loads from here, runs nothing but what is named, and is framed by those named only."""
    return (
        # Styles of papers stand on them; charts carry their fonts and patterns.
        f"default-src 'none'; {runs}img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        f"frame-ancestors {' '.join(frames)}; form-action {forms}; base-uri 'none'"
    )
