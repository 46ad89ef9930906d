"""The way from observations to results for some communes of a territory: a small step that needs all of them, the rest commune by
commune, so that the parts of any partition are the whole to the bit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import Assessment, assess
from analytics.assumptions import DEFAULTS, Assumptions, Recency
from analytics.baseline import measured_parts, with_baseline
from analytics.baseline_rules import BaselineRules
from analytics.capacity_factors import complete_requests
from analytics.demand import add_flows, counted_by_month, hosted_and_counted
from analytics.disclosure import DisclosureRule, protect_panel
from analytics.displacement import build_flows
from analytics.latest import carry_to_last
from analytics.model import Definitions
from analytics.observations import Observations
from analytics.panel import Column, Panel, lay_out
from analytics.population import VARIABLE as POPULATION
from analytics.population import CensusCounts, count_censuses, project_residents


@dataclass(frozen=True, slots=True)
class Rules:
    """What figures are computed with: definitions, disclosure, the baseline (None without one), the variables that describe a census
    and those that are reported month by month, the reader's assumptions."""

    definitions: Definitions
    disclosure: Mapping[str, DisclosureRule]
    baseline: BaselineRules | None
    census: frozenset[str]
    monthly: frozenset[str]
    assumptions: Assumptions = DEFAULTS


@dataclass(frozen=True, slots=True)
class Whole:
    """What is the same for every part of a territory and known before any of them is laid out: its communes in order, its months, the
    names of its variables, its censuses with the growth of each group, the days of its first and last movement (None without any)."""

    commune_codes: tuple[str, ...]
    months: tuple[pd.Timestamp, ...]
    names: tuple[str, ...]
    censuses: CensusCounts | None
    span: tuple[pd.Timestamp, pd.Timestamp] | None


@dataclass(frozen=True, slots=True)
class Piece:
    """What a part adds to the step that needs all communes: people hosted and counted by commune and month, the parts of the baseline
    that it knows."""

    commune_codes: tuple[str, ...]
    added: np.ndarray
    measured: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shared:
    """What all communes together give each of them: the share of hosted persons counted by the census by month, and the parts of the
    baseline that are known somewhere."""

    counted: np.ndarray
    measured: frozenset[str]


def describe_whole(
    commune_codes: Sequence[str],
    months: Sequence[pd.Timestamp],
    observations: Observations,
    movements: pd.DataFrame,
    group_of: pd.Series,
) -> Whole:
    """The whole of a territory from the populations of its censuses and the days of its movements.

    Args:
        observations: of all communes; only those of the population and the names of variables are looked at.
        group_of: comparison group by commune code.
    """
    days = pd.DatetimeIndex(movements["reference_date"])
    counts = count_censuses(observations.of_variable(POPULATION, commune_codes), commune_codes, group_of)
    span = (days.min(), days.max()) if len(days) else None
    return Whole(tuple(commune_codes), tuple(months), observations.names, counts, span)


def build_part(
    whole: Whole, commune_codes: Sequence[str], observations: Observations, movements: pd.DataFrame, rules: Rules
) -> Panel:
    """The protected panel of some communes.

    Args:
        observations: of these communes, ranked in their order.
        movements: every movement that names one of them (``analytics.displacement.build_flows``).
    """
    panel = lay_out(observations, commune_codes, whole.months, rules.census)
    absent = {name: Column.absent(panel.rows) for name in whole.names if name not in panel.columns}
    panel = panel.with_columns(absent) if absent else panel
    if rules.assumptions.known is Recency.LATEST:
        panel = carry_to_last(panel, rules.monthly)
    panel = complete_requests(panel)
    panel = project_residents(panel, whole.censuses.of(commune_codes) if whole.censuses else None)
    panel = add_flows(panel, build_flows(movements, commune_codes, whole.months, whole.span))
    return protect_panel(panel, rules.disclosure)


def read_piece(panel: Panel, rules: Rules) -> Piece:
    """What the panel of a part (``build_part``) adds to the shared step."""
    measured = measured_parts(panel, rules.baseline) if rules.baseline else frozenset[str]()
    return Piece(panel.commune_codes, hosted_and_counted(panel, rules.assumptions), measured)


def add_up(whole: Whole, pieces: Iterable[Piece]) -> Shared:
    """The shared step: the pieces of all parts put in the territory's order and added up in it, whatever the partition was."""
    known = list(pieces)
    order = pd.Index([code for piece in known for code in piece.commune_codes]).get_indexer(list(whole.commune_codes))
    added = np.concatenate([piece.added for piece in known], axis=1)[:, order]
    return Shared(counted_by_month(added), frozenset().union(*(piece.measured for piece in known)))


def assess_part(panel: Panel, shared: Shared, rules: Rules) -> Assessment:
    """Every result of a part: equal to the last bit to its rows in the assessment of the whole territory."""
    assessment = assess(panel, rules.definitions, rules.assumptions, shared.counted)
    return with_baseline(assessment, rules.baseline, shared.measured)
