"""From a pressure to a class and a score: fixed cut-points, never relative to the other communes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from analytics.legend import Goalposts, Legend

MAXIMUM_SCORE = 100.0
LOWEST_CLASS, HIGH_CLASS, BREAKDOWN_CLASS = 1, 4, 5

# Pressures are quotients of measured counts: 0.8 computed as 79.99999999999999 / 100 belongs to the class of 0.8.
_ROUNDING = 9
# No score is written with more decimals.
_FINEST = 3


def score(value: np.ndarray, goalposts: Goalposts) -> np.ndarray:
    """Score 0–100 on piecewise-linear goalposts, clipped at both ends; NaN stays NaN (method note 2.2)."""
    points = np.asarray(goalposts.points, dtype=float)
    result = np.interp(np.nan_to_num(value), points[:, 0], points[:, 1])
    return np.where(np.isnan(value), np.nan, result)


def cut_points(goalposts: Goalposts, legend: Legend) -> tuple[float, ...]:
    """The figures at which classes 1 to 4 end, for an indicator that takes its class from goalposts of its own."""
    points = np.asarray(goalposts.points, dtype=float)
    ends = np.interp(score_bands(legend), points[:, 1], points[:, 0])
    return tuple(float(np.round(end, _ROUNDING)) for end in ends)


def severity_class(pressure: np.ndarray, legend: Legend) -> np.ndarray:
    """Class 1–5 of a pressure, upper bounds inclusive; NaN where there is no pressure."""
    uppers = np.array([c.upper for c in legend.classes[:-1]])
    ids = np.array([c.id for c in legend.classes], dtype=float)
    rank = np.searchsorted(uppers, np.round(np.nan_to_num(pressure), _ROUNDING), side="left")
    return np.where(np.isnan(pressure), np.nan, ids[rank])


def score_bands(legend: Legend) -> np.ndarray:
    """Scores that end the first four classes: those of the pressures that do."""
    return _bands(tuple(c.upper for c in legend.classes[:-1]), legend.goalposts)


@lru_cache
def _bands(uppers: tuple[float, ...], goalposts: Goalposts) -> np.ndarray:
    """Kept, for every score that is written asks for them; nobody may write into them."""
    bands = score(np.array(uppers), goalposts)
    bands.flags.writeable = False
    return bands


def class_of_score(value: np.ndarray, legend: Legend) -> np.ndarray:
    """Class 1–5 of a score: that of the pressure with this score, upper bounds inclusive."""
    return np.where(np.isnan(value), np.nan, _class_in(score_bands(legend), np.nan_to_num(value)))


def _class_in(bands: np.ndarray, value: np.ndarray) -> np.ndarray:
    return np.searchsorted(np.round(bands, _ROUNDING), np.round(value, _ROUNDING), side="left") + 1.0


def class_of_one(value: float, legend: Legend) -> float:
    """The same of one score: sentences ask for one after the other."""
    return _class_of_one(value, tuple(c.upper for c in legend.classes[:-1]), legend.goalposts)


@lru_cache(maxsize=16384)
def _class_of_one(value: float, uppers: tuple[float, ...], goalposts: Goalposts) -> float:
    return float(_class_in(_bands(uppers, goalposts), np.array(value)))


def decimals_in_band(value: float, legend: Legend) -> int:
    """How many decimals a score is written with so that it stands in the band that it belongs to: 60.2 is above 60."""
    return _decimals_in_band(value, tuple(c.upper for c in legend.classes[:-1]), legend.goalposts)


@lru_cache(maxsize=16384)
def _decimals_in_band(value: float, uppers: tuple[float, ...], goalposts: Goalposts) -> int:
    """Kept: two maps write the score of every commune."""
    written = [value, *(round(value, decimals) for decimals in range(_FINEST))]
    band, *bands = _class_in(_bands(uppers, goalposts), np.array(written)).tolist()
    return bands.index(band) if band in bands else _FINEST
