"""What changed between two censuses where the earthquake shook harder, in words: the one causal statement that measures allow."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics.difference import Effect, difference_in_differences
from data.i18n import NO_VALUE
from data.province import Province
from data.reference_files import read_communes, read_reference_files
from pages.words.view import View

INTENSITY = "mmi_intensity"
# Shares in points; people and households in percent of what they were.
OUTCOMES = ("dwelling_other_pct", "dwelling_basic_pct", "population", "households")
_RELATIVE = frozenset({"population", "households"})


@dataclass(frozen=True, slots=True)
class CensusEffects:
    """Effect of one more degree of intensity by outcome: over all rural communes, and over those whose intensity is known; the
    years of both censuses."""

    first: int
    second: int
    everywhere: dict[str, Effect]
    where_known: dict[str, Effect]


@lru_cache(maxsize=8)
def read_effects(province: Province) -> CensusEffects | None:
    """The effects of a territory's earthquake by its reference tables; None where these do not hold two censuses and intensities.

    Rural communes only: towns grow otherwise. Where the intensity is only known as below a limit, it is taken to be the limit.
    """
    table = _by_commune(province)
    if INTENSITY not in table.columns.get_level_values(0):
        return None
    years = sorted({int(year) for name, year in table.columns if name in OUTCOMES})
    if len(years) < 2:
        return None
    shaken = table[INTENSITY].max(axis=1)
    doses = (shaken.fillna(province.event.censored_below), shaken)
    everywhere, known = ({o: e for o in OUTCOMES if (e := _effect(table, o, years, dose)) is not None} for dose in doses)
    return CensusEffects(years[0], years[-1], everywhere, known) if everywhere else None


def list_effects(view: View, effects: CensusEffects) -> list[dict[str, str]]:
    """One row an outcome: how it changed where it shook more and less, what one degree adds with its interval, and the same over
    communes whose intensity is known."""
    return [
        {
            "label": view.t.label(view.variables[name].labels),
            "above": _change(view, name, effect.change_above),
            "below": _change(view, name, effect.change_below),
            "slope": _slope(view, name, effect),
            "known": _slope(view, name, effects.where_known.get(name)),
            "told": view.t(_verdict(name, effect)),
        }
        for name, effect in effects.everywhere.items()
    ]


def count_unknown(effects: CensusEffects) -> int:
    """Rural communes whose intensity is only known to lie below a limit."""
    return max(e.communes for e in effects.everywhere.values()) - max(e.communes for e in effects.where_known.values())


def _by_commune(province: Province) -> pd.DataFrame:
    """Observations of the rural communes by variable and year."""
    observed = pd.concat([file.observations for file in read_reference_files(province)])
    rural = read_communes(province).query("area_type == 'rural'")["commune_code"]
    observed = observed[observed["variable"].isin([INTENSITY, *OUTCOMES]) & observed["commune_code"].isin(rural)]
    dated = observed.assign(year=pd.to_datetime(observed["reference_date"]).dt.year)
    table = dated.pivot_table(index="commune_code", columns=["variable", "year"], values="value")
    return table.reindex(sorted(rural))


def _effect(table: pd.DataFrame, outcome: str, years: list[int], dose: pd.Series) -> Effect | None:
    if any((outcome, year) not in table.columns for year in (years[0], years[-1])):
        return None
    scale: Callable[[np.ndarray], np.ndarray] = (lambda v: 100 * np.log(v)) if outcome in _RELATIVE else (lambda v: v)
    before, after = (scale(table[outcome, year].to_numpy(dtype=float)) for year in (years[0], years[-1]))
    return difference_in_differences(before, after, dose.to_numpy(dtype=float))


def _verdict(outcome: str, effect: Effect) -> str:
    """Whether the sign is sure; of what may have grown otherwise before, never that the earthquake is the cause."""
    if not effect.is_told:
        return "difference.not_told"
    return "difference.not_cause" if outcome in _RELATIVE else "difference.told"


def _change(view: View, outcome: str, change: float) -> str:
    unit = "difference.percent" if outcome in _RELATIVE else "difference.points"
    return view.t(unit, change=_number(view, outcome, change))


def _number(view: View, outcome: str, change: float) -> str:
    """Points as they are; hundredths of a logarithm as percent."""
    return view.t.number(100 * math.expm1(change / 100) if outcome in _RELATIVE else change, 1)


def _slope(view: View, outcome: str, effect: Effect | None) -> str:
    if effect is None:
        return NO_VALUE
    low, high = (_number(view, outcome, end) for end in (effect.low, effect.high))
    between = view.t("certainty.between", low=low, high=high)
    return f"{_change(view, outcome, effect.slope)} ({between})"
