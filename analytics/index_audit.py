"""What the index rests on, measured on one month: floor and ceiling, correlations, what each service and indicator weighs in effect,
what leaving one out changes, and whether it agrees with what is known from elsewhere (method note 2.6).

The checks are those of the OECD and JRC handbook on composite indicators (2008), steps 4, 7 and 9. Scores are taken from an
assessment; nothing is computed anew but means of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment
from analytics.model import Definitions, Indicator
from analytics.pressure import class_of_score

# Limits that must hold: share of communes at an end, part of a service in the index, correlation of two indicators of one service.
MOST_AT_AN_END, LEAST_PART, MOST_PART, HIGHEST_CORRELATION = 2 / 3, 0.2, 0.5, 0.9
_LOWEST_SCORE, _HIGHEST_SCORE = 0.0, 100.0
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class IndexAudit:
    """The tables of an audit; correlations are of ranks (Spearman).

    ``indicators`` by id: ``service, weight, at_floor, at_ceiling`` (shares of communes), ``part`` in the variance of the index,
    ``rank_correlation`` of the index without it with the index, ``rank_shift`` mean change of rank without it. ``services`` by id:
    ``weight, part, alpha`` (Cronbach), ``first_factor`` (share of variance), ``communes``. ``pairs``: ``service, one, other,
    correlation``. ``between``: services × services. ``outside``: ``auc`` of telling the named communes from the others, by figure.
    """

    indicators: pd.DataFrame
    services: pd.DataFrame
    pairs: pd.DataFrame
    between: pd.DataFrame
    outside: pd.DataFrame

    def broken_limits(self) -> list[str]:
        """What does not hold, as ``limit: what``; empty where all do."""
        ends = self.indicators[["at_floor", "at_ceiling"]].max(axis=1)
        found = [f"at an end: {name}" for name in ends.index[ends > MOST_AT_AN_END]]
        parts = self.services["part"]
        found += [f"part: {name}" for name in parts.index[~parts.between(LEAST_PART, MOST_PART)]]
        close = self.pairs[self.pairs["correlation"] > HIGHEST_CORRELATION]
        return found + [f"correlation: {row.one}, {row.other}" for row in close.itertuples()]


def audit_index(
    assessment: Assessment, definitions: Definitions, outside: Mapping[str, np.ndarray], named: np.ndarray
) -> IndexAudit:
    """Audit the index of an assessment of one month.

    Args:
        outside: figures that are no part of the index, one value a commune.
        named: communes that somebody else chose, for the external check.
    """
    scores = _Scores.of(assessment, definitions)
    figures = {COMPOSITE_ID: scores.index, **{k: scores.services[k].to_numpy() for k in scores.services}, **outside}
    aucs = {name: area_under_curve(np.asarray(values, dtype=float), named) for name, values in figures.items()}
    return IndexAudit(
        indicators=_audit_indicators(scores),
        services=_audit_services(scores),
        pairs=_correlate_pairs(scores),
        between=scores.services.corr("spearman"),
        outside=pd.DataFrame({"auc": aucs}),
    )


def covariance_parts(contributions: pd.DataFrame) -> pd.Series:
    """Part of each column in the variance of their sum: cov(column, sum) ÷ var(sum); the parts add up to 1."""
    known = contributions.dropna()
    total = known.sum(axis=1)
    return known.apply(lambda column: column.cov(total)) / total.var()


def cronbach_alpha(scores: pd.DataFrame) -> float:
    """Cronbach's alpha over the rows that are complete; NaN below two columns or three rows."""
    known = scores.dropna()
    count = known.shape[1]
    if count < 2 or len(known) < _FEWEST:
        return float("nan")
    return float(count / (count - 1) * (1 - known.var().sum() / known.sum(axis=1).var()))


def first_factor(scores: pd.DataFrame) -> float:
    """Share of the variance of the standardised columns that their first principal component holds."""
    known = scores.dropna()
    known = known.loc[:, known.std() > 0]
    if known.shape[1] < 2 or len(known) < _FEWEST:
        return float("nan")
    return float(np.linalg.eigvalsh(known.corr().to_numpy())[-1] / known.shape[1])


def area_under_curve(values: np.ndarray, named: np.ndarray) -> float:
    """Probability that a named commune has a higher figure than another one, equal figures counting half; 0.5 is chance."""
    known = ~np.isnan(values)
    chosen, others = values[known & named], values[known & ~named]
    if not len(chosen) or not len(others):
        return float("nan")
    difference = np.sign(chosen[:, None] - others[None, :])
    return float((difference.mean() + 1) / 2)


