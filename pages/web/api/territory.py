"""The territory with its figures as files for maps: communes as GeoJSON; with douars, facilities and service points as GeoPackage."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from analytics.assessment import COMPOSITE_ID
from analytics.baseline_rules import BASELINE_IDS
from geo.boundaries import read_boundaries
from geo.geopackage import PackageLayer, Style, write_geopackage
from geo.palette import BLACK, NORM, WHITE
from geo.qgis_styles import Category, style_classes, style_points
from pages.address.selection import file_part, name_file, write_own
from pages.figures.figures import Figures
from pages.print.tables.results import build_result_table
from pages.web.api.answering import answer
from pages.web.api.forms import list_rows
from pages.web.api.map_package import is_whole, map_layers
from pages.web.api.parameters import ALWAYS, ASSUMED, Question, one_result
from pages.web.api.records import FACILITIES
from pages.web.api.resource import of_what
from pages.web.api.results import DOUARS, PRESSURE, SERVICE_POINTS
from pages.web.kept_answers import Answer
from pages.words.class_words import list_classes

PARAMETERS = ("date", "indicator", *ASSUMED, *ALWAYS)
PACKAGE_PARAMETERS = ("commune", *PARAMETERS)
GEOJSON, GEOPACKAGE = "application/geo+json", "application/geopackage+sqlite3"
# Of each result on the layer of communes.
_FIGURES = (
    "value", "pressure", "score", "severity_class", "severity_class_low", "severity_class_high", "status", "provenance",
)  # fmt: skip


def communes_geojson(request: Request) -> Response:
    """``GET /api/v1/communes.geojson``: the communes as polygons (WGS 84) with one result of a month.

    ``indicator`` names one result, that of the first screen where none is given; the rest as for pressure.
    """
    return answer(request, PARAMETERS, ("geojson",), _geojson)


def territory_gpkg(request: Request) -> Response:
    """``GET /api/v1/territory.gpkg``: layers ``communes``, ``douars``, ``facilities``, ``service_points``, those of the map
    (``people``, ``displaced``, ``intensity``, ``flows``, ``sites`` for who may see them) and the table ``results`` of a month, with
    styles for QGIS.

    ``indicator`` names the results that the communes carry: index, services and starting point where none is given; ``commune`` the
    communes that every layer is cut down to: all of them where none is given.
    """
    return answer(request, PACKAGE_PARAMETERS, ("gpkg",), lambda question: _geopackage(question, request))


def _geojson(question: Question) -> Answer:
    figures = question.figures
    chosen = one_result(question)
    table = build_result_table(figures, question.t, [chosen], question.months, list(figures.territory))
    colors = {line.id: line.color for line in list_classes(figures.definitions, chosen, question.t)}
    rows = {row["commune_code"]: row for row in list_rows(PRESSURE, table)}
    shapes = json.loads(_polygons(figures, figures.territory).to_json(drop_id=True))["features"]
    features = [{**shape, "properties": _properties(shape["properties"], rows, colors)} for shape in shapes]
    said = {"type": "FeatureCollection", **of_what(figures), "attribution": figures.attribution, "features": features}
    name = name_file(figures.assumptions, "communes", f"{question.month:%Y-%m}", form="geojson")
    headers = {"content-disposition": f'inline; filename="{name}"'}
    return Answer(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), GEOJSON, headers)


def _properties(place: dict[str, Any], rows: dict[str, dict[str, Any]], colors: dict[int, str]) -> dict[str, Any]:
    row = rows.get(place["commune_code"], {})
    return {**place, **row, "color": colors.get(row.get("severity_class"))}  # type: ignore[arg-type]


def _polygons(figures: Figures, codes: Collection[str]) -> gpd.GeoDataFrame:
    boundaries = read_boundaries(figures.province.layer)
    return boundaries[boundaries["commune_code"].isin(codes)].reset_index(drop=True)


def _geopackage(question: Question, request: Request) -> Answer:
    figures = question.figures
    named = question.results if "indicator" in request.query_params else _main_results(figures)
    results = build_result_table(figures, question.t, question.results, question.months, list(question.communes))
    layers = [
        _communes(question, results, named),
        _places("douars", DOUARS.build(question), style_points()),
        _places("facilities", FACILITIES.build(question), style_points(NORM, BLACK, 2.4)),
        _places("service_points", SERVICE_POINTS.build(question), style_points(WHITE, NORM, 2.4)),
        *map_layers(question, named[0]),
        PackageLayer("results", question.t("exchange.layer_results"), results),
    ]
    part = () if is_whole(question) else (file_part(write_own(figures, question.communes, "")),)
    name = name_file(figures.assumptions, figures.province.id, *part, f"{question.month:%Y-%m}", form="gpkg")
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Answer(write_geopackage(layers), GEOPACKAGE, headers)


def _main_results(figures: Figures) -> list[str]:
    wanted = (COMPOSITE_ID, *(sector.value for sector in figures.definitions.sector_weights), *BASELINE_IDS)
    return [name for name in wanted if name in figures.results]


def _communes(question: Question, results: pd.DataFrame, named: Sequence[str]) -> PackageLayer:
    """Polygons with the figures of some results side by side, the name of each before its columns."""
    figures, t = question.figures, question.t
    frame = _polygons(figures, question.communes).merge(
        figures.communes.drop(columns=["name_fr", "name_ar"]).reset_index(drop=True), on="commune_code"
    )
    wide = {
        f"{name}_{column}": results.loc[results["indicator_id"] == name].set_index("commune_code")[column]
        for name in named
        for column in _FIGURES
    }
    joined = frame.join(pd.DataFrame(wide), on="commune_code")
    said = {**of_what(figures), "attribution": figures.attribution, "reference_date": f"{question.month:%Y-%m}"}
    joined = gpd.GeoDataFrame(joined.assign(**said), geometry="geometry", crs="EPSG:4326")
    styles = [Style(t.label(figures.definitions.labels(name)), _class_style(question, name)) for name in named]
    return PackageLayer("communes", figures.attribution, joined, "MultiPolygon", styles)


def _class_style(question: Question, result_id: str) -> str:
    definitions, t = question.figures.definitions, question.t
    lines = [Category(str(c.id), c.color, f"{c.id} {c.label}") for c in list_classes(definitions, result_id, t)]
    return style_classes(
        f"{result_id}_severity_class", [*lines, Category("", definitions.legend.no_data_color, t("map.no_data"))]
    )


def _places(name: str, table: pd.DataFrame, qml: str) -> PackageLayer:
    """Points of a table; a row without a known place keeps its figures and has no point."""
    points = gpd.GeoSeries.from_xy(table["longitude"].astype(float), table["latitude"].astype(float), crs="EPSG:4326")
    known = table["latitude"].notna() & table["longitude"].notna()
    frame = gpd.GeoDataFrame(table.reset_index(drop=True), geometry=points.where(known, None).reset_index(drop=True))
    return PackageLayer(name, name, frame, "Point", [Style(name, qml)])
