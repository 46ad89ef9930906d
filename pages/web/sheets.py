"""``GET /sheet/{commune_code}`` and ``/sheet/{commune_code}.pdf``: the printable sheet, or a page that says why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.province import offered_provinces
from data.store_error import StoreError
from pages.address.assumptions import OPTIONS, read_assumptions
from pages.address.province import PARAMETER, read_province
from pages.address.public import public_address
from pages.address.selection import read_selection
from pages.figures.load import load_figures, published, trouble
from pages.html import fill
from pages.print.sheet.page import build_sheet, build_sheet_pdf
from pages.print.typeset import PDF_MEDIA_TYPE
from pages.web.gate import person_of
from pages.words.view import View

# Longest part of a query parameter that is echoed in an error page.
_SHOWN = 40


def sheet(request: Request) -> Response:
    """The sheet of a commune; ``lang`` fr, ar or en, ``month`` YYYY-MM (that of the first screen otherwise), ``census``,
    ``basis`` and ``norms`` as on view.

    404 with the list of communes for an unknown code, 400 with what there is for a month without figures, an unknown language or
    province, 503 when the store is empty.
    """
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    return HTMLResponse(build_sheet(found, found.chosen.commune, public_address(str(request.base_url)), date.today()))


def sheet_pdf(request: Request) -> Response:
    """The same sheet as a PDF of two pages, with the same parameters and refusals."""
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    pdf = build_sheet_pdf(found, found.chosen.commune, public_address(str(request.base_url)), date.today())
    name = found.name_file("fiche", found.chosen.commune, f"{found.chosen.month:%Y-%m}", found.t.language, form="pdf")
    return Response(pdf, media_type=PDF_MEDIA_TYPE, headers={"content-disposition": f'inline; filename="{name}"'})


def find_view(request: Request) -> View | Response:
    """What the address asks to see of the territory, or the page that says why it cannot be."""
    asked = request.query_params
    province = read_province(asked)
    t = Translator(_known(asked.get("lang"), list(LANGUAGES), DEFAULT_LANGUAGE), province)
    if asked.get(PARAMETER) and asked[PARAMETER] != province.id:
        return _unknown_province(request, t)
    snapshot_id = published(province)
    if snapshot_id is None:
        if problem := trouble(province):
            return _unreadable(t, problem)
        return _problem(t, "unavailable", t("sheet.unavailable"), 503)
    # An empty query parameter counts as absent.
    if asked.get("lang") and asked["lang"] not in LANGUAGES:
        return _unknown_language(request, t)
    try:
        figures = load_figures(snapshot_id, read_assumptions(asked), province, viewer=person_of(request).viewer)
    except StoreError as problem:
        return _unreadable(t, problem)
    if not figures.territory:
        return _problem(t, "unavailable", t("sheet.unavailable"), 503)
    # Communes and services are fixed by the route; only the other query parameters are read.
    wanted = {key: asked[key] for key in ("lang", "month", *OPTIONS) if key in asked}
    return View(figures, read_selection(figures, wanted), t)


def find_commune(request: Request) -> View | Response:
    """What the address asks to see of a commune, or the page that says why it cannot be."""
    view = find_view(request)
    if isinstance(view, Response):
        return view
    asked, code = request.query_params, request.path_params["commune_code"]
    view = replace(view, chosen=replace(view.chosen, commune=code))
    if code not in view.figures.territory:
        return _unknown_commune(view, code)
    if asked.get("month") and asked["month"] != f"{view.chosen.month:%Y-%m}":
        return _unknown_month(request, view)
    return view


def _known(asked: str | None, options: list[str], default: str) -> str:
    return asked if asked in options else default


def _unreadable(t: Translator, problem: StoreError) -> Response:
    return _problem(t, "unreadable", t(problem.key, **problem.values), 503)


def _unknown_commune(view: View, code: str) -> Response:
    t, query = view.t, urlencode({"lang": view.t.language, **view.chosen.province})
    communes = sorted(view.figures.territory, key=view.name)
    links = [{"href": f"{code}?{query}", "name": view.name(code)} for code in communes]
    return _problem(t, "not_found", t("sheet.not_found", count=len(links), code=code), 404, links)


def _unknown_month(request: Request, view: View) -> Response:
    """What an undo took away, or a month that never was: the months there are, the one of the first screen before all others."""
    t, months = view.t, view.figures.months
    links = [{"href": _same_address(request, month=f"{m:%Y-%m}"), "name": t.month(m)} for m in reversed(months)]
    # The selection has fallen back to the default month, since the one in the query is unknown.
    name = t("sheet.open", name=view.name(view.chosen.commune), month=t.month(view.chosen.month))
    way_on = {"href": _same_address(request, month=f"{view.chosen.month:%Y-%m}"), "name": name}
    asked = request.query_params["month"][:_SHOWN]
    message = t("sheet.month_unknown", asked=asked, first=t.month(months[0]), last=t.month(months[-1]))
    return _problem(t, "month_unknown", message, 400, links, way_on)


def _unknown_language(request: Request, t: Translator) -> Response:
    links = [{"href": _same_address(request, lang=code), "name": name} for code, name in LANGUAGES.items()]
    message = t("sheet.language_unknown", asked=request.query_params["lang"][:_SHOWN])
    return _problem(t, "language_unknown", message, 400, links)


def _unknown_province(request: Request, t: Translator) -> Response:
    offered = {p.id: t.label(p.names) for p in offered_provinces()}
    links = [{"href": _same_address(request, province=name), "name": label} for name, label in offered.items()]
    message = t("sheet.province_unknown", asked=request.query_params[PARAMETER][:_SHOWN])
    return _problem(t, "province_unknown", message, 400, links)


def _same_address(request: Request, **changed: str) -> str:
    """The address that was asked for with other parameters: a query alone keeps the path, whether page, PDF or slides."""
    return "?" + urlencode({**request.query_params, **changed})


def _problem(
    t: Translator,
    key: str,
    message: str,
    status: int,
    links: Sequence[Mapping[str, str]] = (),
    way_on: Mapping[str, str] | None = None,
) -> Response:
    return problem_page(t, f"sheet.{key}_title", message, status, links, way_on)


def problem_page(
    t: Translator,
    title: str,
    message: str,
    status: int,
    links: Sequence[Mapping[str, str]] = (),
    way_on: Mapping[str, str] | None = None,
) -> Response:
    """A page that says why there is no paper, and where there is one; ``title`` is the key of its heading."""
    page = fill("sheet_problem", t, title=t(title), message=message, links=links, way_on=way_on)
    return HTMLResponse(page, status_code=status)
