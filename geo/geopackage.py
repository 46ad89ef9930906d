"""A GeoPackage: layers of places and tables in one SQLite file, with the styles that QGIS opens them in."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

_STYLES = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
        f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
        owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
    )
"""
_CONTENT = """
    INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
    VALUES ('layer_styles', 'attributes', 'layer_styles', '')
"""
_STYLE = """
    INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
        useAsDefault, description, owner)
    VALUES ('', '', ?, 'geom', ?, ?, '', ?, ?, '')
"""


@dataclass(frozen=True, slots=True)
class Style:
    """A style by name; the first one of a layer is the one that it opens in."""

    name: str
    qml: str


@dataclass(frozen=True, slots=True)
class PackageLayer:
    """A layer of places, or a table where the frame has no geometry; ``geometry`` as GeoPackage names its kind."""

    name: str
    description: str
    frame: pd.DataFrame
    geometry: str | None = None
    styles: Sequence[Style] = ()


def write_geopackage(layers: Sequence[PackageLayer]) -> bytes:
    """The layers as one GeoPackage.

    Raises:
        OSError: no room for the file while it is made.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "territory.gpkg"
        for layer in layers:
            _write_layer(path, layer)
        with closing(sqlite3.connect(path)) as package, package:
            package.execute(_STYLES)
            package.execute(_CONTENT)
            for layer in layers:
                for at, style in enumerate(layer.styles):
                    package.execute(_STYLE, (layer.name, style.name[:30], style.qml, at == 0, style.name))
        return path.read_bytes()


def _write_layer(path: Path, layer: PackageLayer) -> None:
    described = {"DESCRIPTION": layer.description}
    append = path.exists()
    if layer.geometry is None:
        pyogrio.write_dataframe(layer.frame, path, layer=layer.name, driver="GPKG", append=append, layer_options=described)
        return
    assert isinstance(layer.frame, gpd.GeoDataFrame)
    layer.frame.to_file(
        path, layer=layer.name, driver="GPKG", engine="pyogrio", mode="a" if append else "w", geometry_type=layer.geometry,
        layer_options=described,
    )  # fmt: skip
