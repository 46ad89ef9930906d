"""The view that somebody asked for before signing in: kept in a cookie until the provider leads back, and shown then."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

COOKIE = "way_on"
# Whoever takes longer at the provider begins at the first screen.
KEPT_SECONDS = 600
# A longer address would not fit into a cookie.
LONGEST = 2000


def remember(asked: HTTPConnection, response: Response) -> Response:
    """Keep the view that was asked for; the first screen needs no keeping."""
    view = asked.scope["path"] + (f"?{asked.url.query}" if asked.url.query else "")
    if _is_own(view):
        response.set_cookie(
            COOKIE, quote(view, safe=""), KEPT_SECONDS, httponly=True, samesite="lax", secure=asked.url.scheme == "https"
        )
    return response


def lead_on(asked: HTTPConnection) -> Response | None:
    """To the view that was kept, once; None where there is none, or where this is not where the provider leads back to."""
    view = unquote(asked.cookies.get(COOKIE, ""))
    if asked.scope["path"] != "/" or asked.url.query or not _is_own(view):
        return None
    response = RedirectResponse(f".{view}", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


def _is_own(view: str) -> bool:
    """Whether a text is an address of this installation, on no other host, and not where everybody begins."""
    is_path = view.startswith("/") and not view.startswith("//") and "\\" not in view and view.isprintable()
    return is_path and view != "/" and len(view) <= LONGEST
