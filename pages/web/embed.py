"""A map or a chart as a page of its own, which the sites of a list may show in a frame: title, source, date, kind, and its table."""

from __future__ import annotations

import logging
import os
import re

import pandas as pd
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from analytics.provenance import least_firm
from analytics.summary import class_counts, legend_rows
from data.exporting.columns import name_in_words
from data.i18n import NO_VALUE
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.web.api.answering import answer
from pages.web.api.parameters import Question
from pages.web.api.pictures import MAP, PARAMETERS, PICTURES, view_of
from pages.web.kept_answers import Answer
from pages.web.policy import page_policy
from pages.words import titles
from pages.words.class_words import list_classes
from pages.words.sources import cite, date_result
from pages.words.view import View

PREFIX, SITES = "/embed/", "SERVICE_PRESSURE_EMBED"
_SITE = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", re.IGNORECASE | re.ASCII)
_WORDS = {"status": "status", "provenance": "provenance"}
_DECIMALS = 2
_LOG = logging.getLogger(__name__)


def embedding_sites() -> list[str]:
    """The sites that may frame our pages, from ``SERVICE_PRESSURE_EMBED`` (addresses separated by spaces); none where it is not set.
    What is no address of a site is left out and logged."""
    named = os.environ.get(SITES, "").split()
    wrong = [site for site in named if not _SITE.fullmatch(site)]
    if wrong:
        _LOG.warning("%s: left out %d that are no address of a site", SITES, len(wrong))
    return [site for site in named if site not in wrong]


def embed_policy() -> str:
    """The content-security policy of a page that others frame: it loads from here, runs nothing, and is framed by the list only."""
    return page_policy(("'self'", *embedding_sites()))


def embed_map(request: Request) -> Response:
    """``GET /embed/map``: the map of a result in a month, with the parameters of its image."""
    return _page(request, MAP)


def embed_chart(request: Request) -> Response:
    """``GET /embed/chart/{name}``: a chart by its name; 404 for another one."""
    name = request.path_params["name"]
    return _page(request, name) if name in PICTURES else Response("", 404, media_type="text/plain")


def _page(request: Request, name: str) -> Response:
    return answer(request, PARAMETERS, ("html",), lambda question: _fill(question, request, name))


def _fill(question: Question, request: Request, name: str) -> Answer:
    picture = PICTURES[name]
    view = view_of(question, request, picture)
    chart, table = picture.chart(view), picture.table(view)
    results = view.month_results()
    kind = least_firm(table["provenance"]) if "provenance" in table else ""
    root = "../" if name == MAP else "../../"
    query = f"?{request.url.query}" if request.url.query else ""
    page = fill(
        "embed", view.t, title=_title(view, name, chart.label, results), what=_what(view), kind=kind,
        source=chart.source(view) if chart.source else cite(view, [view.chosen.indicator]), root=root,
        drawing=_draw_map(view, results) if name == MAP else "",
        classes=list_classes(view.figures.definitions, view.chosen.indicator, view.t),
        counts=class_counts(results), image=f"{root}api/v1/chart/{name}.svg{query}", label=chart.label,
        attribution=view.figures.attribution, headings=[name_in_words(column, view.t) for column in table], rows=_rows(view, table),
    )  # fmt: skip
    return Answer(str(page).encode(), "text/html; charset=utf-8")


def _title(view: View, name: str, label: str, results: pd.DataFrame) -> str:
    """The finding where the picture shows communes; the name of the commune where it shows one."""
    if name in ("history", "services", "displaced"):
        return f"{view.name(view.chosen.commune)}{view.t('sign.colon')}{label}"
    return titles.state_overview(view, results)


def _what(view: View) -> str:
    return f"{view.result_label(view.chosen.indicator)} · {date_result(view, view.chosen.indicator)}"


def _draw_map(view: View, results: pd.DataFrame) -> Markup:
    t, codes = view.t, list(results["commune_code"])
    text = MapText(
        title=view.result_label(view.chosen.indicator),
        description=t("map.description", month=date_result(view, view.chosen.indicator)),
        direction=t.direction,
        names={code: view.name(code) for code in codes},
        details={row.commune_code: view.describe(row) for row in results.itertuples()},
    )
    focus = codes if len(codes) < len(view.figures.territory) else None
    legend = view.figures.definitions.legend
    # Every word in it is escaped where it is drawn.
    return Markup(render_choropleth(view.figures.province.layer, legend_rows(results), legend, text, focus=focus))


def _rows(view: View, table: pd.DataFrame) -> list[list[str]]:
    return [[_cell(view, name, value) for name, value in row.items()] for row in table.to_dict("records")]


def _cell(view: View, name: str, value: object) -> str:
    if value is None or value is pd.NA or value != value or value == "":
        return NO_VALUE
    if name in _WORDS:
        return view.t(f"{_WORDS[name]}.{value}")
    return view.t.number(float(value), _DECIMALS if value % 1 else 0) if isinstance(value, int | float) else str(value)
