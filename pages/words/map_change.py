"""What changed on the map between two months or two scenarios, in steps of a diverging scale; what cannot be compared is said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.change_scale import PRESSURE_ENDS, SCORE_ENDS, STEPS, VALUE_ENDS, step_of
from analytics.model import Sector
from geo.hatches import NO_DATA, NOT_ASSESSED
from geo.map_styles import CommuneStyle
from geo.palette import CHANGE
from pages.words.view import View


@dataclass(frozen=True, slots=True)
class MapOfChange:
    """Styles by commune; ``legend``: colour, words and how many communes, from the largest fall to the largest rise, then those
    without a figure (empty colour: not comparable); ``notes`` on what has no colour."""

    styles: dict[str, CommuneStyle]
    legend: list[tuple[str, str, int]]
    notes: list[str]


def read_change(
    view: View, before: pd.DataFrame, after: pd.DataFrame, sets: tuple[pd.DataFrame, pd.DataFrame]
) -> MapOfChange:
    """The change of the chosen result by commune of the territory.

    Args:
        before, after: result rows, indexed by commune.
        sets: which indicators of the result are known before and after (``known_indicators``); a commune where they differ is not
            compared: another set of indicators gives another figure without anything having changed.
    """
    name, ends, decimals = _measure(view)
    first, second = (rows.reindex(view.codes)[name].astype(float) for rows in (before, after))
    change = second - first
    differs = (sets[0] != sets[1]).any(axis=1).reindex(view.codes, fill_value=False) & change.notna()
    steps = step_of(change.mask(differs).to_numpy(), ends)
    styles = {}
    for code, step in zip(view.codes, steps, strict=True):
        row = NOT_ASSESSED if differs[code] else NO_DATA if np.isnan(step) else CHANGE[int(step) + STEPS]
        label = view.t("change.not_comparable" if differs[code] else "change.unknown") if np.isnan(step) else ""
        figure = "" if np.isnan(step) else _said(view, first[code], second[code], decimals)
        styles[code] = CommuneStyle(row, label or _name(view, int(step), ends, decimals), figure)
    legend = [
        (CHANGE[step + STEPS], _name(view, step, ends, decimals), int((steps == step).sum()))
        for step in range(-STEPS, STEPS + 1)
    ]
    differing, unknown = int(differs.sum()), int((np.isnan(steps) & ~differs).sum())
    if unknown:
        legend.append((view.figures.definitions.legend.no_data_color, view.t("change.unknown"), unknown))
    legend.append(("", view.t("change.not_comparable"), differing))
    notes = _notes(view, differing, unknown)
    if (steps == 0).any() and not (np.abs(steps) > 0).any():
        notes.append(view.t("change.nothing", limit=_write_end(view, ends[0], decimals)))
    return MapOfChange(styles, legend, notes)


def known_indicators(view: View, frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Communes × indicators behind the chosen result: whether each is known.

    Args:
        frames: result rows by indicator.
    """
    return pd.DataFrame({i: rows.reindex(view.codes)["score"].notna() for i, rows in frames.items()}, index=view.codes)


def parts_of(view: View) -> list[str]:
    """The indicators that the chosen result is made of; none for an indicator, which is one figure."""
    definitions, result = view.figures.definitions, view.chosen.indicator
    if result in definitions.indicators:
        return []
    sector, face = definitions.faces.get(result, (result, None))
    sectors = [Sector(sector)] if sector in set(Sector) else list(definitions.services)
    return [i.id for s in sectors for i in definitions.counting(s, face)]


def _measure(view: View) -> tuple[str, Sequence[float], int]:
    """What is subtracted: the score of a service or of the index, the value that gives a class, else the pressure."""
    indicator = view.figures.definitions.indicators.get(view.chosen.indicator)
    if indicator is None:
        return "score", SCORE_ENDS, 0
    if indicator.goalposts is not None and indicator.goalposts.scored == "value":
        return "value", VALUE_ENDS, indicator.decimals
    return "pressure", PRESSURE_ENDS, 2


def _said(view: View, before: float, after: float, decimals: int) -> str:
    return view.t("change.said", before=view.t.number(before, decimals), after=view.t.number(after, decimals))


def _name(view: View, step: int, ends: Sequence[float], decimals: int) -> str:
    t, shown = view.t, [_write_end(view, end, decimals) for end in ends]
    if step == 0:
        return t("change.none", limit=shown[0])
    side = "up" if step > 0 else "down"
    size = abs(step)
    if size == STEPS:
        return t(f"change.{side}_from", low=shown[-1])
    return t(f"change.{side}", low=shown[size - 1], high=shown[size])


def _write_end(view: View, end: float, decimals: int) -> str:
    return view.t.number(end, max(decimals, 0 if end >= 1 else 2))


def _notes(view: View, differing: int, unknown: int) -> list[str]:
    notes = []
    if differing:
        notes.append(view.t("change.differing", count=differing))
    if unknown:
        notes.append(view.t("change.left_out", count=unknown))
    if view.chosen.indicator == COMPOSITE_ID:
        notes.append(view.t("change.of_score"))
    return notes
