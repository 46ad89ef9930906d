"""One indicator, one face, one service or the index over the rows of a panel, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from analytics.model import ResultStatus

STATUS = tuple(ResultStatus)


@dataclass(frozen=True, slots=True)
class Result:
    """One result over the rows of a panel; NaN and rank -1 where there is nothing to say.

    ``class_low`` and ``class_high`` are the class at both ends of what is missing: equal to ``severity_class`` where it is known, NaN
    where no class can be left out. ``lifted_by`` names what lifted the class above that of the load, ``worst`` what weighs most,
    ``worst_term`` the term (school cycle) that gives the class, ``absent_terms`` those without demand and without capacity; ``terms``
    holds the pressure of each term by label.
    """

    id: str
    norm_id: str
    status: np.ndarray
    score: np.ndarray
    score_without: np.ndarray
    severity_class: np.ndarray
    severity_class_without: np.ndarray
    provenance: np.ndarray
    reliability: np.ndarray
    figures: dict[str, np.ndarray]
    class_low: np.ndarray
    class_high: np.ndarray
    worst: np.ndarray | None = None
    lifted_by: np.ndarray | None = None
    worst_term: np.ndarray | None = None
    absent_terms: np.ndarray | None = None
    terms: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def no_service(self) -> np.ndarray:
        """Where there are people to serve and no service at all."""
        return self.has_status(ResultStatus.NO_SERVICE)

    @property
    def is_missing(self) -> np.ndarray:
        """Where a figure exists and nobody said it: what does not apply to a commune is not missing."""
        return self.has_status(ResultStatus.MISSING)

    @property
    def is_unsettled(self) -> np.ndarray:
        """Where a score is known and no one class: it rests on what was published of some people only."""
        return ~np.isnan(self.score) & np.isnan(self.severity_class)

    def has_status(self, *statuses: ResultStatus) -> np.ndarray:
        """Where the result has one of some statuses."""
        # Compared one by one: to look for two ranks in a set takes numpy ten times as long.
        return np.logical_or.reduce([self.status == STATUS.index(s) for s in statuses])


def status_of_classes(is_settled: np.ndarray, says_something: np.ndarray, never: np.ndarray | None = None) -> np.ndarray:
    """Rank of the status of each row: assessed where one class holds, partial where some can be left out, insufficient where none can;
    not assessed where nothing applies (``never``)."""
    nowhere = np.zeros(is_settled.shape, dtype=bool)
    cases = [nowhere if never is None else never, is_settled, says_something]
    said = (ResultStatus.NOT_ASSESSED, ResultStatus.ASSESSED, ResultStatus.PARTIAL)
    return np.select(cases, rank_of(said), default=rank_of([ResultStatus.INSUFFICIENT])[0])


def rank_of(statuses: Sequence[ResultStatus]) -> list[np.int8]:
    """Ranks of some statuses, a byte each: a country has a million of them."""
    return [np.int8(STATUS.index(status)) for status in statuses]


def worst_present(parts: Sequence[Result], says: np.ndarray, name: str) -> np.ndarray:
    """The least firm rank (``provenance`` or ``reliability``) among the parts that say something, where the whole does."""
    return np.where(says, np.max([np.where(np.isnan(p.class_low), -1, getattr(p, name)) for p in parts], axis=0), -1)


def heaviest_name(parts: Sequence[Result], weigh: Sequence[np.ndarray] | np.ndarray, where: np.ndarray) -> np.ndarray:
    """Id of the part that weighs most (parts × rows) in some rows, empty elsewhere; the first of equals."""
    table = np.nan_to_num(np.asarray(weigh, dtype=float), nan=-1.0)
    names = np.array([p.id for p in parts], dtype=object)
    return np.where(where, names[table.argmax(axis=0)], "")
