"""What is missing in each commune and service to be at the norm, what closes it, and what that costs (method note 4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, Definitions
from analytics.need_figures import NeedFigures, measure_needs
from analytics.ratios import NormValues, divide, norm_values
from analytics.resources import MONTHS_A_YEAR, Means, Resource, Response

MAIN, ALTERNATIVE = "main", "alternative"
MONTHS_CHARGED = MONTHS_A_YEAR

# Quotients of counts: 5.000000000000001 rooms are five.
_ROUNDING = 9


@dataclass(frozen=True, slots=True)
class CostRange:
    """A total in MAD: at least this much, since ``missing_count`` of ``count`` communes lack a figure; NaN when none has any, or when
    what is known costs nothing and something is not: at least nothing says nothing."""

    low_mad: float
    central_mad: float
    high_mad: float
    count: int
    missing_count: int

    @property
    def is_known(self) -> bool:
        """Whether anything is known at all."""
        return not np.isnan(self.central_mad)


def resource_gains(
    assessment: Assessment, definitions: Definitions, means: Means, month: pd.Timestamp, assumptions: Assumptions = DEFAULTS
) -> dict[tuple[str, str], np.ndarray]:
    """Demand that one unit of a resource carries, by resource and need id, one figure a commune."""
    panel = assessment.panel.of_month(month)
    norm = norm_values(definitions.norms, panel, assumptions.profile)
    figures = measure_needs(assessment, definitions, means, month, assumptions)
    return {(r.id, need): _gain(r, figures[need], norm) for r in means.resources.values() for need in r.closes}


def build_gap_table(
    assessment: Assessment,
    definitions: Definitions,
    means: Means,
    month: pd.Timestamp,
    response: Response = Response.QUICK,
    months_charged: int = MONTHS_CHARGED,
    assumptions: Assumptions = DEFAULTS,
    *,
    with_displaced: bool = True,
) -> pd.DataFrame:
    """The resource-gap table: one row per commune, need and resource that closes it.

    Columns: ``commune_code, sector, need_id, resource_id, role`` (``main`` is the answer asked for and the only one that totals
    count, ``alternative`` another one), ``unit, need_units, available_units, missing_units`` (of the need), ``demand,
    carried, gap, gain`` (in people, visits or requests: what is asked, what the norm carries, what is above it, what one unit of
    the resource adds), ``pressure, severity_class, resource_unit, resource_units`` (of the resource, whole), ``delay_days,
    cost_low_mad, cost_central_mad, cost_high_mad`` (over ``months_charged``), ``competence, responsible, accountable,
    financing, status, provenance, reliability``. Missing stays missing, with status ``missing`` or ``not_assessed``.

    ``with_displaced``: False for what would be missing if no displaced people asked for the services; not known where their number
    is not. The class of an indicator with goalposts of its own stays that of all.
    """
    figures = measure_needs(assessment, definitions, means, month, assumptions, with_displaced=with_displaced)
    gains = resource_gains(assessment, definitions, means, month, assumptions)
    codes = assessment.panel.commune_codes
    parts = [
        _rows(
            codes, figures[need_id], resource, gains[resource.id, need_id], means.unit_cost(resource.id, months_charged)
        ).assign(role=MAIN if rank == 0 else ALTERNATIVE)
        for need_id in means.needs
        for rank, resource in enumerate(means.closing(need_id, response))
    ]
    return pd.concat(parts, ignore_index=True)


def total_cost(rows: pd.DataFrame) -> CostRange:
    """Cost of the main answers of a gap table over its communes, saying how many communes lack at least one figure."""
    main = rows[rows["role"] == MAIN]
    absent = main["missing_units"].isna() & (main["status"] != "not_assessed")
    low, central, high = (float(main[f"cost_{c}_mad"].sum(min_count=1)) for c in ("low", "central", "high"))
    missing = int(main.loc[absent, "commune_code"].nunique())
    if missing and central == 0:
        low = central = high = float("nan")
    return CostRange(low, central, high, int(main["commune_code"].nunique()), missing)


def costs_by(rows: pd.DataFrame, column: str) -> dict[str, CostRange]:
    """Cost of the main answers of a gap table by the values of one of its columns, in order of appearance."""
    return {str(value): total_cost(rows[rows[column] == value]) for value in rows[column].unique()}


def sum_answers(rows: pd.DataFrame) -> pd.DataFrame:
    """What is asked for: the main answers of a gap table of which something is missing, one row per service and resource, in
    order of appearance; a resource that closes several needs is asked for once, with the units of all of them.

    Columns: ``sector, competence, responsible, resource_id, financing, resource_units`` and the three costs in MAD, which add up to
    those of ``total_cost``.
    """
    lacking = rows[(rows["role"] == MAIN) & (rows["resource_units"] > 0)]
    keys = ["sector", "competence", "responsible", "resource_id", "financing"]
    sums = ["resource_units", "cost_low_mad", "cost_central_mad", "cost_high_mad"]
    return lacking.groupby(keys, sort=False)[sums].sum(min_count=1).reset_index()


def worst_classes(rows: pd.DataFrame) -> dict[str, int | str]:
    """The heaviest class of each commune among the needs of a gap table, ``"no_data"`` where none has one."""
    worst = rows.groupby("commune_code")["severity_class"].max()
    return {str(code): "no_data" if np.isnan(value) else int(value) for code, value in worst.items()}


def summarise_needs(rows: pd.DataFrame) -> pd.DataFrame:
    """The main answers of a gap table over its communes, one row per need in the table's order.

    Columns: ``need_id, sector, resource_id, unit, missing_units, resource_unit, resource_units, gap``, the three costs (all NaN
    where no commune has a figure), ``communes`` with something missing, ``missing_count`` communes without a figure,
    ``delay_days, competence, responsible, accountable, financing``.
    """
    main = rows[rows["role"] == MAIN]
    groups = main.groupby("need_id", sort=False)
    sums = ["missing_units", "resource_units", "gap", "cost_low_mad", "cost_central_mad", "cost_high_mad"]
    firsts = [
        "sector",
        "resource_id",
        "unit",
        "resource_unit",
        "delay_days",
        "competence",
        "responsible",
        "accountable",
        "financing",
    ]
    summary = groups[sums].sum(min_count=1).join(groups[firsts].first())
    absent = main["missing_units"].isna() & (main["status"] != "not_assessed")
    summary["communes"] = (main["missing_units"] > 0).groupby(main["need_id"], sort=False).sum()
    summary["missing_count"] = absent.groupby(main["need_id"], sort=False).sum()
    return summary.reset_index()


def _gain(resource: Resource, figures: NeedFigures, norm: NormValues) -> np.ndarray:
    gain = resource.gains.get(figures.need.id)
    if gain is None:
        return figures.carried_by_one
    return gain.times * np.prod([np.ones_like(figures.demand), *(norm(name) for name in gain.norms)], axis=0)


def units_to_close(gap: np.ndarray, carried_by_unit: np.ndarray) -> np.ndarray:
    """Whole units that close a gap, rounded up; NaN where the gap or what a unit carries is not known."""
    units = np.ceil(np.round(divide(gap, carried_by_unit), _ROUNDING))
    return np.where(gap == 0, 0.0, units)


def _rows(
    codes: Sequence[str], figures: NeedFigures, resource: Resource, gain: np.ndarray, cost: tuple[float, float, float]
) -> pd.DataFrame:
    need, units = figures.need, units_to_close(figures.gap, gain)
    need_units = np.where(figures.demand == 0, 0.0, divide(figures.demand, figures.carried_by_one))
    return pd.DataFrame(
        {
            "commune_code": list(codes),
            "sector": need.sector.value,
            "need_id": need.id,
            "resource_id": resource.id,
            "unit": need.unit,
            "need_units": need_units,
            "available_units": figures.available_units,
            "missing_units": units_to_close(figures.gap, figures.carried_by_one),
            "demand": figures.demand,
            "carried": figures.carried,
            "gap": figures.gap,
            "pressure": figures.pressure,
            "severity_class": figures.severity_class,
            "gain": gain,
            "resource_unit": resource.unit,
            "resource_units": units,
            "delay_days": resource.delay_days,
            **{f"cost_{name}_mad": units * mad for name, mad in zip(("low", "central", "high"), cost, strict=True)},
            "competence": resource.competence.value,
            "responsible": resource.responsible,
            "accountable": resource.accountable,
            "financing": " ".join(resource.financing),
            "status": figures.status,
            "provenance": _words(figures.provenance, PROVENANCE_ORDER),
            "reliability": _words(figures.reliability, RELIABILITY_ORDER),
        }
    )


def _words(ranks: np.ndarray, order: Sequence[str]) -> np.ndarray:
    return np.array([*(str(v) for v in order), ""], dtype=object)[ranks]