@dataclass(frozen=True, slots=True)
class _Scores:
    """Scores of one month: weighted indicators, services and index; what each indicator adds to the index."""

    weighed: list[Indicator]
    sector_weights: dict[str, float]
    indicators: pd.DataFrame
    services: pd.DataFrame
    index: np.ndarray

    @classmethod
    def of(cls, assessment: Assessment, definitions: Definitions) -> _Scores:
        """Those of an assessment of one month, of the indicators that weigh in it."""
        weighed = [i for s in definitions.services for i in definitions.of_sector(s) if i.weight > 0]
        results = assessment.results
        return cls(
            weighed,
            {s.value: definitions.sector_weights[s] for s in definitions.services},
            pd.DataFrame({i.id: results[i.id].score for i in weighed}),
            pd.DataFrame({s.value: results[s.value].score for s in definitions.services}),
            results[COMPOSITE_ID].score,
        )

    def shares(self, left_out: str = "") -> pd.DataFrame:
        """Share of each indicator in the index of each commune: by weight among what its service has there."""
        table = {}
        for indicator in self.weighed:
            mates = [i for i in self.weighed if i.sector is indicator.sector and i.id != left_out]
            there = self.indicators[[i.id for i in mates]].notna().to_numpy() @ np.array([i.weight for i in mates])
            of_service = self.sector_weights[indicator.sector.value] / sum(self.sector_weights.values())
            own = 0.0 if indicator.id == left_out else indicator.weight
            with np.errstate(invalid="ignore", divide="ignore"):
                table[indicator.id] = np.where(self.indicators[indicator.id].notna(), of_service * own / there, 0.0)
        return pd.DataFrame(table)

    def index_without(self, left_out: str) -> np.ndarray:
        """The index without one indicator, the others of its service sharing its weight; plain means."""
        added = (self.indicators * self.shares(left_out)).sum(axis=1)
        return np.where(np.isnan(self.index), np.nan, added)


def _audit_indicators(scores: _Scores) -> pd.DataFrame:
    added = (scores.indicators.fillna(0.0) * scores.shares())[~np.isnan(scores.index)]
    parts = covariance_parts(added)
    rows = {}
    for indicator in scores.weighed:
        own = scores.indicators[indicator.id].dropna()
        without, index = pd.Series(scores.index_without(indicator.id)), pd.Series(scores.index)
        rows[indicator.id] = {
            "service": indicator.sector.value,
            "weight": indicator.weight,
            "at_floor": float((own <= _LOWEST_SCORE).mean()),
            "at_ceiling": float((own >= _HIGHEST_SCORE).mean()),
            "part": parts[indicator.id],
            "rank_correlation": float(index.corr(without, "spearman")),
            "rank_shift": float((index.rank() - without.rank()).abs().mean()),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _audit_services(scores: _Scores) -> pd.DataFrame:
    total = sum(scores.sector_weights.values())
    parts = covariance_parts(scores.services * pd.Series(scores.sector_weights))
    rows = {}
    for service, weight in scores.sector_weights.items():
        own = scores.indicators[[i.id for i in scores.weighed if i.sector.value == service]]
        rows[service] = {
            "weight": weight / total,
            "part": parts[service],
            "alpha": cronbach_alpha(own),
            "first_factor": first_factor(own),
            "communes": int(scores.services[service].notna().sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _correlate_pairs(scores: _Scores) -> pd.DataFrame:
    correlations = scores.indicators.corr("spearman")
    rows = [
        {"service": one.sector.value, "one": one.id, "other": other.id, "correlation": correlations.at[one.id, other.id]}
        for at, one in enumerate(scores.weighed)
        for other in scores.weighed[at + 1 :]
        if other.sector is one.sector
    ]
    return pd.DataFrame(rows, columns=["service", "one", "other", "correlation"])


def silence_each(assessment: Assessment, definitions: Definitions) -> pd.DataFrame:
    """What the silence of all communes on one indicator leaves: the index as a mean of the rest.

    Returns:
        By indicator that weighs: ``communes`` whose class by the score stays, ``score_shift`` the mean change of the score in points.
    """
    scores = _Scores.of(assessment, definitions)
    before, known = class_of_score(scores.index, definitions.legend), ~np.isnan(scores.index)
    rows = {}
    for indicator in scores.weighed:
        without = scores.index_without(indicator.id)
        same = class_of_score(without, definitions.legend) == before
        rows[indicator.id] = {
            "communes": int((same & known).sum()),
            "score_shift": float(np.abs(without - scores.index)[known].mean()),
        }
    return pd.DataFrame.from_dict(rows, orient="index")
