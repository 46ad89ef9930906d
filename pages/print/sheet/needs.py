"""What a commune lacks in each service, what closes it, when and for how much: the gap table of the Means view, for paper."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.model import Sector
from analytics.resource_gap import MAIN, total_cost
from analytics.resources import Means
from pages.print.marks import mark
from pages.words.faces import list_high
from pages.words.gaps import decimals_of, quick_gap, state_deducted, write_answer
from pages.words.money import write_mad, write_range
from pages.words.needs_known import write_share_of_need
from pages.words.totals import cost_at_least
from pages.words.view import View


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need of a commune in words."""

    label: str
    missing: str
    answer: str
    delay: str
    cost: str
    range: str
    reliability: str
    mark: str


@dataclass(frozen=True, slots=True)
class ServiceNeeds:
    """The needs of one service, or why there is none; ``total`` is of this commune."""

    label: str
    lines: tuple[NeedLine, ...]
    remark: str
    total: str
    range: str


def write_needs(view: View, commune: str) -> tuple[ServiceNeeds, ...]:
    """Needs whose indicator weighs in the index, service by service, answered at the unit costs of the definitions."""
    means, rows = view.figures.definition_set.means, _rows_of(view, commune)
    return tuple(
        _write_service(view, means, commune, rows[rows["sector"] == sector.value], sector)
        for sector in view.figures.services
    )


def write_total(view: View, commune: str) -> tuple[str, str]:
    """What the commune lacks in all its services: central cost ("at least" where a figure is missing), and its range."""
    return _write_cost(view, _rows_of(view, commune))


def write_deducted(view: View, commune: str) -> str:
    """What was taken off for support; empty where nothing was."""
    return state_deducted(view, _rows_of(view, commune))


def _rows_of(view: View, commune: str) -> pd.DataFrame:
    rows = quick_gap(view, view.figures.definition_set.means, [commune])
    return rows[rows["role"] == MAIN].set_index("commune_code", drop=False)


def _write_service(view: View, means: Means, commune: str, rows: pd.DataFrame, sector: Sector) -> ServiceNeeds:
    lacking = rows[rows["missing_units"] > 0]
    total, interval = _write_cost(view, rows)
    return ServiceNeeds(
        label=view.result_label(sector.value),
        lines=tuple(_write_line(view, means, row) for _, row in lacking.iterrows()),
        remark=view.t("sign.between").join(
            filter(None, (_remark(view, means, commune, rows, lacking, sector), _say_uncounted(view, means, rows)))
        ),
        total=total,
        range=interval,
    )


def _write_line(view: View, means: Means, row: pd.Series) -> NeedLine:
    t = view.t
    return NeedLine(
        label=t.label(means.needs[row["need_id"]].labels),
        missing=t.number(row["missing_units"], decimals_of(row["missing_units"])),
        answer=write_answer(view, means, row),
        delay=t("means.delay", count=int(row["delay_days"])),
        cost=write_mad(row["cost_central_mad"], t),
        range=write_range(row["cost_low_mad"], row["cost_high_mad"], t),
        reliability=row["reliability"],
        mark=mark(row["provenance"], t),
    )


def _remark(view: View, means: Means, commune: str, rows: pd.DataFrame, lacking: pd.DataFrame, sector: Sector) -> str:
    """Needs that cannot be told for want of a figure; otherwise that nothing is missing, where nothing is, and what remains beside it:
    an indicator in class 4 or 5."""
    t = view.t
    high = list_high(view, view.figures.of_commune(commune, view.chosen.month), sector)
    if not any(need.sector == sector for need in means.needs.values()):
        # Nothing counted is not "what is counted suffices".
        said = {"reasons": t("sign.between").join(high)} if high else {}
        return t("sheet.needs_unmeasured_but" if high else "sheet.needs_unmeasured", **said)
    unknown = rows[rows["missing_units"].isna() & (rows["status"] != "not_assessed")]
    if len(unknown):
        return t(
            "sheet.needs_unknown", needs=t("sign.comma").join(t.label(means.needs[n].labels) for n in unknown["need_id"])
        )
    if rows["missing_units"].isna().all():
        return t("status.not_assessed")
    if len(lacking):
        return ""
    # Enough rooms and clerks is not "nothing missing" for people who are not reached.
    return t("sheet.needs_but", reasons=t("sign.between").join(high)) if high else t("sheet.needs_none")


def _say_uncounted(view: View, means: Means, rows: pd.DataFrame) -> str:
    """Of how many people a need of this service is counted, where the census withholds the others."""
    counted = rows[rows["missing_units"].notna()]
    said = (
        write_share_of_need(view, means.needs[row["need_id"]].indicator, [row["commune_code"]])
        for _, row in counted.iterrows()
    )
    return next(filter(None, said), "")


def _write_cost(view: View, rows: pd.DataFrame) -> tuple[str, str]:
    t, total = view.t, total_cost(rows)
    central = cost_at_least(t, total.central_mad, total.missing_count)
    return central, write_range(total.low_mad, total.high_mad, t)
