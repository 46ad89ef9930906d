"""The starting point of a commune: how exposed it was to the earthquake and how far it lies from services (docs/baseline.md).

Measured figures alone, by the census and the earthquake: no monthly report moves it. Each part has a score on fixed goalposts, the
parts of one theme are averaged, then the themes of a face, all with the same weight; the whole is a power mean of the two faces.
What does not apply to a commune (distances in towns) leaves that face without a score, and the whole with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.assessment import Assessment
from analytics.baseline_rules import BASELINE_ID, BaselineFace, BaselinePart, BaselineRules, baseline_face_id
from analytics.composite import power_mean
from analytics.model import ResultStatus
from analytics.panel import Panel
from analytics.pressure import MAXIMUM_SCORE
from analytics.ratios import divide
from analytics.result import Result, status_of_classes

# Scores computed as 29.999999999999996 belong to the class of 30.
_ROUNDING = 9
# Scores that end the first four classes of a part.
PART_BANDS = (20.0, 40.0, 60.0, 80.0)


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """A part over the rows of a panel: its figure, its score, and the share of the people that it is known of (1 where the census
    withholds nobody); ``applies`` where it may be known, ``kind`` and ``grade`` the ranks of the least firm figure behind it."""

    part: BaselinePart
    value: np.ndarray
    score: np.ndarray
    known_share: np.ndarray
    applies: np.ndarray
    kind: np.ndarray
    grade: np.ndarray

    def at(self, withheld: float | np.ndarray) -> np.ndarray:
        """Score with the people of whom nothing is known at some score; a part that nobody said is at that score altogether."""
        known = np.nan_to_num(self.score) * self.known_share + withheld * (1 - self.known_share)
        return np.where(np.isnan(self.score), withheld, known)


def with_baseline(
    assessment: Assessment, rules: BaselineRules | None, measured: Collection[str] | None = None
) -> Assessment:
    """An assessment with the results of the baseline after its own: the whole and its two faces; as it was without rules.

    Args:
        measured: the parts that are known somewhere in the territory (``measured_parts``), where the panel holds only some communes.
    """
    found = {} if rules is None else assess_baseline(assessment.panel, rules, measured)
    return replace(assessment, results=assessment.results | found)


def assess_baseline(panel: Panel, rules: BaselineRules, measured: Collection[str] | None = None) -> dict[str, Result]:
    """The whole and its two faces over the rows of a panel, by result id; ``measured`` as for ``with_baseline``."""
    faces = assess_faces(score_parts(panel, rules, measured), rules)
    whole = _whole(list(faces.values()), rules)
    return {BASELINE_ID: whole} | {baseline_face_id(face): result for face, result in faces.items()}


def score_parts(panel: Panel, rules: BaselineRules, measured: Collection[str] | None = None) -> tuple[ScoredPart, ...]:
    """Every part that is known of at least one commune, in order: what a territory never measured is no part of its baseline.
    ``measured`` as for ``with_baseline``."""
    known = measured_parts(panel, rules) if measured is None else measured
    return tuple(_score(part, panel, rules) for part in rules.parts if part.id in known)


def measured_parts(panel: Panel, rules: BaselineRules) -> frozenset[str]:
    """Ids of the parts that are known of at least one commune and month of a panel."""
    return frozenset(part.id for part in rules.parts if not np.isnan(_value(part, panel)).all())


def _value(part: BaselinePart, panel: Panel) -> np.ndarray:
    columns = [panel[name] for name in part.variables]
    value = np.sum([column.value for column in columns[: len(part.of)]], axis=0) * part.scale
    return divide(value, columns[-1].value) if part.over else np.asarray(value)


def _score(part: BaselinePart, panel: Panel, rules: BaselineRules) -> ScoredPart:
    columns, value = [panel[name] for name in part.variables], _value(part, panel)
    points = np.asarray(part.points, dtype=float)
    score = np.where(np.isnan(value), np.nan, np.interp(np.nan_to_num(value), points[:, 0], points[:, 1]))
    if part.where_silent is not None:
        score = np.where(np.isnan(score), part.where_silent, score)
    share = np.ones(panel.rows)
    if part.covered:
        share = np.clip(np.nan_to_num(panel[part.covered].value / panel[rules.people].value), 0, 1)
    return ScoredPart(
        part,
        value,
        score,
        share,
        ~np.any([column.is_not_applicable() for column in columns], axis=0),
        np.max([column.provenance for column in columns], axis=0),
        np.max([column.reliability for column in columns], axis=0),
    )


def theme_means(parts: Sequence[ScoredPart], scores: Sequence[np.ndarray]) -> np.ndarray:
    """Score of a face from the scores of its parts: the mean of its themes, each the mean of its parts. Parts that are missing leave
    their theme to the others; a theme without any leaves the face to the others."""
    themes = dict.fromkeys(part.part.theme for part in parts)
    of_theme = [[s for p, s in zip(parts, scores, strict=True) if p.part.theme == theme] for theme in themes]
    return _mean([_mean(members) for members in of_theme])


def _mean(tables: Sequence[np.ndarray]) -> np.ndarray:
    """Mean over the first axis of what is there; NaN where nothing is."""
    stacked = np.stack(tables)
    count = (~np.isnan(stacked)).sum(axis=0)
    return np.where(count > 0, np.nansum(stacked, axis=0) / np.maximum(count, 1), np.nan)


def assess_faces(parts: Sequence[ScoredPart], rules: BaselineRules) -> dict[BaselineFace, Result]:
    """The result of each face that has a part."""
    by_face = {face: [p for p in parts if p.part.face is face] for face in BaselineFace}
    return {face: _face(face, members, rules) for face, members in by_face.items() if members}


def _face(face: BaselineFace, parts: Sequence[ScoredPart], rules: BaselineRules) -> Result:
    """A face: not assessed where a theme does not apply, known where every part that applies is."""
    themes = dict.fromkeys(p.part.theme for p in parts)
    applies = np.all([np.any([p.applies for p in parts if p.part.theme == theme], axis=0) for theme in themes], axis=0)
    applicable = [np.where(p.applies, p.score, np.nan) for p in parts]
    complete = np.all([~p.applies | ~np.isnan(p.score) for p in parts], axis=0)
    bounds = [theme_means(parts, [np.where(p.applies, p.at(end), np.nan) for p in parts]) for end in (0.0, MAXIMUM_SCORE)]
    score = np.where(applies & complete, theme_means(parts, applicable), np.nan)
    low, high = (np.where(applies, bound, np.nan) for bound in bounds)
    heaviest = np.nan_to_num(np.stack(applicable), nan=-1.0).argmax(axis=0)
    names = np.array([p.part.id for p in parts], dtype=object)
    known = applies & complete
    return _result(
        baseline_face_id(face),
        (score, low, high),
        rules,
        worst=np.where(known, names[heaviest], ""),
        provenance=np.where(known, _worst(parts, "kind"), -1),
        reliability=np.where(known, _worst(parts, "grade"), -1),
        concerned=applies,
    )


def _worst(parts: Sequence[ScoredPart], rank: str) -> np.ndarray:
    """The least firm rank among the parts that apply."""
    return np.asarray(np.max([np.where(p.applies, getattr(p, rank), -1) for p in parts], axis=0))


def _whole(faces: Sequence[Result], rules: BaselineRules) -> Result:
    """Both faces together; where one does not apply, neither does the whole."""

    def together(tables: Sequence[np.ndarray]) -> np.ndarray:
        known = ~np.isnan(np.stack(tables)).any(axis=0)
        return np.where(known, power_mean(np.stack(tables), np.ones(len(tables)), rules.power), np.nan)

    scores = [together([f.score for f in faces])]
    scores += [together([f.figures[bound] for f in faces]) for bound in ("score_low", "score_high")]
    heavier = np.argmax(np.nan_to_num(np.stack([f.score for f in faces]), nan=-1.0), axis=0)
    known = ~np.isnan(scores[0])
    concerned = np.all([~f.has_status(ResultStatus.NOT_ASSESSED) for f in faces], axis=0)
    return _result(
        BASELINE_ID,
        tuple(scores),
        rules,
        worst=np.where(known, np.choose(heavier, [f.worst for f in faces]), ""),
        provenance=np.where(known, np.max([f.provenance for f in faces], axis=0), -1),
        reliability=np.where(known, np.max([f.reliability for f in faces], axis=0), -1),
        concerned=concerned,
    )


def class_of_part(score: np.ndarray) -> np.ndarray:
    """Class 1–5 of the score of one part: bands of 20, which its goalposts are written for (``data/definitions/baseline.yaml``)."""
    rank = np.searchsorted(PART_BANDS, np.round(np.nan_to_num(score), _ROUNDING), side="left") + 1.0
    return np.where(np.isnan(score), np.nan, rank)


def class_of_baseline(score: np.ndarray, rules: BaselineRules) -> np.ndarray:
    """Class 1–5 of a score of the baseline, upper bounds inclusive; NaN stays NaN."""
    ranks = np.searchsorted(np.asarray(rules.uppers), np.round(np.nan_to_num(score), _ROUNDING), side="left") + 1.0
    return np.where(np.isnan(score), np.nan, ranks)


def _result(
    name: str,
    scores: tuple[np.ndarray, ...],
    rules: BaselineRules,
    *,
    worst: np.ndarray,
    provenance: np.ndarray,
    reliability: np.ndarray,
    concerned: np.ndarray,
) -> Result:
    """A result of the baseline; without displaced people it is not known, since the census does not tell them apart."""
    score, low, high = scores
    known, nothing = ~np.isnan(score), np.full_like(score, np.nan)
    ends = [class_of_baseline(end, rules) for end in (low, high)]
    says = known | (concerned & (ends[1] - ends[0] < len(rules.classes) - 1))
    classed = class_of_baseline(score, rules)
    return Result(
        id=name,
        norm_id="",
        status=status_of_classes(known, says, ~concerned),
        score=score,
        score_without=nothing,
        severity_class=classed,
        severity_class_without=nothing,
        provenance=provenance,
        reliability=reliability,
        figures={"value": score, "class_by_score": classed, "score_low": low, "score_high": high},
        class_low=np.where(known, classed, np.where(says, ends[0], np.nan)),
        class_high=np.where(known, classed, np.where(says, ends[1], np.nan)),
        worst=worst,
    )
