"""``GET /report.docx`` and ``/report.pdf``: the half-year report between two months, or a page that says why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from data.store_error import StoreError
from pages.address.selection import territory_options
from pages.figures.figures import Figures
from pages.figures.load import load_figures
from pages.print.half_year.context import Report, first_month, own_texts, period_of
from pages.print.half_year.document import file_name, write_report
from pages.print.media_types import DOCX, PDF
from pages.web.gate import person_of
from pages.web.sheets import find_view, problem_page
from pages.words.view import View

_FORMS = {"docx": DOCX, "pdf": PDF}
_SHOWN = 40


def report_docx(request: Request) -> Response:
    """The report as DOCX; ``from`` and ``to`` YYYY-MM or YYYY-MM-DD (the last six months otherwise), ``lang`` fr, ar or en,
    ``territory`` as on screen, ``since`` a version of the data for the first month, ``census``, ``basis``, ``norms``, ``province``.

    400 for a month without figures, an unknown version, or a first month that is not before the second; other refusals as of a sheet.
    """
    return _report(request, "docx")


def report_pdf(request: Request) -> Response:
    """The same report as PDF."""
    return _report(request, "pdf")


def _report(request: Request, form: str) -> Response:
    found = find_view(request)
    if isinstance(found, Response):
        return found
    asked = request.query_params
    view = _at(found, asked.get("to", ""), asked.get("territory", ""))
    first = (
        found if view is None else _month(view.figures, asked.get("from", ""), first_month(view.figures, view.chosen.month))
    )
    if view is None or first is None or not isinstance(first, pd.Timestamp) or first >= view.chosen.month:
        return _refuse(found, f"{asked.get('from', '')} – {asked.get('to', '')}")
    report = Report(view, first, date.today(), own_texts(view, period_of(first, view.chosen.month)))
    try:
        report = _since(report, asked.get("since", ""), request)
    except (StoreError, LookupError):
        return _refuse(found, asked.get("since", ""))
    content = write_report(report, form, date.today())
    headers = {"content-disposition": f'attachment; filename="{file_name(report, form)}"'}
    return Response(content, media_type=_FORMS[form], headers=headers)


def _at(found: View, month: str, territory: str) -> View | None:
    """The view in the second month and the territory that is asked for; None where one of them is not there."""
    last = _month(found.figures, month, found.chosen.month)
    asked = territory or found.chosen.territory
    if last is None or asked not in territory_options(found.figures):
        return None
    return replace(found, chosen=replace(found.chosen, month=last, territory=asked))


def _month(figures: Figures, asked: str, default: pd.Timestamp) -> pd.Timestamp | None:
    """The month of a date; None where it has no figures or is no date."""
    if not asked:
        return default
    known = {f"{month:%Y-%m}": month for month in figures.months}
    return known.get(asked[:7]) if asked[7:] == "" or _is_day(asked) else None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2025-08-31")


def _since(report: Report, snapshot_id: str, request: Request) -> Report:
    """The report with the first month read in another version of the data.

    Raises:
        StoreError: that version is not kept. LookupError: it lacks the month.
    """
    if not snapshot_id:
        return report
    figures, viewer = report.view.figures, person_of(request).viewer
    asked = (snapshot_id, figures.assumptions, figures.province)
    earlier = load_figures(*asked, viewer=viewer)
    recomputed = load_figures(*asked, figures.definition_set.digest, viewer=viewer)
    if report.first not in earlier.months:
        raise LookupError(report.first)
    return replace(report, earlier=earlier, recomputed=recomputed)


def _refuse(found: View, asked: str) -> Response:
    t, months = found.t, found.figures.months
    message = t("half_year.refused", asked=asked[:_SHOWN], first=t.month(months[0]), last=t.month(months[-1]))
    return problem_page(t, "half_year.refused_title", message, 400)
