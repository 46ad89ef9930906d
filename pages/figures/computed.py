"""The tables of a month that take a while, as the figures of a snapshot keep them: intervals, orders, pairs, reasons, bases, worth."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment
from analytics.assumptions import Assumptions
from analytics.baseline_draws import compare_baseline, simulate_baseline
from analytics.baseline_rules import BASELINE_IDS
from analytics.bases import compare_bases
from analytics.demand import SUMS
from analytics.model import Definitions
from analytics.reasons import capacity_before, explain
from analytics.sensitivity import measure_sensitivity
from analytics.uncertainty import compare_pairs, simulate
from analytics.worth import measure_worth
from data.loaders.definition_set import DefinitionSet


def intervals(assessment: Assessment, definitions: Definitions, month: pd.Timestamp) -> pd.DataFrame:
    """Interval and probability of each class of every result, by result and commune; ranks of the index and of the services."""
    ranked = (COMPOSITE_ID, *(sector.value for sector in definitions.sector_weights))
    return _simulate(assessment, definitions, month, ranked)


def ranking(assessment: Assessment, definitions: Definitions, month: pd.Timestamp, result_id: str) -> pd.DataFrame:
    """The intervals of one indicator with the place of each commune in its order."""
    return _simulate(assessment, definitions, month, (result_id,)).loc[result_id]


def _simulate(
    assessment: Assessment, definitions: Definitions, month: pd.Timestamp, ranked: Collection[str]
) -> pd.DataFrame:
    drawn = simulate(assessment, definitions, [month], ranked=ranked)[month]
    if definitions.baseline and COMPOSITE_ID in ranked:
        further = simulate_baseline(assessment.panel.of_month(month), definitions.baseline, definitions.uncertainty)
        drawn = pd.concat([drawn, further], ignore_index=True)
    return drawn.set_index(["indicator_id", "commune_code"], drop=False).sort_index()


def pairs(assessment: Assessment, definitions: Definitions, month: pd.Timestamp, result_id: str) -> pd.DataFrame:
    """Probability that one commune is under more pressure than another."""
    rules = definitions.baseline
    if rules and result_id in BASELINE_IDS:
        return compare_baseline(assessment.panel.of_month(month), result_id, rules, definitions.uncertainty)
    return compare_pairs(assessment, definitions, month, result_id)


def worth(assessment: Assessment, used: DefinitionSet, month: pd.Timestamp) -> pd.DataFrame:
    """What each figure that is asked for monthly is worth for the index."""
    asked = {name for name, variable in used.variables.items() if variable.monthly} | set(SUMS)
    return measure_worth(assessment, used.definitions, month, asked)


def sensitivity(
    assessment: Assessment, definitions: Definitions, month: pd.Timestamp, assumptions: Assumptions
) -> pd.DataFrame:
    """What moves the ranking."""
    return measure_sensitivity(assessment.panel.of_month(month), definitions, assumptions)


def reasons(
    assessment: Assessment, definitions: Definitions, month: pd.Timestamp, assumptions: Assumptions, event: pd.Timestamp
) -> pd.DataFrame:
    """The three parts of each indicator's pressure against the capacity before the event, by commune and indicator."""
    before = capacity_before(assessment.panel, definitions, event)
    parts = explain(assessment.panel.of_month(month), before, definitions, assumptions)
    return parts.set_index(["commune_code", "indicator_id"], drop=False).sort_index()


def bases(assessment: Assessment, definitions: Definitions, month: pd.Timestamp, assumptions: Assumptions) -> pd.DataFrame:
    """Pressures counted by presence, by residence, and at the bounds of the double count."""
    return compare_bases(assessment.panel.of_month(month), definitions, assumptions).sort_index()
