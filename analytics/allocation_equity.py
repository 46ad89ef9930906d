"""How evenly capacity is spread over demand before any unit is given and after each plan (method note 5.6).

The quantity is what the norm lets a place carry, per head of its demand, each place counting for that demand: the inverse of
its pressure. Classes are those of the pressure, or of the value where an indicator has goalposts of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics.allocation import Allocation
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.equity import describe_spread
from analytics.model import Definitions, Indicator
from analytics.pressure import BREAKDOWN_CLASS, class_of_score, score, severity_class
from analytics.ratios import divide, value_of_pressure
from analytics.resources import Means

# All needs whose pressures compare, each unit of demand at its weight.
TOGETHER = "together"
MEASURES = ("gini", "theil", "between", "within", "quantile_ratio", "people_in_high_class")
BEFORE = "before"


def measure_equity(
    allocation: Allocation,
    rows: pd.DataFrame,
    means: Means,
    definitions: Definitions,
    group_of: Mapping[str, str],
    month: pd.Timestamp,
    assumptions: Assumptions = DEFAULTS,
) -> pd.DataFrame:
    """Equity before and after each plan, by kind of unit that the plans look at, all comparable needs first.

    Args:
        rows: the gap table that the plans rest on (``commune_code, need_id, demand, carried, status``).
        group_of: comparison group (cercle) by commune code.
        month: of the norms in force.

    Returns:
        ``kind`` (``together``, or the unit of a need), ``plan`` (``before``, or a plan's name), ``gini, theil, between, within``
        (the parts of Theil T), ``quantile_ratio`` (P90/P10), ``people_in_high_class`` (share 0–1 of the demand in class 4 or 5),
        ``missing_count`` (communes left out for want of figures), ``concerned_count`` (communes that need it). Where fewer communes
        are known than a measure of all of them asks for (``lowest_coverage``), the measures are NaN.
    """
    problem = allocation.problem
    places = _places(rows, means, set(problem.need_ids))
    index = pd.MultiIndex.from_arrays([problem.commune_codes, problem.need_ids])
    units = {BEFORE: np.zeros(len(problem.place))} | {name.value: plan.units for name, plan in allocation.plans.items()}
    lines = []
    for plan, given in units.items():
        added = pd.Series(problem.added(given), index=index).reindex(places.index).fillna(0.0)
        after = places.assign(carried=places["carried"] + added)
        after["severity_class"] = _classes(after, means, definitions, month, assumptions)
        least = definitions.uncertainty.lowest_coverage
        lines += [{"kind": kind, "plan": plan, **_measured(part, group_of, least)} for kind, part in _kinds(after)]
    return pd.DataFrame(lines)


def lowest(measured: pd.DataFrame, measure: str = "gini") -> pd.Series | None:
    """Of the rows of one kind, the plan that brings a measure lowest, the first on a tie; None where none lowers it."""
    by_plan = measured.set_index("plan")[measure]
    after = by_plan.drop(BEFORE).dropna()
    if after.empty or not after.min() < by_plan[BEFORE]:
        return None
    return measured[measured["plan"] == after.idxmin()].iloc[0]


def _places(rows: pd.DataFrame, means: Means, needs: set[str]) -> pd.DataFrame:
    """One row a commune and need: what the plans look at, with the places whose figures are missing and without those that
    nobody needs."""
    first = rows.drop_duplicates(["commune_code", "need_id"])
    first = first[first["need_id"].isin(needs) & (first["status"] != "not_assessed") & (first["demand"] != 0)]
    places = first.set_index(["commune_code", "need_id"])[["demand", "carried"]].astype(float)
    chosen = [means.needs[need] for need in places.index.get_level_values("need_id")]
    return places.assign(
        unit=[n.unit for n in chosen], in_level=[n.in_level for n in chosen], weight=[n.weight for n in chosen]
    )


def _kinds(places: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    together = places[places["in_level"]]
    kinds = [(str(unit), part.assign(weight=1.0)) for unit, part in places.groupby("unit", sort=False)]
    return [(TOGETHER, together), *kinds] if together["unit"].nunique() > 1 else kinds


def _measured(places: pd.DataFrame, group_of: Mapping[str, str], least: float) -> dict[str, float]:
    codes = places.index.get_level_values("commune_code")
    concerned, missing = codes.nunique(), int(codes[places["demand"].isna()].nunique())
    if concerned - missing < least * concerned:
        return dict.fromkeys(MEASURES, float("nan")) | {"missing_count": missing, "concerned_count": concerned}
    results = pd.DataFrame(
        {
            "numerator": (places["demand"] * places["weight"]).to_numpy(),
            "capacity_at_norm": (places["carried"] * places["weight"]).to_numpy(),
            "severity_class": places["severity_class"].to_numpy(),
        },
        index=codes,
    )
    spread = describe_spread(results, pd.Series(group_of))
    return {
        "gini": spread.gini,
        "theil": spread.theil,
        "between": spread.between,
        "within": spread.within,
        "quantile_ratio": spread.quantile_ratio,
        "people_in_high_class": spread.people_in_high_class,
        "missing_count": missing,
        "concerned_count": concerned,
    }


def _classes(
    places: pd.DataFrame, means: Means, definitions: Definitions, month: pd.Timestamp, assumptions: Assumptions
) -> np.ndarray:
    pressure = divide(places["demand"].to_numpy(), places["carried"].to_numpy())
    classes = severity_class(pressure, definitions.legend)
    need_ids = places.index.get_level_values("need_id")
    for need_id in need_ids.unique():
        indicator = definitions.indicators[means.needs[need_id].indicator]
        if indicator.goalposts:
            own = _class_by_goalposts(pressure, indicator, definitions, month, assumptions)
            classes = np.where(need_ids == need_id, own, classes)
    return np.where(places["carried"].to_numpy() == 0, float(BREAKDOWN_CLASS), classes)


def _class_by_goalposts(
    pressure: np.ndarray, indicator: Indicator, definitions: Definitions, month: pd.Timestamp, assumptions: Assumptions
) -> np.ndarray:
    """Class where it follows from goalposts of the indicator's own: of the value, which is the pressure times its target."""
    assert indicator.goalposts is not None
    target = definitions.norms[indicator.terms[0].norm].in_force(month.date(), assumptions.profile).value
    scored = value_of_pressure(pressure, indicator, target) if indicator.goalposts.scored == "value" else pressure
    return class_of_score(score(scored, indicator.goalposts), definitions.legend)
