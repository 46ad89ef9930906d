"""The service points of communes as a table: true places as they were recorded, derived ones with their ellipse and held-out error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analytics.model import Provenance
from analytics.service_network import CommunePoint, PointStatus
from data.douar_table import read_douar_source, read_place_source
from pages.figures.service_points import DISTANCES, ServiceMap, read_services, to_degrees
from pages.words.view import View

COLUMNS = (
    "commune_code", "commune_name", "service", "status", "name", "latitude", "longitude", "ellipse_long_km", "ellipse_short_km",
    "ellipse_degrees", "off_km", "douars_used", "held_out_error", "median_error", "reference_date", "source", "place_licence",
    "provenance",
)  # fmt: skip
_NUMBERS = (
    "latitude", "longitude", "ellipse_long_km", "ellipse_short_km", "ellipse_degrees", "off_km", "douars_used",
    "held_out_error", "median_error",
)  # fmt: skip
# Of a commune without placed douars and without a known place.
_UNKNOWN = CommunePoint(PointStatus.NOT_DERIVABLE, np.empty((0, 2)), None, (), ())


def build_point_table(view: View, codes: Sequence[str]) -> pd.DataFrame:
    """One row for each commune and service, several where several true places are known, in the order of ``COLUMNS``.

    ``status`` is that of ``analytics.service_network.PointStatus``. A derived place has the half axes of its ellipse (four chances
    in five, km) and their angle from east to north; a true one ``off_km``, how far the derived place was from the nearest true one.
    ``held_out_error`` and ``median_error`` are medians of absolute differences of logarithms, with the derived place and with
    the commune's median distance. Missing where there is no such figure. ``provenance`` is that of the place.
    """
    rows = [
        row
        for service in DISTANCES
        for found in [read_services(view.figures, service)]
        for code in codes
        for row in _rows(view, found, code)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype(dict.fromkeys(_NUMBERS, float))


def _rows(view: View, found: ServiceMap, code: str) -> Iterator[dict[str, Any]]:
    point = found.points.get(code, _UNKNOWN)
    common = {"commune_code": code, "commune_name": view.name(code), "service": found.service, "status": point.status.value}
    if point.status is PointStatus.TRUE:
        recorded = found.facilities[found.facilities["commune_code"] == code]
        yield from ({**common, **_true(row, point)} for row in recorded.to_dict("records"))
    else:
        yield {**common, **_derived(view, point)}


def _true(row: dict[Any, Any], point: CommunePoint) -> dict[str, Any]:
    """A recorded place, with its own source and date."""
    kept = {name: row[name] for name in ("name", "latitude", "longitude", "source", "provenance")}
    return {**kept, "reference_date": f"{row['reference_date']:%Y-%m-%d}", "off_km": point.off_km}


def _derived(view: View, point: CommunePoint) -> dict[str, Any]:
    """What the census gives; source and date stand beside "not derivable" too, for they are what does not suffice."""
    census, places = read_douar_source(view.figures.province), read_place_source(view.figures.province)
    said = {
        "source": view.t.words(census.get("attribution", "")),
        "reference_date": census.get("reference_date"),
    }
    if point.derived is None:
        return said
    latitude, longitude = to_degrees(view.figures.province, point.places[0])
    ellipse = point.derived.ellipse
    return {
        **said,
        "latitude": round(latitude, 4),
        "longitude": round(longitude, 4),
        "ellipse_long_km": ellipse.long_km,
        "ellipse_short_km": ellipse.short_km,
        "ellipse_degrees": ellipse.degrees,
        "douars_used": point.derived.douars,
        "held_out_error": float(np.median(point.errors)),
        "median_error": float(np.median(point.median_errors)),
        "place_licence": places.get("licence"),
        "provenance": Provenance.DERIVED.value,
    }
