"""``GET /sheet/{commune_code}`` and ``/sheet/{commune_code}.pdf``: the printable sheet, or a page that says why there is none."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from pages.assumption_address import OPTIONS, read_assumptions
from pages.print.sheet import build_sheet, build_sheet_pdf
from pages.print.typeset import PDF_MEDIA_TYPE
from pages.snapshots import load_figures, published
from pages.ui.html import fill
from pages.ui.screen import Screen
from pages.ui.selection import read_selection


def sheet(request: Request) -> Response:
    """The sheet of a commune; ``lang`` fr, ar or en, ``month`` YYYY-MM (that of the first screen otherwise), ``census``,
    ``basis`` and ``norms`` as on screen.

    404 with the list of communes for an unknown code, 503 when the store is empty.
    """
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    return HTMLResponse(build_sheet(found, found.chosen.commune, str(request.base_url), date.today()))


def sheet_pdf(request: Request) -> Response:
    """The same sheet as a PDF of two pages, with the same parameters and refusals."""
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    pdf = build_sheet_pdf(found, found.chosen.commune, str(request.base_url), date.today())
    name = f"fiche-{found.chosen.commune}-{found.chosen.month:%Y-%m}-{found.t.language}.pdf"
    return Response(pdf, media_type=PDF_MEDIA_TYPE, headers={"content-disposition": f'inline; filename="{name}"'})


def find_commune(request: Request) -> Screen | Response:
    """What the address asks to see of a commune, or the page that says why it cannot be."""
    asked = request.query_params
    t = Translator(_known(asked.get("lang"), list(LANGUAGES), DEFAULT_LANGUAGE))
    snapshot_id = published()
    if snapshot_id is None:
        page = fill("sheet_problem", t, title=t("sheet.unavailable_title"), message=t("sheet.unavailable"), communes=[])
        return HTMLResponse(page, status_code=503)
    figures = load_figures(snapshot_id, read_assumptions(asked))
    code = request.path_params["commune_code"]
    # A sheet is of one commune and of all services: of the selection it takes the rest.
    wanted = {key: asked[key] for key in ("lang", "month", *OPTIONS) if key in asked}
    screen = Screen(figures, read_selection(figures, {**wanted, "commune": code}), t, {})
    return screen if code in figures.territory else HTMLResponse(_unknown(screen, code), status_code=404)


def _known(asked: str | None, options: list[str], default: str) -> str:
    return asked if asked in options else default


def _unknown(screen: Screen, code: str) -> str:
    t, query = screen.t, urlencode({"lang": screen.t.language})
    communes = sorted(screen.figures.territory, key=screen.name)
    links = [{"href": f"{code}?{query}", "name": screen.name(code)} for code in communes]
    message = t("sheet.not_found", count=len(links), code=code)
    return fill("sheet_problem", t, title=t("sheet.not_found_title"), message=message, communes=links)
