"""The portrait of a commune: its measured figures beside those of a group, which communes are like it, and what sets it apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

PEERS = 5
DWELLINGS = (
    "dwelling_rural_pct_2024", "dwelling_basic_pct_2024", "dwelling_other_pct_2024", "rural_earth_dwelling_pct_2024",
)  # fmt: skip
DISTANCES = ("primary_school_km_mean_2024", "college_km_mean_2024", "lycee_km_mean_2024", "health_centre_km_mean_2024")
# A figure sets a commune apart where so few communes of the territory go farther.
_APART = 0.06
_FEWEST_KNOWN = 20


class How(StrEnum):
    """How a figure of several communes is said as one."""

    PEOPLE = "people"
    HOUSEHOLDS = "households"
    RATIO = "ratio"
    MEDIAN = "median"


class Likeness(StrEnum):
    """By what communes are like one another."""

    SIZE = "size"
    DWELLINGS = "dwellings"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class PortraitFigure:
    """One line of a portrait: ``parts`` are the columns it is made from (numerator and denominator of a ratio, times ``factor``,
    plus ``offset``); ``unit`` is ``percent``, ``km``, or that of a count; ``known`` the column that says of how many people
    it is known, where the census withholds some."""

    id: str
    section: str
    unit: str
    how: How
    parts: tuple[str, ...]
    decimals: int = 1
    factor: float = 1.0
    offset: float = 0.0
    known: str = ""


def derive(values: pd.DataFrame) -> pd.DataFrame:
    """Columns that follow from those of the census: ages in four groups, counts of the earthquake per household."""
    found = values.copy()
    for year in ("2014", "2024"):
        young = [f"age_{group}_pct_{year}" for group in ("0_4", "5_9", "10_14")]
        if set(young) <= set(found.columns):
            found[f"under_15_pct_{year}"] = found[young].sum(axis=1, min_count=3)
    groups = ["age_15_19_pct_2024", "age_20_24_pct_2024"]
    if {*groups, "under_15_pct_2024", "age_65_plus_pct_2024"} <= set(found.columns):
        found["age_15_24_pct_2024"] = found[groups].sum(axis=1, min_count=2)
        others = found[["under_15_pct_2024", "age_15_24_pct_2024", "age_65_plus_pct_2024"]].sum(axis=1, min_count=3)
        found["age_25_64_pct_2024"] = 100 - others
    return found


def say(values: pd.DataFrame, figure: PortraitFigure, codes: Sequence[str]) -> float:
    """A figure of some communes as one: a mean weighted by people or households, a ratio of sums, or the middle commune's.

    Only communes with the figure count; NaN where none has it.
    """
    return say_rows(values, figure, values.index.get_indexer(list(codes)))


def say_rows(values: pd.DataFrame | Mapping[str, np.ndarray], figure: PortraitFigure, rows: np.ndarray) -> float:
    """The same for communes by their rows, which a portrait looks up once for all its figures; ``values`` may be its columns as
    arrays, which are read faster."""
    if not all(part in values for part in figure.parts):
        return float("nan")
    parts = [np.asarray(values[part], dtype=float)[rows] for part in figure.parts]
    known = ~np.isnan(parts).any(axis=0)
    if not known.any():
        return float("nan")
    first = parts[0][known]
    if figure.how is How.RATIO:
        bottom = parts[1][known].sum()
        return float(first.sum() / bottom * figure.factor + figure.offset) if bottom else float("nan")
    if figure.how is How.MEDIAN:
        return float(np.median(first))
    people = values["municipal_population_2024" if figure.how is How.PEOPLE else "households_2024"]
    return float(np.average(first, weights=np.asarray(people, dtype=float)[rows][known]))


def of_each(values: pd.DataFrame, figure: PortraitFigure) -> pd.Series:
    """A figure of every commune by itself; NaN where it has none."""
    if not set(figure.parts) <= set(values.columns):
        return pd.Series(np.nan, index=values.index)
    if figure.how is not How.RATIO:
        return values[figure.parts[0]].astype(float)
    top, bottom = (values[part] for part in figure.parts)
    return top / bottom.where(bottom != 0) * figure.factor + figure.offset


def nearest(values: pd.DataFrame, area_types: pd.Series, code: str, likeness: Likeness, count: int = PEERS) -> list[str]:
    """The communes most like one, nearest first, of its own kind (urban or rural): by the logarithm of the people, by dwelling types,
    or by distances to services. Where the figures of a rule are not known (distances of urban communes) by size."""
    kinds = area_types.to_dict()
    same = [c for c in values.index if kinds[c] == kinds[code] and c != code]
    columns = {Likeness.DWELLINGS: DWELLINGS, Likeness.DISTANCE: DISTANCES}.get(likeness, ())
    known = values.loc[[code, *same], [c for c in columns if c in values.columns]].dropna()
    if len(columns) and code in known.index and len(known) > count:
        scaled = (known - known.mean()) / known.std(ddof=0).replace(0, 1)
        away = np.sqrt(((scaled - scaled.loc[code]) ** 2).sum(axis=1))
    else:
        away = np.log(values.loc[[code, *same], "population_2024"]).sub(np.log(values.at[code, "population_2024"])).abs()
    return list(away.drop(code).sort_values(kind="stable").index[:count])


def set_apart(values: pd.DataFrame, figures: Sequence[PortraitFigure], most: int = 4) -> dict[str, list[tuple[str, bool]]]:
    """Of each commune the figures in which hardly any other of the territory goes farther, the most unusual first: id, and whether it
    is high (else low)."""
    found: dict[str, list[tuple[float, str, bool]]] = {str(code): [] for code in values.index}
    for figure in figures:
        known = of_each(values, figure).dropna()
        if len(known) < _FEWEST_KNOWN or known.nunique() < _FEWEST_KNOWN // 2:
            continue
        above = (len(known) - known.rank(method="max")) / len(known)
        below = (known.rank(method="min") - 1) / len(known)
        # How far out it is among the others, so that a tie at the end does not decide.
        spread = (known - known.median()).abs() / max(float(known.quantile(0.75) - known.quantile(0.25)), 1e-9)
        for code in known.index[np.minimum(above, below) < _APART]:
            found[str(code)].append((float(spread[code]), figure.id, bool(above[code] < below[code])))
    return {
        code: [(name, is_high) for _, name, is_high in sorted(own, key=lambda entry: (-entry[0], entry[1]))[:most]]
        for code, own in found.items()
    }
