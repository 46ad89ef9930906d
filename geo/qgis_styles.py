"""Styles for QGIS (QML), kept inside a GeoPackage: communes in the colours of their classes, places as dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from geo.palette import DOT_FAR, DOT_FAR_EDGE, OUTLINE

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
VERSION = "3.34.0"


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a column, its colour, and what it is called; empty: whatever is no other value."""

    value: str
    color: str
    label: str


def style_classes(column: str, categories: Sequence[Category]) -> str:
    """Polygons filled by the value of a column."""
    document, renderer = _document(type="categorizedSymbol", attr=column, symbollevels="0", enableorderby="0")
    listed, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for at, category in enumerate(categories):
        name = str(at)
        SubElement(listed, "category", value=category.value, symbol=name, label=category.label, render="true", type="string")
        _fill(symbols, name, category.color)
    return _HEAD + tostring(document, encoding="unicode")


def style_points(color: str = DOT_FAR, edge: str = DOT_FAR_EDGE, millimetres: float = 1.8) -> str:
    """Points as discs of one colour."""
    document, renderer = _document(type="singleSymbol", symbollevels="0", enableorderby="0")
    symbol = SubElement(SubElement(renderer, "symbols"), "symbol", type="marker", name="0", alpha="1", clip_to_extent="1")
    layer = SubElement(symbol, "layer", {"class": "SimpleMarker", "enabled": "1", "locked": "0", "pass": "0"})
    said = {
        "name": "circle",
        "color": _rgba(color),
        "outline_color": _rgba(edge),
        "size": f"{millimetres:g}",
        "size_unit": "MM",
    }
    _options(layer, said)
    return _HEAD + tostring(document, encoding="unicode")


def _document(**renderer: str) -> tuple[Element, Element]:
    document = Element("qgis", version=VERSION, styleCategories="Symbology")
    return document, SubElement(document, "renderer-v2", renderer)


def _fill(symbols: Element, name: str, color: str) -> None:
    symbol = SubElement(symbols, "symbol", type="fill", name=name, alpha="1", clip_to_extent="1")
    layer = SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "locked": "0", "pass": "0"})
    _options(layer, {"color": _rgba(color), "style": "solid", "outline_color": _rgba(OUTLINE), "outline_width": "0.2"})


def _options(layer: Element, said: dict[str, str]) -> None:
    options = SubElement(layer, "Option", type="Map")
    for name, value in said.items():
        SubElement(options, "Option", name=name, value=value, type="QString")


def _rgba(color: str) -> str:
    return ",".join(str(int(color[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
