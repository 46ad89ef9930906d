"""The result of the index from those of its services, lifted by services and by critical indicators (docs/classes.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analytics.composite import MINIMUM_SECTORS, composite_index, power_mean
from analytics.faces import Face
from analytics.legend import Legend
from analytics.model import Definitions
from analytics.pressure import BREAKDOWN_CLASS, HIGH_CLASS, LOWEST_CLASS, MAXIMUM_SCORE, class_of_score
from analytics.result import Result, heaviest_name, status_of_classes, worst_present
from analytics.service_class import ClassRange, lift_index

COMPOSITE_ID = "ISP"


def assess_index(definitions: Definitions, results: dict[str, Result]) -> Result:
    """The composite: mean of the scores of at least two services, and its class where that holds whatever is missing."""
    known = {s: w for s, w in definitions.sector_weights.items() if s.value in results}
    parts, weights = [results[s.value] for s in known], list(known.values())
    power = definitions.composite_power
    index = composite_index([p.score for p in parts], weights, power)
    without = composite_index([p.score_without for p in parts], weights, power)
    low = _mean_at(parts, weights, power, "score_low", 0.0)
    high = _mean_at(parts, weights, power, "score_high", MAXIMUM_SCORE)
    lifter, legend = _Lifter(definitions, results), definitions.legend
    by_score = class_of_score(index.score, legend)
    classes = _range_classes(lifter, legend, parts, low, high)
    settled, says = classes.is_settled & ~np.isnan(index.score), classes.says_something
    scored = settled | ~np.any([np.isnan(p.score) for p in parts], axis=0)
    same = np.all([np.isnan(p.score) | ~np.isnan(p.score_without) for p in parts], axis=0)
    score = np.where(scored, index.score, np.nan)
    told = says | ~np.isnan(score)
    return Result(
        id=COMPOSITE_ID,
        norm_id="",
        status=status_of_classes(settled, says),
        score=score,
        score_without=np.where(scored & same, without.score, np.nan),
        severity_class=np.where(settled, classes.low, np.nan),
        severity_class_without=np.where(settled & same, lifter.without(class_of_score(without.score, legend)), np.nan),
        provenance=worst_present(parts, told, "provenance"),
        reliability=worst_present(parts, told, "reliability"),
        figures={
            "value": score,
            "class_by_score": np.where(scored, by_score, np.nan),
            "score_low": low,
            "score_high": high,
        },
        class_low=np.where(says, classes.low, np.nan),
        class_high=np.where(says, classes.high, np.nan),
        worst=heaviest_name(parts, [p.score for p in parts], ~np.isnan(score)),
        lifted_by=lifter.name(classes.low, settled & (classes.low > by_score)),
    )


def _range_classes(lifter: _Lifter, legend: Legend, parts: list[Result], low: np.ndarray, high: np.ndarray) -> ClassRange:
    """The class at both ends of what is missing; none where fewer than two services say something."""
    enough = np.sum([~np.isnan(p.class_low) for p in parts], axis=0) >= MINIMUM_SECTORS
    return ClassRange(
        np.where(enough, lifter.lift(class_of_score(low, legend), "class_low"), np.nan),
        np.where(enough, lifter.lift(class_of_score(high, legend), "class_high"), np.nan),
    )


def lift_again(index: Result, definitions: Definitions, results: dict[str, Result]) -> Result:
    """The index with the class that its score gives, lifted by the services and critical indicators among some results."""
    by_score, lifter = class_of_score(index.score, definitions.legend), _Lifter(definitions, results)
    classes = ClassRange(lifter.lift(by_score, "class_low"), lifter.lift(by_score, "class_high"))
    figures = {**index.figures, "class_by_score": by_score}
    return replace(
        index, severity_class=classes.settled_class, class_low=classes.low, class_high=classes.high, figures=figures
    )


def _mean_at(parts: Sequence[Result], weights: Sequence[float], power: float, bound: str, unknown: float) -> np.ndarray:
    """The index with every service at one of its bounds, a service of which nothing is known at ``unknown``."""
    table = np.array([np.nan_to_num(p.figures[bound], nan=unknown) for p in parts])
    return power_mean(table, np.asarray(weights, dtype=float), power)


class _Lifter:
    """What lifts the index: services, and the critical indicators of each."""

    def __init__(self, definitions: Definitions, results: dict[str, Result]) -> None:
        sectors = [s for s in definitions.sector_weights if s.value in results]
        critical = [(at, i) for at, s in enumerate(sectors) for i in definitions.counting(s) if i.critical]
        self.services = [results[s.value] for s in sectors]
        self.loads = [results[i.id] for _, i in critical if i.face is Face.LOAD]
        self.service_of = np.array([at for at, i in critical if i.face is Face.LOAD], dtype=int)
        self.accesses = [results[i.id] for _, i in critical if i.face is Face.ACCESS]

    def lift(self, base: np.ndarray, end: str) -> np.ndarray:
        """The class that a score gives, lifted by the classes at one end (a field of the results)."""
        # A service of which nothing is known may be anything; an indicator that does not apply says nothing.
        unknown = {"class_low": float(LOWEST_CLASS), "class_high": float(BREAKDOWN_CLASS)}.get(end, np.nan)
        services = np.array([np.nan_to_num(getattr(p, end), nan=unknown) for p in self.services])
        loads = _table([getattr(p, end) for p in self.loads], base)
        return lift_index(base, services, loads, self.service_of, _table([getattr(p, end) for p in self.accesses], base))

    def without(self, base: np.ndarray) -> np.ndarray:
        """The class that a score without displaced persons gives, lifted; NaN where what nobody published can change it."""
        low, high = (self._without_at(base, end) for end in ("class_low", "class_high"))
        return ClassRange(low, high).settled_class

    def _without_at(self, base: np.ndarray, end: str) -> np.ndarray:
        def own(part: Result) -> np.ndarray:
            return np.where(part.is_unsettled, getattr(part, end), part.severity_class_without)

        tables = [_table([own(p) for p in parts], base) for parts in (self.services, self.loads, self.accesses)]
        return lift_index(base, tables[0], tables[1], self.service_of, tables[2])

    def name(self, classes: np.ndarray, where: np.ndarray) -> np.ndarray:
        """Id of what lifts the index to a class: the critical indicator or service in the heaviest class, by score among equals, that
        can lift it so far; empty outside of ``where``."""
        parts = [*self.loads, *self.services, *self.accesses]
        weigh = np.array([np.nan_to_num(p.class_low) * 2 * MAXIMUM_SCORE + np.nan_to_num(p.score) for p in parts])
        # Access lifts to 3 at most, load and services to 4 at least.
        by_load = np.arange(len(parts)) < len(self.loads) + len(self.services)
        able = by_load[:, None] == (classes >= HIGH_CLASS)[None, :]
        return heaviest_name(parts, np.where(able, weigh, -1.0), where)


def _table(rows: Sequence[np.ndarray], like: np.ndarray) -> np.ndarray:
    return np.array(rows, dtype=float).reshape(len(rows), len(like))
