"""``GET /portrait/{commune_code}`` and ``/portrait/{commune_code}.pdf``: the portrait as page and PDF, refused as a sheet is."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from analytics.portrait import Likeness
from pages.print.portrait_page import build_page, build_pdf
from pages.print.typeset import PDF_MEDIA_TYPE
from pages.web.sheets import find_commune

MOST_CHOSEN = 10


def portrait(request: Request) -> Response:
    """The page; ``lang``, ``like`` (size, dwellings, distance; size for anything else), ``beside`` codes of communes separated by
    commas, ``province``."""
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    return HTMLResponse(build_page(found, found.chosen.commune, date.today(), *_beside(request)))


def portrait_pdf(request: Request) -> Response:
    """The same portrait as a PDF, with the same parameters and refusals."""
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    pdf = build_pdf(found, found.chosen.commune, date.today(), *_beside(request))
    name = found.name_file("portrait", found.chosen.commune, found.t.language, form="pdf")
    return Response(pdf, media_type=PDF_MEDIA_TYPE, headers={"content-disposition": f'inline; filename="{name}"'})


def _beside(request: Request) -> tuple[Likeness, list[str]]:
    """Whom the commune stands beside: those like it by a rule, or those that are named."""
    asked = request.query_params.get("like", "")
    likeness = Likeness(asked) if asked in set(Likeness) else Likeness.SIZE
    return likeness, [code for code in request.query_params.get("beside", "").split(",") if code][:MOST_CHOSEN]
