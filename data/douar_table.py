"""The douars of a territory one by one: census figures, place and where each comes from; for lists, maps and rounds."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analytics.douars import DISTANCES, SHARES
from data.loaders.yaml_text import read_yaml
from data.province import Province
from data.reference_files import list_reference_names, read_source

TABLE, PLACES = "douars", "douar_places"
_TEXTS = ("place_name", "match", "place_source", "place_id")


@cache
def read_douars(province: Province) -> pd.DataFrame:
    """Every douar by its census code, in order: ``commune_code``, people and households, shares in percent, distances in km
    (``analytics.douars``), then its place: ``latitude, longitude, place_name, match, place_source, place_id``.

    A figure is NaN where the census withholds it, or where the territory's table has no such column; so are coordinates of a
    douar without a known place, whose texts are empty. Empty where the territory has no table of douars.
    """
    columns = ["households", "population", *SHARES, *DISTANCES]
    if TABLE not in list_reference_names(province):
        return pd.DataFrame(columns=["commune_code", *columns, "latitude", "longitude", *_TEXTS]).rename_axis("douar_code")
    text = pd.read_csv(province.reference / f"{TABLE}.csv", dtype=str, keep_default_na=False).set_index("douar_code")
    figures = text.reindex(columns=columns).apply(pd.to_numeric, errors="coerce")
    return (
        text[["commune_code"]]
        .join(figures)
        .join(_read_places(province).reindex(text.index))
        .fillna(dict.fromkeys(_TEXTS, ""))
    )


def read_douar_source(province: Province) -> dict[str, Any]:
    """What is said of the origin of the census figures by douar; empty where there are none."""
    return read_source(province, TABLE) if TABLE in list_reference_names(province) else {}


@cache
def read_place_source(province: Province) -> dict[str, Any]:
    """What is said of the origin and the licence of the places of douars; empty where there are none."""
    path = province.layer.path.parent / f"{PLACES}.source.yaml"
    return read_yaml(path) if path.exists() else {}


def _read_places(province: Province) -> pd.DataFrame:
    """A file of its own beside the boundaries, for part of it is OpenStreetMap's (ODbL)."""
    path = province.layer.path.parent / f"{PLACES}.csv"
    if not path.exists():
        return pd.DataFrame(columns=["latitude", "longitude", *_TEXTS])
    frame = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("douar_code")
    return frame.assign(latitude=frame["latitude"].astype(float), longitude=frame["longitude"].astype(float))
