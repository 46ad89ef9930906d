"""Which choice moves the order of the communes most: first-order and total shares of variance (Sobol), all choices moved together
(method note 2.6; OECD and JRC handbook, step 7).

What varies is the mean shift of rank against the index in force. Choices are drawn evenly between sourced or stated ends; they are no
errors of measurement, and nothing of this enters an interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment
from analytics.composite import power_mean, weighted_mean
from analytics.faces import Face
from analytics.legend import Goalposts
from analytics.model import Definitions, Indicator, Sector
from analytics.pressure import score

SEED = 20230908


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of the method between two ends.

    ``weight`` of a service, ``access``: factors of weights; ``norm``: factor of the norms of a service; ``scale``: of all
    cut-points of the score; ``power``: of the mean; ``silence``: share of the figures that nobody reports.
    """

    id: str
    low: float
    high: float


def list_choices(definitions: Definitions) -> tuple[Choice, ...]:
    """Norm of each service and its weight, the weight of access, the cut-points, the rule, and silence."""
    norms = [Choice(f"norm_{s.value}", *NORM_ENDS.get(s, (0.8, 1.25))) for s in definitions.services]
    weights = [Choice(f"weight_{s.value}", 0.5, 1.5) for s in definitions.services]
    others = [Choice("access", 0.0, 1.0), Choice("scale", 0.8, 1.25), Choice("power", 1.0, 8.0), Choice("silence", 0.0, 0.2)]
    return (*norms, *weights, *others)


# Ends of the norm of a service as factors of the one in force: pupils 30 to 40 a primary room (33); visits needed 1 to 4 a year (2);
# 12 to 40 requests a clerk and day (32).
NORM_ENDS = {Sector.EDUCATION: (30 / 33, 40 / 33), Sector.HEALTH: (0.5, 2.0), Sector.CIVIL_REGISTRY: (12 / 32.4, 40 / 32.4)}


def explain_order(assessment: Assessment, definitions: Definitions, samples: int = 256, seed: int = SEED) -> pd.DataFrame:
    """Shares of the variance of the mean rank shift, for an assessment of one month.

    Args:
        samples: a power of 2; the index is computed so many times × (choices + 2).

    Returns:
        By choice, the largest total share first: ``first_order`` alone, ``total`` with all it does together with others, ``low`` and
        ``high`` the ends it was moved between, ``mean_shift`` the mean rank shift over all samples (the same in each row).
    """
    from scipy.stats import sobol_indices, uniform

    choices = list_choices(definitions)
    model = IndexModel.of(assessment, definitions, choices, seed)
    ends = [uniform(loc=c.low, scale=c.high - c.low) for c in choices]
    found = sobol_indices(func=model.rank_shifts, n=samples, dists=ends, rng=np.random.default_rng(seed))
    draws = np.random.default_rng(seed).uniform([c.low for c in choices], [c.high for c in choices], (samples, len(choices)))
    frame = pd.DataFrame(
        {
            "first_order": found.first_order,
            "total": found.total_order,
            "low": [c.low for c in choices],
            "high": [c.high for c in choices],
            "mean_shift": float(model.rank_shifts(draws.T).mean()),
        },
        index=[c.id for c in choices],
    )
    return frame.sort_values("total", ascending=False)


@dataclass(frozen=True, slots=True)
class IndexModel:
    """The index as a function of the choices: pressures and shares of one month, weighed indicators × communes."""

    choices: tuple[Choice, ...]
    weighed: list[Indicator]
    services: tuple[Sector, ...]
    sector_weights: np.ndarray
    figures: np.ndarray
    goalposts: list[Goalposts]
    silent: np.ndarray
    ranks: np.ndarray

    @classmethod
    def of(cls, assessment: Assessment, definitions: Definitions, choices: tuple[Choice, ...], seed: int) -> IndexModel:
        """The model of one month's index, with all choices that are tried and the draws of one seed."""
        weighed = [i for s in definitions.services for i in definitions.of_sector(s) if i.weight > 0]
        results, known = assessment.results, ~np.isnan(assessment.results[COMPOSITE_ID].score)
        figures = np.array([_figure(results[i.id].figures, i)[known] for i in weighed])
        index = results[COMPOSITE_ID].score[known]
        return cls(
            choices,
            weighed,
            definitions.services,
            np.array([definitions.sector_weights[s] for s in definitions.services]),
            figures,
            [i.goalposts or definitions.legend.goalposts for i in weighed],
            # The same cells fall silent first in every sample, so that the choice is how many.
            np.random.default_rng(seed).uniform(size=figures.shape),
            pd.Series(index).rank().to_numpy(),
        )

    def rank_shifts(self, drawn: np.ndarray) -> np.ndarray:
        """Mean absolute change of rank for each sample (columns of ``drawn``, choices × samples)."""
        return np.array([self._shift(dict(zip([c.id for c in self.choices], sample, strict=True))) for sample in drawn.T])

    def _shift(self, chosen: dict[str, float]) -> float:
        scores = [self._scored(at, indicator, chosen) for at, indicator in enumerate(self.weighed)]
        table = np.array([self._of_service(s, scores, chosen) for s in self.services])
        weights = self.sector_weights * [chosen[f"weight_{s.value}"] for s in self.services]
        index = power_mean(table, weights, chosen["power"])
        return float(np.nanmean(np.abs(pd.Series(index).rank().to_numpy() - self.ranks)))

    def _scored(self, at: int, indicator: Indicator, chosen: dict[str, float]) -> np.ndarray:
        norm = chosen[f"norm_{indicator.sector.value}"] if indicator.face is Face.LOAD else 1.0
        figure = np.where(self.silent[at] < chosen["silence"], np.nan, self.figures[at])
        return score(figure * chosen["scale"] / norm, self.goalposts[at])

    def _of_service(self, service: Sector, scores: Sequence[np.ndarray], chosen: dict[str, float]) -> np.ndarray:
        own = [(i, s) for i, s in zip(self.weighed, scores, strict=True) if i.sector is service]
        access = {Face.ACCESS: chosen["access"], Face.LOAD: 1.0}
        weights = np.array([i.weight * access[i.face] for i, _ in own])
        return weighted_mean(np.array([s for _, s in own]), weights[:, None])


def _figure(figures: dict[str, np.ndarray], indicator: Indicator) -> np.ndarray:
    """What the score of an indicator starts from."""
    if indicator.goalposts and indicator.goalposts.scored == "value":
        return figures["value"]
    worst = figures["pressure_worst_term"]
    return np.where(np.isnan(worst), figures["pressure"], worst)
