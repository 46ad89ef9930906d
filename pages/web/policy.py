"""The content-security policy of each answer: as narrow as whoever draws the page can live with, every exception with its reason."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256

from data.i18n import LANGUAGES, Translator
from pages.html import language_script
from pages.web.access import is_computed

_HOST = re.compile(r"(\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?", re.IGNORECASE | re.ASCII)
_SIGN_IN = "/sign-in"
# The frame of the map: streamlit-folium writes the scripts that it is sent on its page, and runs the code that draws the map.
_MAP_FRAME, _MAP_SCRIPTS = "/component/streamlit_folium.st_folium/", ("'unsafe-inline'", "'unsafe-eval'")
_SCREENS = (
    "default-src 'self'",
    # Streamlit, Plotly and Leaflet place things by style attributes.
    "style-src 'self' 'unsafe-inline'",
    # data: patterns and marks of the map; blob: pictures that are made to be saved, workers that Streamlit's parts start.
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'self'",
)


def hash_of(script: str | bytes) -> str:
    """A script that stands on a page, as its policy names it."""
    written = script.encode() if isinstance(script, str) else script
    return f"'sha256-{b64encode(sha256(written).digest()).decode()}'"


# The button of a sheet and a portrait that prints it, by the hash of its only word.
PRINT = "print()"
# A screen says its language when it is changed.
_LANGUAGE_SCRIPTS = tuple(hash_of(language_script(Translator(language))) for language in LANGUAGES)


def policy_of(path: str, host: str, scripts: Iterable[str | bytes] = ()) -> str:
    """The policy of an answer.

    Args:
        host: the name that was asked for; older browsers do not take the websocket of ``'self'`` for it.
        scripts: those that are written on the page, each allowed by its hash alone.
    """
    if is_computed(path) or path.startswith(_SIGN_IN):
        return page_policy(("'self'",), "'self'", f"script-src 'unsafe-hashes' {hash_of(PRINT)}; ")
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    runs = _MAP_SCRIPTS if path.startswith(_MAP_FRAME) else (*_LANGUAGE_SCRIPTS, *map(hash_of, scripts))
    # blob: modules of the components that Streamlit starts; only a script that runs already makes one.
    return "; ".join((*_SCREENS, f"script-src 'self' blob: {' '.join(runs)}", f"connect-src 'self'{sockets}"))


def page_policy(frames: Sequence[str], forms: str = "'none'", runs: str = "") -> str:
    """The policy of a page of our own: it loads from here, runs nothing but what is named, and is framed by those named only."""
    return (
        # Styles of papers stand on them; charts carry their fonts and patterns.
        f"default-src 'none'; {runs}img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        f"frame-ancestors {' '.join(frames)}; form-action {forms}; base-uri 'none'"
    )
