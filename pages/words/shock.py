"""What a second shock does, in words: the finding of its own effect, the communes where most people would be displaced."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.first_breaks import first_breaks
from analytics.projection import Projection
from analytics.scenario import Scenario, moved_indicators
from analytics.shock_effects import ShockEffects
from data.source_words import write_source
from pages.words.links import commune_link
from pages.words.people_ahead import inside_territory
from pages.words.scenario import label
from pages.words.view import View

PLACES_SHOWN = 10
_FIGURES = 2


@dataclass(frozen=True, slots=True)
class ShockPlace:
    """A commune of the list: its place in it, people expected to be displaced, low and high end, and the same as written with
    intensity and public buildings lost."""

    code: str
    href: str
    place: int
    name: str
    people: float
    low: float
    high: float
    expected: str
    between: str
    intensity: str
    buildings: str


def write_about(view: View, people: float) -> str:
    """A number of people that nobody knows to the unit: two figures."""
    whole = round(people)
    return view.t.number(round(whole, min(0, _FIGURES - len(str(whole)))), 0)


def state_shock(view: View, scenario: Scenario, effects: ShockEffects) -> str:
    """The finding: how many people are expected to be displaced in the chosen territory, with the range, and where most."""
    inside = inside_territory(view)
    total = effects.total(inside)
    if total[CENTRAL] < 1:
        return view.t("shock.finding_none", scenario=label(view, scenario))
    most = effects.commune_codes[int(np.nanargmax(np.where(inside, effects.displaced[CENTRAL], np.nan)))]
    people = {bound: write_about(view, total[bound]) for bound in BOUNDS}
    return view.t("shock.finding", scenario=label(view, scenario), name=view.name(most), **people)


def state_own_breaks(view: View, scenario: Scenario, mine: Projection, breaks: pd.DataFrame) -> str:
    """How many communes break down with the earthquake and not without it: what the trend does alone is not its doing."""
    without = view.figures.projection(replace(scenario, shock=None))
    definitions = view.figures.definitions
    ids = [i.id for sector in view.figures.services for i in moved_indicators(definitions, sector)]
    anyway = set(first_breaks(without, ids, view.figures.assessment)["commune_code"])
    own = sum(code not in anyway for code in breaks["commune_code"])
    month = view.t.month(mine.months[-1])
    return view.t("shock.own_breaks", count=own, month=month) if own else view.t("shock.own_breaks_none", month=month)


def state_range(view: View, effects: ShockEffects) -> list[str]:
    """Middle and range of the total, and what another vulnerability would give."""
    t, inside = view.t, inside_territory(view)
    total = {name: write_about(view, value) for name, value in effects.total(inside).items()}
    fragile = {b: write_about(view, float(np.nansum(effects.by_vulnerability[b][inside]))) for b in (LOW, HIGH)}
    assumption = t.label(dict(view.figures.scenario_setting.shock_model.fragility.labels))
    return [
        t("shock.range", median=total["median"], low=total[LOW], high=total[HIGH]),
        t("shock.vulnerability", **fragile, assumption=assumption),
    ]


def list_places(view: View, effects: ShockEffects) -> list[ShockPlace]:
    """The communes of the territory where most people are expected to be displaced, the most first."""
    inside, expected = inside_territory(view), np.nan_to_num(effects.displaced[CENTRAL])
    order = [i for i in np.argsort(-expected, kind="stable") if inside[i] and expected[i] >= 1][:PLACES_SHOWN]
    return [_place(view, effects, int(i), place) for place, i in enumerate(order, start=1)]


def write_shock_source(view: View) -> str:
    """What the list and the map rest on."""
    return view.t("shock.source", equation=write_source(view.figures.scenario_setting.shock_model.equation.source, view.t))


def _place(view: View, effects: ShockEffects, row: int, place: int) -> ShockPlace:
    t, code = view.t, effects.commune_codes[row]
    low, expected, high = (float(effects.displaced[b][row]) for b in BOUNDS)
    between = t("certainty.between", low=write_about(view, low), high=write_about(view, high))
    return ShockPlace(
        code=code,
        href=commune_link(view, code),
        place=place,
        name=view.name(code),
        people=expected,
        low=low,
        high=high,
        expected=write_about(view, expected),
        between=between,
        intensity=t.number(float(effects.intensity[row]), 1),
        buildings=t.percent(float(effects.unusable[CENTRAL][row])),
    )
