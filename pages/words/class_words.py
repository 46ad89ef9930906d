"""The words of a class: which ones a result has is a property of the result (load, access, a service, the index), nowhere else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from analytics.faces import ClassKind
from analytics.legend import Legend
from analytics.model import Definitions, ResultStatus
from analytics.pressure import cut_points, decimals_in_band
from data.i18n import NO_VALUE, Translator


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One line of a legend: class, colour and hatch, what it is called, how it reads, of which kind."""

    id: int
    color: str
    hatch: str
    label: str
    reading: str
    kind: str


def list_classes(definitions: Definitions, result_id: str, t: Translator) -> list[ClassLine]:
    """The classes of a result from the lightest, in the words of its kind; read by the cut-points where it has its own."""
    return list_kind(definitions, definitions.class_kind(result_id), t, list_readings(definitions, result_id, t))


def list_kind(
    definitions: Definitions, kind: ClassKind, t: Translator, readings: Sequence[str] | None = None
) -> list[ClassLine]:
    """The classes of a kind; with the readings of one result where it has its own."""
    legend, words = definitions.legend, definitions.legend.words_of(kind)
    return [
        ClassLine(c.id, c.color, c.hatch, t.label(said.labels), reading, kind.value)
        for c, said, reading in zip(legend.classes, words, readings or [t.label(w.readings) for w in words], strict=True)
    ]


def list_readings(definitions: Definitions, result_id: str, t: Translator) -> list[str]:
    """How each class of a result reads: between which figures it lies where they are its own, otherwise in words."""
    indicator = definitions.indicators.get(result_id)
    if indicator is not None and indicator.goalposts is not None and indicator.goalposts.scored == "value":
        return _read_figures(cut_points(indicator.goalposts, definitions.legend), indicator.unit, t)
    return [t.label(said.readings) for said in definitions.legend.words_of(definitions.class_kind(result_id))]


def _read_figures(ends: Sequence[float], unit: str, t: Translator) -> list[str]:
    written = [t.quantity(end, unit, 0 if end.is_integer() else 1) for end in ends]
    between = [t("class.figure_between", low=low, high=high) for low, high in pairwise(written)]
    return [t("class.figure_up_to", high=written[0]), *between, t("class.figure_above", low=written[-1])]


def name_class(definitions: Definitions, result_id: str, severity: int, t: Translator) -> str:
    """What a class of a result is called."""
    return t.label(definitions.legend.words_of(definitions.class_kind(result_id))[severity - 1].labels)


def sign_of(row: Any, legend: Legend) -> tuple[int | str | None, str]:
    """What stands in the sign of a class, and its colour: the number, both ends of a range where the figure is known, or nothing."""
    if pd.notna(row.severity_class):
        return int(row.severity_class), legend.color(int(row.severity_class))
    if row.status == ResultStatus.PARTIAL and pd.notna(row.score):
        return f"{int(row.severity_class_low)}–{int(row.severity_class_high)}", legend.range_color
    return None, legend.color(None)


def write_own(row: Any, t: Translator) -> str:
    """The class of a row as a number, or both ends of its range; empty where neither is known."""
    if pd.notna(row.severity_class):
        return str(int(row.severity_class))
    if row.status != ResultStatus.PARTIAL:
        return ""
    return t("class.range", low=int(row.severity_class_low), high=int(row.severity_class_high))


def write_score(score: float, legend: Legend, t: Translator) -> str:
    """A score without decimals, or with one where it takes one to stand in the band that it belongs to: 60.2 is above 60. Closer to
    the end of a band a word says on which side it stands: 60.004 is "over 60", for more decimals would look like an error."""
    if math.isnan(score):
        return NO_VALUE
    decimals = decimals_in_band(score, legend)
    if decimals <= 1:
        return t.number(score, decimals)
    side = "class.score_over" if score > round(score) else "class.score_under"
    return t(side, score=t.number(round(score)))


def name_inside(definitions: Definitions, result_id: str, severity: int, t: Translator) -> str:
    """The same inside a sentence."""
    name = name_class(definitions, result_id, severity, t)
    return name[:1].lower() + name[1:]


def write_either(one: str, other: str, t: Translator) -> str:
    """Two names with the words that they share said once: "accès difficile ou très difficile"."""
    first, second = one.split(" "), other.split(" ")
    # Something of each is left to tell them apart.
    most = min(len(first), len(second)) - 1
    before = next((at for at in range(most) if first[at] != second[at]), most)
    behind = 0 if before else next((at for at in range(most) if first[-1 - at] != second[-1 - at]), most)
    rest, others = (" ".join(words[before : len(words) - behind]) for words in (first, second))
    said = t("finding.either", one=rest, other=others)
    return " ".join([*first[:before], said, *first[len(first) - behind :]])
