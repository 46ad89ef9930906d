"""Layers of the map as layers of a GeoPackage: people above the norm, people hosted, shaking, ways from origin to host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point

from geo.boundaries import centroids
from geo.geopackage import PackageLayer, Style
from geo.qgis_styles import style_points
from pages.address.selection import read_selection
from pages.web.api.parameters import Question
from pages.words.flows import read_flows
from pages.words.map_layers import read_layer, value_by_commune
from pages.words.view import View

VALUED = ("people", "displaced", "intensity")
CRS = "EPSG:4326"


def map_layers(question: Question, result_id: str) -> list[PackageLayer]:
    """Those layers for one result of the month, as the map shows them to this reader; each row with its source, date and kind."""
    asked = {"month": f"{question.month:%Y-%m}", "indicator": result_id}
    view = View(question.figures, read_selection(question.figures, asked), question.t)
    middle = centroids(question.figures.province.layer)
    points = [_points(view, layer, middle) for layer in VALUED]
    return [*points, _flows(view, middle)]


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


def _layer(view: View, layer: str, rows: pd.DataFrame, shapes: Sequence[object], kind: str) -> PackageLayer:
    content = read_layer(view, layer)
    said = rows.assign(source=content.source, reference_date=content.when, provenance=content.provenance)
    styles = [Style(layer, style_points())] if kind == "Point" else []
    frame = gpd.GeoDataFrame(said, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)
    return PackageLayer(layer, view.t(f"layer.{layer}"), frame, kind, styles)
