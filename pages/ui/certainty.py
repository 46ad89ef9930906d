"""How sure a result is, in words: interval, probability of a high class, rank interval, ties."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.ranking import count_ties
from data.i18n import Translator
from pages.ui.screen import Screen


def write_interval(screen: Screen, commune: str, result_id: str, text: str = "certainty.interval") -> str:
    """The 5–95 % interval of a result in the unit of its class, in a text with ``low`` and ``high``; empty where there is no
    class."""
    row = _row(screen, commune, result_id)
    if row is None or pd.isna(row["low"]):
        return ""
    decimals = 1 if result_id in screen.figures.definitions.indicators else 0
    low, high = (screen.t.number(row[end], decimals) for end in ("low", "high"))
    return screen.t(text, low=low, high=high)


def write_probability(screen: Screen, commune: str, result_id: str) -> str:
    """Probability of class 4 or 5, as a sentence; empty where there is no class."""
    share = write_share(screen, commune, result_id)
    return screen.t("certainty.probability", share=share) if share else ""


def write_share(screen: Screen, commune: str, result_id: str) -> str:
    """Probability of class 4 or 5, as a percentage; empty where there is no class."""
    row = _row(screen, commune, result_id)
    return "" if row is None or pd.isna(row["probability_high"]) else screen.t.percent(row["probability_high"])


def write_counting(screen: Screen, commune: str, indicator_id: str) -> str:
    """The pressure with all displaced persons inside the census and with none; empty where the indicator does not depend on it."""
    bases = screen.figures.bases(screen.chosen.month)
    if (indicator_id, commune) not in bases.index or bases.loc[(indicator_id, commune)].isna().any():
        return ""
    row = bases.loc[(indicator_id, commune)]
    low, high = sorted((row["counted"], row["not_counted"]))
    return screen.t("certainty.between", low=screen.t.number(low, 2), high=screen.t.number(high, 2))


def write_rank(screen: Screen, commune: str) -> str:
    """Rank of the commune by its median among those that can be ranked, as "3 of 89"; empty when it cannot."""
    intervals = screen.figures.intervals(screen.chosen.month).loc[COMPOSITE_ID]
    rank = intervals.at[commune, "rank"]
    if pd.isna(rank):
        return ""
    return screen.t("commune.rank_of", rank=screen.t.number(int(rank)), total=int(intervals["rank"].notna().sum()))


def write_ranks(t: Translator, row: Any) -> str:
    """Between which ranks a row with ``rank_low, rank_high`` stands, in few words; the one rank where there is only one."""
    low, high = (t.number(int(end)) for end in (row.rank_low, row.rank_high))
    return low if low == high else t("compare.between", low=low, high=high)


def write_rank_interval(screen: Screen, commune: str) -> str:
    """Between which ranks the commune lies and with how many it is tied; empty when it cannot be ranked."""
    intervals = screen.figures.intervals(screen.chosen.month).loc[COMPOSITE_ID]
    row = intervals.loc[commune]
    if pd.isna(row["rank"]):
        return ""
    ties = int(count_ties(intervals)[commune])
    low, high = (screen.t.number(int(row[end])) for end in ("rank_low", "rank_high"))
    return screen.t("certainty.ranks", low=low, high=high, count=ties)


def _row(screen: Screen, commune: str, result_id: str) -> pd.Series | None:
    intervals = screen.figures.intervals(screen.chosen.month)
    return intervals.loc[(result_id, commune)] if (result_id, commune) in intervals.index else None
