"""Results of a service and of its two faces from those of its indicators (docs/classes.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.composite import weighted_mean
from analytics.faces import Face, face_id
from analytics.legend import Legend
from analytics.model import Definitions, Indicator, ResultStatus, Sector
from analytics.pressure import BREAKDOWN_CLASS, LOWEST_CLASS, MAXIMUM_SCORE, class_of_score
from analytics.result import Result, heaviest_name, status_of_classes, worst_present
from analytics.service_class import ClassRange, lift_by_indicators

NEVER_APPLIES = (ResultStatus.NOT_ASSESSED, ResultStatus.NO_DEMAND)


def assess_service(sector: Sector, definitions: Definitions, results: dict[str, Result]) -> list[Result]:
    """The faces of a service, then the service itself: its class is that of its load, lifted by what counts on either face; its
    score is the mean of all that weighs, on both faces."""
    legend = definitions.legend
    faces = [(face, definitions.counting(sector, face)) for face in Face]
    known = [_combine(face_id(sector.value, face), _Members(of, results, legend)) for face, of in faces if of]
    headline = results[definitions.headlines[sector]].figures
    gaps = {name: headline[name] for name in ("gap_to_norm", "gap_without_displaced")}
    return [*known, _combine(sector.value, _Members(definitions.counting(sector), results, legend), gaps)]


@dataclass(frozen=True, slots=True)
class _End:
    """One end of what is missing, and the score that stands for a figure of which nothing is known."""

    name: str
    score: float


LOW, HIGH = _End("low", 0.0), _End("high", MAXIMUM_SCORE)


@dataclass(frozen=True, slots=True)
class _Members:
    """Indicators that count together, and their results."""

    indicators: Sequence[Indicator]
    results: dict[str, Result]
    legend: Legend

    @property
    def parts(self) -> list[Result]:
        """Their results, in the order of the indicators."""
        return [self.results[i.id] for i in self.indicators]

    @property
    def loads(self) -> _Members:
        """Those of load; all of them where none is."""
        loads = [i for i in self.indicators if i.face is Face.LOAD]
        return _Members(loads or self.indicators, self.results, self.legend)

    def score(self, end: _End | None = None, without: bool = False) -> np.ndarray:
        """Mean of the scores that weigh at one end of what is missing, without it where no end is given; of access alone, the worst
        score: who is not reached by one service is not reached by the mean of two."""
        missing = np.nan if end is None else end.score
        known = [self._score_of(*of, end, without) for of in zip(self.indicators, self.parts, strict=True)]
        table = np.array([np.where(p.is_missing, missing, s) for p, s in zip(self.parts, known, strict=True)])
        if all(i.face is Face.ACCESS for i in self.indicators):
            return np.asarray(np.fmax.reduce(table))
        return weighted_mean(table, np.array([i.weight for i in self.indicators])[:, None])

    @staticmethod
    def _score_of(indicator: Indicator, part: Result, end: _End | None, without: bool) -> np.ndarray:
        """Score of one of them, at an end of what nobody published of it; such a share knows no displaced persons."""
        if end is not None and indicator.is_known_in_part:
            return part.figures[f"score_{end.name}"]
        return part.score_without if without else part.score

    def severity_class(self, end: _End, without: bool = False) -> np.ndarray:
        """Class at one end of what is missing."""
        classes, absent = [], []
        for indicator, part in zip(self.indicators, self.parts, strict=True):
            known = part.severity_class_without if without else part.severity_class
            own = np.where(part.is_missing | part.is_unsettled, getattr(part, f"class_{end.name}"), known)
            gone = (part.no_service | part.is_missing) & (own == BREAKDOWN_CLASS)
            # A figure that is missing may be a breakdown; at the low end, one that is known in part is no absence.
            gone &= ~(part.is_missing & (end is LOW))
            classes.append(own)
            absent.append(gone & indicator.critical & (indicator.face is Face.LOAD))
        base = class_of_score(self.loads.score(end, without), self.legend)
        return lift_by_indicators(base, np.array(classes), np.array(absent))

    def range(self, without: bool = False) -> ClassRange:
        """Class at both ends."""
        return ClassRange(self.severity_class(LOW, without), self.severity_class(HIGH, without))


def _combine(name: str, members: _Members, gaps: dict[str, np.ndarray] | None = None) -> Result:
    parts, classes = members.parts, members.range()
    settled, says = classes.is_settled, classes.says_something
    never = np.all([p.has_status(*NEVER_APPLIES) for p in parts], axis=0)
    # Where every figure is there, of some people at least, there is a score to compare and to order by, also between two classes.
    scored = settled | ~np.any([p.is_missing for p in parts], axis=0)
    # Without displaced persons the same indicators must be there, or the two would not compare.
    same = np.all([np.isnan(p.score) | ~np.isnan(p.score_without) for p in parts], axis=0)
    total = np.where(scored, members.score(), np.nan)
    told = says | ~np.isnan(total)
    base = class_of_score(members.loads.score(), members.legend)
    return Result(
        id=name,
        norm_id="",
        status=status_of_classes(settled, says, never),
        score=total,
        score_without=np.where(scored & same, members.score(without=True), np.nan),
        severity_class=classes.settled_class,
        severity_class_without=np.where(settled & same, members.range(without=True).settled_class, np.nan),
        provenance=worst_present(parts, told, "provenance"),
        reliability=worst_present(parts, told, "reliability"),
        figures={
            "value": total,
            "class_by_score": np.where(scored, base, np.nan),
            "score_of_load": np.where(scored, members.loads.score(), np.nan),
            "score_low": members.score(LOW),
            "score_high": members.score(HIGH),
            **(gaps or {}),
        },
        class_low=np.where(says, classes.low, np.nan),
        class_high=np.where(says, classes.high, np.nan),
        worst=heaviest_name(parts, [p.score for p in parts], ~np.isnan(total)),
        lifted_by=_lifted_by(parts, classes.low, base),
    )


def _lifted_by(parts: Sequence[Result], low: np.ndarray, base: np.ndarray) -> np.ndarray:
    """The indicator in the heaviest class, by score among equals, where the class lies above that of the load."""
    lifted = low > np.nan_to_num(base, nan=float(LOWEST_CLASS))
    weigh = [np.nan_to_num(p.class_low) * 2 * MAXIMUM_SCORE + np.nan_to_num(p.score) for p in parts]
    return heaviest_name(parts, weigh, lifted)
