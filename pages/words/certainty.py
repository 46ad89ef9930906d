"""How sure a result is, in words: interval, probability of a high class, place among the first communes, possible ranks."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.ranking import Tier, tier_of
from data.i18n import Translator
from pages.words.coverage import add_coverage
from pages.words.view import View


def read_interval(view: View, commune: str, result_id: str) -> tuple[float, float]:
    """The ends of the 5–95 % interval of a result, in the unit of its class; NaN where there is no class."""
    row = _row(view, commune, result_id)
    return (math.nan, math.nan) if row is None else (float(row["low"]), float(row["high"]))


def write_interval(
    view: View, commune: str, result_id: str, text: str = "certainty.interval", *, says_unit: bool = False
) -> str:
    """The 5–95 % interval of a result in the unit of its class, in a text with ``low`` and ``high``; empty where there is no
    class. ``says_unit``: with that unit after its end, where a figure in another one stands beside it."""
    row = _row(view, commune, result_id)
    if row is None or pd.isna(row["low"]):
        return ""
    decimals = 1 if result_id in view.figures.definitions.indicators else 0
    low, high = (view.t.number(row[end], decimals) for end in ("low", "high"))
    if says_unit and (indicator := view.figures.definitions.indicators.get(result_id)):
        in_norms = view.t("pressure.times", times=high)
        high = view.t.quantity(row["high"], indicator.unit, decimals) if indicator.goalposts else in_norms
    # "100,0 to 100,0" is one value.
    return low if low == high and text == "certainty.between" else view.t(text, low=low, high=high)


def write_probability(view: View, commune: str, result_id: str) -> str:
    """Probability of class 4 or 5, as a sentence; empty where there is no class."""
    share = write_share(view, commune, result_id)
    return view.t("certainty.probability", share=share) if share else ""


def write_share(view: View, commune: str, result_id: str) -> str:
    """Probability of class 4 or 5, as a percentage; empty where there is no class."""
    row = _row(view, commune, result_id)
    return "" if row is None or pd.isna(row["probability_high"]) else view.t.percent(row["probability_high"])


def write_counting(view: View, commune: str, indicator_id: str) -> str:
    """The pressure with all displaced persons inside the census and with none; empty where the indicator does not depend on it."""
    bases = view.figures.bases(view.chosen.month)
    if (indicator_id, commune) not in bases.index or bases.loc[(indicator_id, commune)].isna().any():
        return ""
    row = bases.loc[(indicator_id, commune)]
    low, high = sorted((row["counted"], row["not_counted"]))
    return view.t("certainty.between", low=view.t.number(low, 2), high=view.t.number(high, 2))


def write_rank(view: View, commune: str) -> str:
    """Rank of the commune by its index among those that can be ranked, as "3 of 89"; empty when it cannot."""
    intervals = view.figures.intervals(view.chosen.month).loc[COMPOSITE_ID]
    rank = intervals.at[commune, "rank"]
    if pd.isna(rank):
        return ""
    total = view.figures.ranked_communes(COMPOSITE_ID, view.chosen.month)
    said = view.t("commune.rank_of", rank=view.t.number(int(rank)), total=total)
    return add_coverage(view.t, said, view.figures.coverage(COMPOSITE_ID, view.chosen.month))


def write_ranks(t: Translator, row: Any) -> str:
    """Between which ranks a row with ``rank_low, rank_high`` stands, in few words; the one rank where there is only one."""
    low, high = (t.number(int(end)) for end in (row.rank_low, row.rank_high))
    return low if low == high else t("compare.between", low=low, high=high)


def write_place(view: View, commune: str) -> str:
    """Whether the commune is among the first, and its expected and possible ranks; why there is no order where too few communes
    have an index; empty where the commune alone has none."""
    t, figures = view.t, view.figures
    row = figures.intervals(view.chosen.month).loc[(COMPOSITE_ID, commune)]
    if pd.isna(row["rank"]):
        return write_too_few(view, COMPOSITE_ID)
    expected = t.number(row["expected_rank"], 0)
    ranks = t("certainty.ranks", expected=expected, ranks=write_ranks(t, row))
    return t("certainty.place", tier=write_tier(view, row, "tier"), ranks=ranks)


def write_tier(view: View, row: Any, text: str = "short") -> str:
    """What can be said of a row's place among the first communes, as a statement (``tier``) or in few words (``short``)."""
    rules = view.figures.definitions.uncertainty
    size = rules.first_communes[0]
    return view.t(f"certainty.{text}_{tier_of(row[f'first_{size}'], rules)}", size=size)


def write_sure_tier(view: View, row: Any) -> str:
    """The same where it is almost sure one way or the other; empty where it cannot be said, which a list says once for all."""
    rules = view.figures.definitions.uncertainty
    is_open = tier_of(row[f"first_{rules.first_communes[0]}"], rules) is Tier.OPEN
    return "" if is_open else write_tier(view, row)


def write_too_few(view: View, result_id: str) -> str:
    """Why a month has no order on a result: too few of the communes concerned have it; empty where enough have."""
    coverage = view.figures.coverage(result_id, view.chosen.month)
    least = view.figures.definitions.uncertainty.lowest_coverage
    if coverage.share >= least:
        return ""
    return view.t("certainty.too_few", known=coverage.known, concerned=coverage.concerned, least=view.t.percent(least))


def _row(view: View, commune: str, result_id: str) -> pd.Series | None:
    intervals = view.figures.intervals(view.chosen.month)
    return intervals.loc[(result_id, commune)] if (result_id, commune) in intervals.index else None
