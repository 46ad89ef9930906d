"""What one unit of a support is worth in units of a need: months of a post, days of a mobile team, visits, requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.model import Definitions
from analytics.need_figures import measure_needs
from analytics.ratios import divide, norm_values
from analytics.resource_gap import resource_gains
from analytics.resources import Means


@dataclass(frozen=True, slots=True)
class UnitRule:
    """``many`` units make one unit of the need. Where ``demand`` is given, one unit carries ``demand`` times the product of
    ``norms``; where ``resource`` is, as much as one unit of that resource: both are held against what one unit of the need carries.
    ``is_own``: the unit of an action that names none.
    """

    many: float = 1.0
    resource: str = ""
    demand: float = 0.0
    norms: tuple[str, ...] = ()
    is_own: bool = False


def unit_values(
    assessment: Assessment,
    definitions: Definitions,
    means: Means,
    rules: Mapping[str, Mapping[str, UnitRule]],
    month: pd.Timestamp,
    assumptions: Assumptions = DEFAULTS,
) -> pd.DataFrame:
    """Units of a need that one unit of a support is worth, by commune: ``commune_code, need_id, unit, worth``; NaN where what one
    unit of the need carries is not known there (a service that is open no day)."""
    panel = assessment.panel.of_month(month)
    norm = norm_values(definitions.norms, panel, assumptions.profile)
    figures = measure_needs(assessment, definitions, means, month, assumptions)
    gains = resource_gains(assessment, definitions, means, month, assumptions)
    parts = []
    for unit, by_need in rules.items():
        for need_id, rule in by_need.items():
            one = figures[need_id].carried_by_one
            if rule.resource:
                worth = divide(gains[rule.resource, need_id], one) / rule.many
            elif rule.demand:
                carried = rule.demand * np.prod([np.ones_like(one), *(norm(name) for name in rule.norms)], axis=0)
                worth = divide(carried, one) / rule.many
            else:
                worth = np.full_like(one, 1 / rule.many)
            parts.append(
                pd.DataFrame({"commune_code": panel.commune_codes, "need_id": need_id, "unit": unit, "worth": worth})
            )
    return pd.concat(parts, ignore_index=True)
