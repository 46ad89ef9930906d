"""Maps and charts by address: as an image with title, source, date and kind of figures inside, and as the rows behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from analytics.assessment import COMPOSITE_ID
from pages.address.province import write_province
from pages.address.selection import ALL, Selection, territory_options
from pages.print.charts import catalogue
from pages.print.charts.chart import Chart
from pages.web.api.answering import answer
from pages.web.api.parameters import ALWAYS, ASSUMED, Question, one_of, one_result
from pages.web.kept_answers import Answer
from pages.words.view import View

PARAMETERS = ("date", "indicator", "commune", "territory", *ASSUMED, *ALWAYS)
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
MAP = "map"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of the catalogue that has an address: what draws it for a view, and the table of what it shows.

    ``indicator`` is shown where none is named; empty: that of the first screen.
    """

    chart: Callable[[View], Chart]
    table: Callable[[View], pd.DataFrame]
    indicator: str = ""


_OF_RESULTS = (
    "value", "pressure", "severity_class", "severity_class_low", "severity_class_high", "score", "gap_to_norm", "status",
    "provenance",
)  # fmt: skip


def _results(view: View) -> pd.DataFrame:
    return _named(view, view.month_results())


def _in_order(view: View) -> pd.DataFrame:
    ranked = view.in_order_of_rank(view.month_results())
    table = _named(view, view.month_results().loc[list(ranked["commune_code"])])
    places = ranked[["rank", "rank_low", "rank_high"]].reset_index(drop=True)
    return pd.concat([places, table], axis=1)


def _intervals(view: View) -> pd.DataFrame:
    drawn = view.figures.ranking(view.chosen.indicator, view.chosen.month)
    own = drawn.reindex(view.month_results().index)[["low", "high", "probability_high"]].reset_index(drop=True)
    return pd.concat([_results(view), own], axis=1)


def _around(view: View) -> pd.DataFrame:
    commune = view.chosen.commune
    around = [commune, *view.figures.neighbours(commune)]
    return _named(view, view.figures.of_month(view.chosen.indicator, view.chosen.month).loc[around])


def _named(view: View, results: pd.DataFrame) -> pd.DataFrame:
    table = results[list(_OF_RESULTS)].reset_index(drop=True)
    table.insert(0, "commune_name", [view.name(code) for code in results["commune_code"]])
    return table


def _history(view: View) -> pd.DataFrame:
    rows = view.figures.history(view.chosen.commune, view.chosen.indicator)
    table = rows[list(_OF_RESULTS)].reset_index(drop=True)
    table.insert(0, "reference_date", list(rows["reference_date"].dt.strftime("%Y-%m")))
    return table


def _services(view: View) -> pd.DataFrame:
    rows = view.figures.of_commune(view.chosen.commune, view.chosen.month)
    own = rows.loc[[COMPOSITE_ID, *(sector.value for sector in view.figures.services)]]
    table = own[list(_OF_RESULTS)].reset_index(drop=True)
    table.insert(0, "indicator_label", [view.result_label(result) for result in own.index])
    return table


def _displaced(view: View) -> pd.DataFrame:
    people = view.figures.over_time("displaced_persons", view.chosen.commune)
    return pd.DataFrame({"reference_date": people.index.strftime("%Y-%m"), "persons": people.to_numpy()})


PICTURES: Mapping[str, Picture] = {
    MAP: Picture(catalogue.map_chart, _results),
    "surroundings": Picture(lambda view: catalogue.surroundings_chart(view, view.chosen.commune), _around),
    "ranking": Picture(catalogue.ranking_chart, _in_order),
    "intervals": Picture(catalogue.intervals_chart, _intervals),
    "quadrant": Picture(catalogue.quadrant_chart, _results),
    "history": Picture(lambda view: catalogue.history_chart(view, view.chosen.commune, view.chosen.indicator), _history),
    "services": Picture(lambda view: catalogue.services_chart(view, view.chosen.commune), _services, COMPOSITE_ID),
    "displaced": Picture(lambda view: catalogue.displaced_chart(view, view.chosen.commune), _displaced),
}


def map_image(request: Request) -> Response:
    """``GET /api/v1/map.svg`` and ``/api/v1/map.png``: the map of a result in a month, for a page or a document."""
    return _image(request, MAP)


def chart_image(request: Request) -> Response:
    """``GET /api/v1/chart/{name}.svg`` and ``.png``: a chart by its name (``PICTURES``); 404 for another name."""
    name = request.path_params["name"]
    if name not in PICTURES:
        allowed = ", ".join(PICTURES)
        return JSONResponse({"error": "not_found", "value": name[:100], "allowed": allowed}, status_code=404)
    return _image(request, name)


def _image(request: Request, name: str) -> Response:
    form = request.path_params["form"]
    if form not in MEDIA_TYPES:
        allowed = ", ".join(MEDIA_TYPES)
        return JSONResponse({"error": "not_found", "value": form[:100], "allowed": allowed}, status_code=404)

    def draw(question: Question) -> Answer:
        view = view_of(question, request, PICTURES[name])
        content = PICTURES[name].chart(view).draw(view, form)
        return Answer(content, MEDIA_TYPES[form], packs=form == "svg")

    return answer(request, PARAMETERS, (form,), draw)


def view_of(question: Question, request: Request, picture: Picture) -> View:
    """What a picture shows: result, month, territory and commune of the address.

    Raises:
        BadParameterError: a territory that there is not, or several results.
    """
    figures, asked = question.figures, request.query_params
    territory = one_of(asked.get("territory", ALL), "territory", territory_options(figures))
    indicator = one_result(question)
    if picture.indicator and "indicator" not in asked:
        indicator = picture.indicator
    chosen = Selection(
        question.t.language, territory, question.month, indicator, question.communes[0], figures.assumptions,
        province=write_province(figures.province),
    )  # fmt: skip
    return View(figures, chosen, replace(question.t, territory=figures.province))
