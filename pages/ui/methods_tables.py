"""Rows of the Methods screen: classes, indicators, norms and reference tables in the reader's words."""

from __future__ import annotations

import math

from analytics.model import Definitions, Goalposts, Indicator, Legend, Sector
from analytics.norms import NormValue, Source
from data.i18n import NO_VALUE, Translator
from data.reference_files import list_reference_names, read_source

# An arrow between two numbers keeps its direction inside Arabic text.
LEFT_TO_RIGHT, END_OF_DIRECTION = "\u2066", "\u2069"


def list_classes(legend: Legend, t: Translator) -> list[dict[str, object]]:
    """Each class with its range of pressure."""
    return [
        {
            "id": entry.id,
            "color": entry.color,
            "label": t.label(entry.labels),
            "range": _range(entry.lower, entry.upper, t),
            "reading": t.label(entry.readings),
        }
        for entry in legend.classes
    ]


def list_indicators(definitions: Definitions, sector: Sector, t: Translator) -> list[dict[str, object]]:
    """Each indicator of a sector with formula, norms in words, weight and sources."""
    return [
        {
            "id": indicator.id,
            "label": t.label(indicator.labels),
            "description": t.label(indicator.descriptions),
            "formula": t.label(indicator.formulas),
            "unit": t(f"unit.{indicator.unit}"),
            "weight": t("methods.weight", weight=t.percent(indicator.weight)) if indicator.weight else "",
            "goalposts": _own_goalposts(indicator, t),
            "assumption": indicator.assumptions.get(t.language, ""),
            "norms": [t.label(definitions.norms[norm].labels) for norm in _norms_of(indicator)],
            "sources": [write_source(source) for source in indicator.sources],
        }
        for indicator in definitions.of_sector(sector)
    ]


def list_norms(definitions: Definitions, t: Translator) -> list[dict[str, str]]:
    """Each dated value of each norm, with status and source."""
    return [
        {
            "label": t.label(norm.labels),
            "value": f"{t.number(value.value, _decimals(value.value))} {t(f'unit.{norm.unit}')}",
            "since": t.date(value.effective_from),
            "valid": t.date(value.last_value_still_valid_on) if value.last_value_still_valid_on else NO_VALUE,
            "status": t(f"norm_status.{value.status}"),
            "source": write_source(value.source),
            "url": _address(value),
        }
        for norm in definitions.norms.values()
        for value in norm.values
    ]


def list_reference_tables(t: Translator) -> list[dict[str, str]]:
    """Each table of facts with producer, licence and what to know of it."""
    rows = []
    for name in list_reference_names():
        source = read_source(name)
        rows.append(
            {
                "label": t.label(source["labels"]),
                "file": f"{name}.csv",
                "origin": t(
                    "methods.source_produced", producer=t.words(source["producer"]), licence=t.words(source["licence"])
                ),
                "date": t.words(source["reference_date"]),
                "notes": t.label(source["notes"]),
                "url": source["url"] if str(source["url"]).startswith("https://") else "",
            }
        )
    return rows


def write_goalposts(goalposts: Goalposts, t: Translator) -> str:
    """The path from figure to score, as pairs."""
    pairs = (f"{t.number(figure, _decimals(figure))} → {t.number(score)}" for figure, score in goalposts.points)
    return t("sign.between").join(f"{LEFT_TO_RIGHT}{pair}{END_OF_DIRECTION}" for pair in pairs)


def write_source(source: Source) -> str:
    """Title, publisher and date in one line."""
    return ", ".join(part for part in (source.title, source.publisher, source.date) if part)


def _range(lower: float, upper: float, t: Translator) -> str:
    if math.isinf(upper):
        return t("methods.range_open", lower=t.number(lower, 1))
    return t("methods.range", lower=t.number(lower, 1), upper=t.number(upper, 1))


def _own_goalposts(indicator: Indicator, t: Translator) -> str:
    return t("methods.goalposts", points=write_goalposts(indicator.goalposts, t)) if indicator.goalposts else ""


def _norms_of(indicator: Indicator) -> list[str]:
    named = (norm for term in indicator.terms for norm in (term.norm, *term.capacity_norms))
    return list(dict.fromkeys(norm for norm in named if norm))


def _decimals(value: float) -> int:
    """As many decimals as the value is written with, three at most."""
    return next((places for places in range(3) if round(value, places) == value), 3)


def _address(value: NormValue) -> str:
    return value.source.url if value.source.url.startswith("https://") else ""
