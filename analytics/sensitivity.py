"""What moves the ranking: one assumption at a time, a little lower and a little higher (method note 2.5, tornado)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, assess
from analytics.assumptions import DEFAULTS, Assumptions, CensusCounting, NormProfile
from analytics.model import Definitions, Indicator
from analytics.norms import Norm
from analytics.panel import Panel
from analytics.pressure import BREAKDOWN_CLASS, LOWEST_CLASS

NORM_STEP = 0.10
WEIGHT_STEP = 0.10


class Kind(StrEnum):
    """What is moved."""

    NORM = "norm"
    WEIGHT = "weight"
    RULE = "rule"
    COUNTING = "counting"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Move:
    """One assumption moved one way: its kind, its id, which way, and what is assessed instead."""

    kind: Kind
    id: str
    way: str
    definitions: Definitions
    assumptions: Assumptions


def measure_sensitivity(panel: Panel, definitions: Definitions, assumptions: Assumptions = DEFAULTS) -> pd.DataFrame:
    """Effect of each move on the index of the communes, for a panel of one month.

    Returns:
        One row a move, the largest effect first: ``kind, id, way`` (lower, higher, or the alternative's name),
        ``rank_shift`` mean absolute change of rank, ``class_changes`` communes whose class changes, ``score_shift`` mean
        change of the index in points. Communes without an index are left out.
    """
    definitions = replace(definitions, indicators={i.id: i for i in definitions.indicators.values() if i.counts})
    before = _index(panel, definitions, assumptions)
    rows = [
        {"kind": move.kind.value, "id": move.id, "way": move.way, **_compare(before, _index(panel, *_what(move)))}
        for move in list_moves(definitions, assumptions)
    ]
    return pd.DataFrame(rows).sort_values(["rank_shift", "kind", "id"], ascending=[False, True, True], ignore_index=True)


def list_moves(definitions: Definitions, assumptions: Assumptions) -> Iterator[Move]:
    """Norms that weigh in the index ±10 %, weights of sectors ±0.10, other aggregation rules, countings and profiles."""
    for norm_id in _norms_that_weigh(definitions):
        for way, factor in (("lower", 1 - NORM_STEP), ("higher", 1 + NORM_STEP)):
            norms = {**definitions.norms, norm_id: _scaled(definitions.norms[norm_id], factor)}
            yield Move(Kind.NORM, norm_id, way, replace(definitions, norms=norms), assumptions)
    total = sum(definitions.sector_weights.values())
    for sector, weight in definitions.sector_weights.items():
        for way, step in (("lower", -WEIGHT_STEP), ("higher", WEIGHT_STEP)):
            weights = {**definitions.sector_weights, sector: weight + step * total}
            yield Move(Kind.WEIGHT, sector.value, way, replace(definitions, sector_weights=weights), assumptions)
    for way, power in (("arithmetic", 1.0), ("nearly_worst", 8.0), ("worst", np.inf)):
        yield Move(Kind.RULE, COMPOSITE_ID, way, replace(definitions, composite_power=power), assumptions)
    for counting in CensusCounting:
        if counting is not assumptions.counting:
            yield Move(Kind.COUNTING, "census", counting.value, definitions, replace(assumptions, counting=counting))
    for profile in (NormProfile.EMERGENCY, NormProfile.REGIONAL):
        if profile is not assumptions.profile:
            yield Move(Kind.PROFILE, "norms", profile.value, definitions, replace(assumptions, profile=profile))


def _what(move: Move) -> tuple[Definitions, Assumptions]:
    return move.definitions, move.assumptions


def _norms_that_weigh(definitions: Definitions) -> list[str]:
    weighing: Sequence[Indicator] = [i for i in definitions.indicators.values() if i.weight > 0]
    return sorted({n for i in weighing for term in i.terms for n in (term.norm, *term.capacity_norms)})


def _scaled(norm: Norm, factor: float) -> Norm:
    return replace(norm, values=tuple(replace(v, value=v.value * factor) for v in norm.values))


def _index(panel: Panel, definitions: Definitions, assumptions: Assumptions) -> pd.DataFrame:
    return assess(panel, definitions, assumptions).frame([COMPOSITE_ID]).set_index("commune_code")


def _ends(results: pd.DataFrame) -> pd.DataFrame:
    """The lightest and the heaviest class that each row may be in."""
    ends = results[["severity_class_low", "severity_class_high"]].astype(float)
    return ends.fillna({"severity_class_low": LOWEST_CLASS, "severity_class_high": BREAKDOWN_CLASS})


def _compare(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, float]:
    ranked = before.index[before["score"].notna() & after["score"].notna()]
    old, new = before.loc[ranked], after.loc[ranked]
    shift = new["score"].rank(ascending=False) - old["score"].rank(ascending=False)
    return {
        "rank_shift": float(shift.abs().mean()),
        "class_changes": int((_ends(old) != _ends(new)).any(axis=1).sum()),
        "score_shift": float((new["score"] - old["score"]).mean()),
    }
