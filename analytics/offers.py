"""Offers of the diaspora beside what communes lack: which need an offer meets, by a stated rule.

1. An offer that names a need meets that need in its commune of origin, up to what is missing there.
2. What it holds beyond that is proposed to the communes that lack the same thing, the largest gap in people first.
3. An offer without a need is proposed the needs of its commune of origin of which it pays at least one unit, the largest gap in
   people first; nothing is taken from what is missing, for nothing has been agreed.
Offers are taken in order of code; no unit is counted twice. Who builds what is agreed between people, never by this rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

COLUMNS = ("code", "commune_code", "need_id", "rule", "offered", "missing", "met")
_KEY = ["commune_code", "need_id"]


class Rule(StrEnum):
    """By which part of the rule an offer and a need stand together."""

    OWN = "own"
    ELSEWHERE = "elsewhere"
    CANDIDATE = "candidate"
    NOTHING_MISSING = "nothing_missing"


def match_offers(offers: pd.DataFrame, gaps: pd.DataFrame, most_elsewhere: int = 3) -> pd.DataFrame:
    """Offers and the needs that they may meet.

    Args:
        offers: ``code, commune_code, need`` ("" where none is named), ``units`` and ``amount_mad`` (NaN where not said).
        gaps: main rows of the gap table (``analytics.resource_gap``): ``commune_code, need_id, missing_units, gap`` and
            ``cost_central_mad`` of what is missing.

    Returns:
        ``COLUMNS``, in order of offers; units are those of the need. ``met`` of all rows of a need never exceeds what is missing,
        nor that of an offer what it offers; NaN where an offer says neither units nor an amount.
    """
    lacking = gaps[gaps["missing_units"] > 0]
    left = {(code, need): float(units) for code, need, units in lacking[[*_KEY, "missing_units"]].itertuples(index=False)}
    rows: list[dict[str, object]] = []
    for offer in offers.sort_values("code").to_dict("records"):
        rows += _propose(offer, lacking) if not offer["need"] else _meet(offer, lacking, left, most_elsewhere)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def units_offered(offer: Mapping[str, object], cost_of_one: float) -> float:
    """Units of an offer: what it says, otherwise as many as its amount pays; NaN where neither is known."""
    units, amount = float(offer["units"]), float(offer["amount_mad"])  # type: ignore[arg-type]
    if not np.isnan(units):
        return units
    return amount / cost_of_one if cost_of_one > 0 else float("nan")


def _meet(
    offer: Mapping[str, object], lacking: pd.DataFrame, left: dict[tuple[str, str], float], most_elsewhere: int
) -> list[dict[str, object]]:
    need, home = str(offer["need"]), str(offer["commune_code"])
    same = lacking[lacking["need_id"] == need].sort_values(["gap", "commune_code"], ascending=[False, True])
    units = units_offered(offer, _cost_of_one(same))
    said = {"code": offer["code"], "need_id": need, "offered": units}
    rows, remaining = [], units
    order = [home, *(code for code in same["commune_code"] if code != home)]
    for code in order:
        if code != home and not remaining > 0:
            break
        missing = left.get((code, need), 0.0)
        if code == home and not missing:
            rows.append(said | {"commune_code": home, "rule": Rule.NOTHING_MISSING, "missing": 0.0, "met": 0.0})
            continue
        if code != home and (not missing or sum(r["rule"] == Rule.ELSEWHERE for r in rows) == most_elsewhere):
            continue
        met = min(remaining, missing) if not np.isnan(remaining) else np.nan
        rule = Rule.OWN if code == home else Rule.ELSEWHERE
        rows.append(said | {"commune_code": code, "rule": rule, "missing": missing, "met": met})
        if not np.isnan(met):
            left[code, need] = missing - met
            remaining -= met
    return rows


def _propose(offer: Mapping[str, object], lacking: pd.DataFrame) -> list[dict[str, object]]:
    own = lacking[lacking["commune_code"] == offer["commune_code"]].sort_values(["gap", "need_id"], ascending=[False, True])
    rows: list[dict[str, object]] = []
    for need in own.to_dict("records"):
        pays = units_offered(offer, need["cost_central_mad"] / need["missing_units"])
        if pays >= 1:
            said = {"code": offer["code"], "commune_code": need["commune_code"], "need_id": need["need_id"]}
            rows.append(said | {"rule": Rule.CANDIDATE, "offered": pays, "missing": need["missing_units"], "met": np.nan})
    return rows


def _cost_of_one(rows: pd.DataFrame) -> float:
    """Cost of a unit of a need: the same in every commune where it is known."""
    costs = (rows["cost_central_mad"] / rows["missing_units"]).dropna()
    return float(costs.median()) if len(costs) else float("nan")
