"""Other choices of norms, weights and rule side by side: how many communes change class, and how far the order holds
(method note 2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, assess
from analytics.assumptions import DEFAULTS, Assumptions, NormProfile
from analytics.model import Definitions, Sector
from analytics.norms import Norm, NormStatus, Source
from analytics.panel import Panel
from analytics.pressure import BREAKDOWN_CLASS, LOWEST_CLASS

# The first communes, of whom it is told how many stay among the first.
FIRST = 20


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another choice, with its source: a profile of norms, values of norms, weights of indicators or of services, a power."""

    labels: dict[str, str]
    status: NormStatus
    source: Source
    profile: NormProfile | None = None
    norms: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    service_weights: Mapping[Sector, float] = field(default_factory=dict)
    power: float | None = None

    def chosen(self, definitions: Definitions, assumptions: Assumptions) -> tuple[Definitions, Assumptions]:
        """Definitions and assumptions with this choice in the place of the one in force."""
        indicators = {
            key: replace(indicator, weight=self.weights.get(key, indicator.weight))
            for key, indicator in definitions.indicators.items()
        }
        changed = replace(
            definitions,
            norms={key: self._norm(key, norm) for key, norm in definitions.norms.items()},
            indicators=indicators,
            sector_weights={**definitions.sector_weights, **self.service_weights},
            composite_power=definitions.composite_power if self.power is None else self.power,
        )
        return changed, assumptions if self.profile is None else replace(assumptions, profile=self.profile)

    def _norm(self, key: str, norm: Norm) -> Norm:
        if key not in self.norms:
            return norm
        return replace(norm, values=tuple(replace(v, value=self.norms[key]) for v in norm.values))


def compare_alternatives(
    panel: Panel, definitions: Definitions, alternatives: Mapping[str, Alternative], assumptions: Assumptions = DEFAULTS
) -> pd.DataFrame:
    """The index of a panel of one month under each alternative, beside the one in force.

    Returns:
        By alternative, in their order: ``communes`` with an index under both, ``class_changes`` and ``higher`` (of these, those in a
        heavier class), ``rank_correlation`` (Spearman), ``first_kept`` of the first twenty. Indicators without weight lift classes as
        they do in force.
    """
    before = _index(panel, definitions, assumptions)
    rows = {key: _compare(before, _index(panel, *a.chosen(definitions, assumptions))) for key, a in alternatives.items()}
    return pd.DataFrame.from_dict(rows, orient="index")


def least_robust(compared: pd.DataFrame) -> str:
    """The alternative under which the order holds least."""
    return str(compared["rank_correlation"].idxmin())


def _index(panel: Panel, definitions: Definitions, assumptions: Assumptions) -> pd.DataFrame:
    counting = {key: i for key, i in definitions.indicators.items() if i.counts or i.id in definitions.headlines.values()}
    result = assess(panel, replace(definitions, indicators=counting), assumptions).results[COMPOSITE_ID]
    return pd.DataFrame(
        {
            "score": result.score,
            "low": np.nan_to_num(result.class_low, nan=LOWEST_CLASS),
            "high": np.nan_to_num(result.class_high, nan=BREAKDOWN_CLASS),
        }
    )


def _compare(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, float]:
    known = before["score"].notna() & after["score"].notna()
    old, new = before[known], after[known]
    ends = ["low", "high"]
    first = [set(frame["score"].nlargest(FIRST).index) for frame in (old, new)]
    return {
        "communes": int(known.sum()),
        "class_changes": int((old[ends] != new[ends]).any(axis=1).sum()),
        "higher": int((new[ends] > old[ends]).any(axis=1).sum()),
        "rank_correlation": float(old["score"].corr(new["score"], "spearman")) if known.sum() > 1 else float(np.nan),
        "first_kept": len(first[0] & first[1]),
    }
