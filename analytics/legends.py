"""The legend that a result is read with."""

from __future__ import annotations

from dataclasses import replace

from analytics.baseline_rules import BASELINE_IDS
from analytics.model import Definitions, Legend


def legend_of(definitions: Definitions, result_id: str) -> Legend:
    """That of pressure; of the baseline the same five colours, with words and limits of its own."""
    if definitions.baseline is None or result_id not in BASELINE_IDS:
        return definitions.legend
    limits = (-float("inf"), *definitions.baseline.uppers, float("inf"))
    own = zip(definitions.legend.classes, definitions.baseline.classes, limits[:-1], limits[1:], strict=True)
    classes = (
        replace(entry, lower=low, upper=high, labels=words.labels, readings=words.readings)
        for entry, words, low, high in own
    )
    return replace(definitions.legend, classes=tuple(classes))
