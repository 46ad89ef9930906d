"""``GET /diaspora`` and ``/diaspora/{commune_code}``: what communes lack and what it costs, for a telephone abroad."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pages.print.diaspora_page import build_commune_page, build_province_page
from pages.web.sheets import find_commune, find_view


def diaspora(request: Request) -> Response:
    """Every commune in a line; parameters and refusals as of a sheet."""
    found = find_view(request)
    return found if isinstance(found, Response) else HTMLResponse(build_province_page(found, date.today()))


def diaspora_commune(request: Request) -> Response:
    """One commune need by need, with the same parameters."""
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    return HTMLResponse(build_commune_page(found, found.chosen.commune, date.today()))
