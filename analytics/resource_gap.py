"""What is missing in each commune and service to be at the norm, what closes it, and what that costs (method note 4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, Definitions, Indicator, Term
from analytics.panel import Panel
from analytics.pressure import BREAKDOWN_CLASS, severity_class
from analytics.ratios import EvaluatedTerm, NormValues, carried_by_one, divide, evaluate_term, norm_values
from analytics.resources import MONTHS_A_YEAR, Means, Need, Resource, Response

MAIN, ALTERNATIVE = "main", "alternative"
MONTHS_CHARGED = MONTHS_A_YEAR

# Quotients of counts: 5.000000000000001 rooms are five.
_ROUNDING = 9


@dataclass(frozen=True, slots=True)
class NeedFigures:
    """One need over the communes of a panel, in demand units and in units of the need; NaN where something is missing."""

    need: Need
    demand: np.ndarray
    carried: np.ndarray
    gap: np.ndarray
    carried_by_one: np.ndarray
    available_units: np.ndarray
    severity_class: np.ndarray
    status: np.ndarray
    provenance: np.ndarray
    reliability: np.ndarray

    @property
    def pressure(self) -> np.ndarray:
        """Demand ÷ demand carried at the norm; NaN where there is no capacity."""
        return divide(self.demand, self.carried)


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


def measure_needs(
    assessment: Assessment,
    definitions: Definitions,
    means: Means,
    month: pd.Timestamp,
    assumptions: Assumptions = DEFAULTS,
    *,
    with_displaced: bool = True,
) -> dict[str, NeedFigures]:
    """Every need of every commune in one month, by need id, from the panel of an assessment and the norms then in force; of all who
    ask for the service, or without displaced people."""
    panel = assessment.panel.of_month(month)
    norm = norm_values(definitions.norms, panel, assumptions.profile)
    figures = {}
    for need in means.needs.values():
        classes = assessment.results[need.indicator].severity_class[
            assessment.panel.months.index(month) :: len(assessment.panel.months)
        ]
        figures[need.id] = _measure(need, definitions, panel, norm, classes, with_displaced=with_displaced)
    return figures


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


def _measure(
    need: Need,
    definitions: Definitions,
    panel: Panel,
    norm: NormValues,
    indicator_class: np.ndarray,
    *,
    with_displaced: bool,
) -> NeedFigures:
    indicator = definitions.indicators[need.indicator]
    term = _term(indicator, need.term)
    evaluated = _of_a_year(need, panel, evaluate_term(panel, term, indicator, norm))
    if not with_displaced:
        evaluated = replace(evaluated, demand=evaluated.demand_without)
    gap = evaluated.gap(evaluated.demand)
    if need.unit_variable:
        one = carried_by_one(panel, term, indicator, norm, need.unit_variable) * _times(need)
        available = panel[need.unit_variable].value
    else:
        one, available = np.ones(panel.rows), evaluated.at_norm
    not_applicable = np.any([c.is_not_applicable() for c in evaluated.inputs], axis=0)
    # A service that is open no day of the month carries nothing per unit: how many units are missing cannot be said.
    missing = np.isnan(gap) | ((gap > 0) & ~(one > 0))
    no_service = (evaluated.at_norm == 0) & (evaluated.demand > 0)
    known = ~(missing | not_applicable)
    return NeedFigures(
        need=need,
        demand=np.where(known, evaluated.demand, np.nan),
        carried=np.where(known, evaluated.at_norm, np.nan),
        gap=np.where(known, gap, np.nan),
        carried_by_one=one,
        available_units=available,
        severity_class=_class(
            indicator, divide(evaluated.demand, evaluated.at_norm), no_service, indicator_class, definitions
        ),
        status=np.select([not_applicable, missing, no_service], ["not_assessed", "missing", "no_service"], "assessed"),
        provenance=np.where(known, np.max([c.provenance for c in evaluated.inputs], axis=0), -1),
        reliability=np.where(known, np.max([c.reliability for c in evaluated.inputs], axis=0), -1),
    )


def _times(need: Need) -> int:
    """How often the demand of the term comes in what the need counts."""
    return MONTHS_A_YEAR if need.waiting_variable else 1


def _of_a_year(need: Need, panel: Panel, monthly: EvaluatedTerm) -> EvaluatedTerm:
    """The queue of a year where the need has one: requests of twelve months with those that wait, and what twelve months carry. Who
    clears what waits and who serves what comes stand at the same counter: one queue is closed once."""
    if not need.waiting_variable:
        return monthly
    waiting, times = panel[need.waiting_variable], _times(need)
    return replace(
        monthly,
        demand=times * monthly.demand + waiting.value,
        demand_without=times * monthly.demand_without + waiting.value,
        capacity=times * monthly.capacity,
        at_norm=times * monthly.at_norm,
        inputs=(*monthly.inputs, waiting),
    )


def _class(
    indicator: Indicator, pressure: np.ndarray, no_service: np.ndarray, indicator_class: np.ndarray, definitions: Definitions
) -> np.ndarray:
    """Class of the need's own pressure; the indicator's class where that follows from goalposts of its own."""
    own = indicator_class if indicator.goalposts else severity_class(pressure, definitions.legend)
    return np.where(no_service, float(BREAKDOWN_CLASS), own)


def _term(indicator: Indicator, label: str) -> Term:
    return next(term for term in indicator.terms if term.label == label)


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
