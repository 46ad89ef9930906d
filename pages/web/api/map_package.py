"""Layers of the map as layers of a GeoPackage: people above the norm, people hosted, shaking, ways, sites of displaced people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point

from geo.boundaries import centroids
from geo.geopackage import PackageLayer, Style
from geo.qgis_styles import style_points
from pages.address.selection import read_selection, write_own
from pages.web.api.parameters import Question
from pages.words import sites
from pages.words.flows import read_flows
from pages.words.map_layers import read_layer, value_by_commune
from pages.words.view import View

VALUED = ("people", "displaced", "intensity")
CRS = "EPSG:4326"
SITE_COLUMNS = (
    "site_id", "commune_code", "site_name", "households", "persons", "source", "reference_date", "provenance", "reliability",
)  # fmt: skip


def map_layers(question: Question, result_id: str) -> list[PackageLayer]:
    """Those layers for one result of the month, as the map shows them to this reader; each row with its source, date and kind."""
    asked = {"month": f"{question.month:%Y-%m}", "indicator": result_id}
    if not is_whole(question):
        asked["territory"] = write_own(question.figures, question.communes, "")
    view = View(question.figures, read_selection(question.figures, asked), question.t)
    middle = centroids(question.figures.province.layer)
    points = [_points(view, layer, middle) for layer in VALUED]
    return [*points, _flows(view, middle), *_sites(view)]


def is_whole(question: Question) -> bool:
    """Whether all communes are asked for."""
    return len(question.communes) == len(question.figures.territory)


def _points(view: View, layer: str, middle: Mapping[str, tuple[float, float]]) -> PackageLayer:
    """The middle of each commune with a figure, and the figure."""
    values = value_by_commune(view, layer).dropna()
    rows = values[[code in middle for code in values.index]].rename("value").rename_axis("commune_code").reset_index()
    return _layer(view, layer, rows, [Point(middle[code]) for code in rows["commune_code"]], "Point")


def _flows(view: View, middle: Mapping[str, tuple[float, float]]) -> PackageLayer:
    """A line from home to host, with the people that the map tells: small counts are withheld, the others rounded."""
    pairs = read_flows(view).pairs
    rows = pairs[pairs["home"].isin(middle) & pairs["host"].isin(middle)].reset_index(drop=True)
    lines = [LineString((middle[row.home], middle[row.host])) for row in rows.itertuples()]
    return _layer(view, "flows", rows, lines, "LineString")


def _sites(view: View) -> list[PackageLayer]:
    """The sites that the reader may see, people rounded as on the map; one without coordinates has no point. No layer for others."""
    if not sites.may_see(view.figures.viewer):
        return []
    rows = sites.read_sites(view).reset_index(drop=True)
    told = rows.assign(persons=sites.tell_people(view, rows), reference_date=rows["reference_date"].dt.strftime("%Y-%m"))
    points = [
        Point(x, y) if pd.notna(x) and pd.notna(y) else None
        for x, y in zip(rows["longitude"], rows["latitude"], strict=True)
    ]
    return [_package(view, "sites", told[list(SITE_COLUMNS)], points, "Point")]


def _layer(view: View, layer: str, rows: pd.DataFrame, shapes: Sequence[object], kind: str) -> PackageLayer:
    """A layer whose rows have source, date and kind in common."""
    content = read_layer(view, layer)
    said = rows.assign(source=content.source, reference_date=content.when, provenance=content.provenance)
    return _package(view, layer, said, shapes, kind)


def _package(view: View, layer: str, said: pd.DataFrame, shapes: Sequence[object], kind: str) -> PackageLayer:
    styles = [Style(layer, style_points())] if kind == "Point" else []
    frame = gpd.GeoDataFrame(said, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)
    return PackageLayer(layer, view.t(f"layer.{layer}"), frame, kind, styles)
