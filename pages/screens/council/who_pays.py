"""The wall's answer to "who can pay?": what is missing, the dearest first, what it costs and who may finance it."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import pandas as pd

from analytics.resource_gap import CostRange, summarise_needs, total_cost
from pages.screens.council.wall import (
    DISPLACEMENT,
    RANGE,
    STRUCTURAL,
    CouncilAnswer,
    CouncilRow,
    key_of,
    rests_on_demonstration,
)
from pages.widgets.screen import Screen
from pages.widgets.session_costs import current_means
from pages.words import gaps
from pages.words.faces import state_nothing_missing
from pages.words.money import write_mad
from pages.words.sources import cite_needs
from pages.words.wall_bars import Length, scale_bars

# Names of needs and of who may pay are long.
_SHOWN = 3
# What the key says of a bar, by whether any has a part due to displacement.
_SPLIT = {True: (STRUCTURAL, DISPLACEMENT), False: ()}


def who_pays(screen: Screen, codes: Sequence[str]) -> CouncilAnswer:
    """Needs by their cost with its range, with and without displaced people; quick answers, charges over a year, support taken off."""
    t, means = screen.t, current_means(screen.figures)
    rows, rows_without = (gaps.quick_gap(screen, means, codes, with_displaced=is_with) for is_with in (True, False))
    total, needs = total_cost(rows), summarise_needs(rows)
    without = summarise_needs(rows_without).set_index("need_id")
    dearest = needs[needs["missing_units"] > 0].sort_values("cost_central_mad", ascending=False).head(_SHOWN)
    lengths, cells = [], []
    for _, row in dearest.iterrows():
        said = {name: str(text) for name, text in gaps.need_row(screen, means, row, codes).items()}
        ends = (row["cost_low_mad"], row["cost_high_mad"])
        cells.append((said["label"], said["missing"], said["cost"], f"{said['financing']} · {said['terms']}"))
        note = t("sign.between").join((said["missing"], said["financing"]))
        structural = _of_all(row, without.loc[row["need_id"]])
        lengths.append(Length(row["cost_central_mad"], said["cost"], note, structural, *ends))
    bars, _ = scale_bars(lengths)
    is_done = total.is_known and not cells
    finding = gaps.state_finding(screen, gaps.observed(screen), rows)
    title, beside = state_nothing_missing(screen, codes) if is_done else (finding, "")
    lead = beside or t("council.who_lead" if total.is_known else "means.empty")
    # On the wall there is no room for what is taken off need by need: Means lists it.
    taken_off = t("council.deducted") if gaps.state_deducted(screen, rows) else ""
    return CouncilAnswer(
        title,
        [CouncilRow(said, bar=bar) for said, bar in zip(cells, bars, strict=True)],
        tuple(t(f"council.{c}") for c in ("need", "missing", "cost", "who")) if cells else (),
        t("sign.between").join(part for part in (lead, taken_off) if part),
        numbers=_totals(screen, total, total_cost(rows_without)) if cells else (),
        key=key_of(screen, *_SPLIT[any(bar.displacement for bar in bars)], RANGE) if cells else (),
        sources=cite_needs(screen, means, rows["need_id"].unique(), gaps.observed(screen)),
        is_demonstration=rests_on_demonstration(rows["provenance"]),
    )


def _of_all(row: pd.Series, without: pd.Series) -> float:
    """What a need would cost without displaced people; NaN where that is known of fewer communes than the cost itself."""
    return float(without["cost_central_mad"]) if without["missing_count"] == row["missing_count"] else nan


def _totals(screen: Screen, total: CostRange, without: CostRange) -> list[tuple[str, str]]:
    """What the needs with a cost may come to, with and without displaced people, whose range stands in the title; from the least to
    the most where the second is not known of the same communes, or where no need is counted of displaced people."""
    said = (("least", total.low_mad), ("most", total.high_mad))
    if without.missing_count == total.missing_count and without.central_mad < total.central_mad:
        said = (("with", total.central_mad), ("without", without.central_mad))
    return [(write_mad(amount, screen.t), screen.t(f"council.cost_{name}")) for name, amount in said]
