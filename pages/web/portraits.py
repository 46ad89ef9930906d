"""``GET /portrait/{commune_code}``: the portrait of a commune as one page, with the parameters and refusals of a sheet."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from analytics.portrait import Likeness
from pages.print.portrait_page import build_page
from pages.web.sheets import find_commune

MOST_CHOSEN = 10


def portrait(request: Request) -> Response:
    """The page; ``lang``, ``like`` (size, dwellings, distance; size for anything else), ``beside`` codes of communes separated by
    commas, ``province``."""
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    asked = request.query_params.get("like", "")
    likeness = Likeness(asked) if asked in set(Likeness) else Likeness.SIZE
    beside = [code for code in request.query_params.get("beside", "").split(",") if code][:MOST_CHOSEN]
    return HTMLResponse(build_page(found, found.chosen.commune, date.today(), likeness, beside))
