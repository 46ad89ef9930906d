"""The wall's answer to "who can pay?": what is missing, the dearest first, what it costs and who may finance it."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.resource_gap import CostRange, summarise_needs, total_cost
from pages.screens.council.wall import RANGE, CouncilAnswer, CouncilRow, key_of, rests_on_demonstration
from pages.widgets.screen import Screen
from pages.widgets.session_costs import current_means
from pages.words import gaps
from pages.words.faces import state_nothing_missing
from pages.words.money import write_mad
from pages.words.sources import cite_needs
from pages.words.wall_bars import Length, scale_bars

# Names of needs and of who may pay are long.
_SHOWN = 3


def who_pays(screen: Screen, codes: Sequence[str]) -> CouncilAnswer:
    """Needs by their cost with its range; quick answers, charges over a year, support taken off."""
    t, means = screen.t, current_means(screen.figures)
    rows = gaps.quick_gap(screen, means, codes)
    total, needs = total_cost(rows), summarise_needs(rows)
    dearest = needs[needs["missing_units"] > 0].sort_values("cost_central_mad", ascending=False).head(_SHOWN)
    lengths, cells = [], []
    for _, row in dearest.iterrows():
        said = {name: str(text) for name, text in gaps.need_row(screen, means, row).items()}
        ends = (row["cost_low_mad"], row["cost_high_mad"])
        cells.append((said["label"], said["missing"], said["cost"], f"{said['financing']} · {said['terms']}"))
        note = t("sign.between").join((said["missing"], said["financing"]))
        lengths.append(Length(row["cost_central_mad"], said["cost"], note, low=ends[0], high=ends[1]))
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
        numbers=_ends(screen, total) if cells else (),
        key=key_of(screen, RANGE) if cells else (),
        sources=cite_needs(screen, means, rows["need_id"].unique(), gaps.observed(screen)),
        is_demonstration=rests_on_demonstration(rows["provenance"]),
    )


def _ends(screen: Screen, total: CostRange) -> list[tuple[str, str]]:
    """The least and the most that the needs with a cost may come to."""
    ends = (("least", total.low_mad), ("most", total.high_mad))
    return [(write_mad(amount, screen.t), screen.t(f"council.cost_{end}")) for end, amount in ends]
