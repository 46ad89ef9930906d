"""The gap table in words: what is missing, what closes it, what that costs, who decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analytics.resource_gap import MAIN, MONTHS_CHARGED, total_cost
from analytics.resources import Means, Response
from analytics.situation import Situation, observed_situation
from analytics.summary import class_of
from analytics.support import after_support, balance, read_needs
from data.i18n import NO_VALUE, Translator, rounded
from pages.address.selection import file_part
from pages.figures.gap_tables import gap_key, read_gap_table
from pages.figures.support import read_gaps, read_weighed
from pages.words.coverage import add_coverage, coverage_of_needs
from pages.words.money import write_mad, write_range
from pages.words.needs_known import write_share_of_need
from pages.words.scenario import label
from pages.words.totals import at_least, cost_at_least, left_out
from pages.words.view import View


def quick_gap(view: View, means: Means, codes: Sequence[str], *, with_displaced: bool = True) -> pd.DataFrame:
    """The table of some communes as a council is shown it, whatever the session chose: quick answers, charges over a year,
    needs of the index; of all people, or of those who would be there without displaced people."""
    figures, month = view.figures, view.chosen.month
    if with_displaced and means is figures.definition_set.means:
        rows = read_gaps(figures, month)
        return of_index(view, means, rows[rows["commune_code"].isin(codes)])
    observed = observed_situation(figures.assessment, month, figures.assumptions)
    rows = read_gap_table(figures, means, observed, with_displaced=with_displaced)
    return of_index(view, means, less_support(view, rows[rows["commune_code"].isin(codes)]))


def less_support(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """A gap table, of the observed figures or of a scenario, less what is funded, under way or done, each support once
    (``analytics.support.after_support``)."""
    actions = read_weighed(view.figures, view.chosen.month)
    own = actions[actions["commune_code"].isin(rows["commune_code"].unique())]
    return after_support(rows, balance(read_needs(rows), own))


def read_answers(
    view: View,
    means: Means,
    situation: Situation,
    codes: Sequence[str],
    response: Response = Response.QUICK,
    months_charged: int = MONTHS_CHARGED,
) -> pd.DataFrame:
    """The gap table of some communes less support (``less_support``), kept for whoever opens the screen or the plan next."""
    key = (*gap_key(means, situation, response, months_charged), view.chosen.month, *codes)

    def build() -> pd.DataFrame:
        rows = read_gap_table(view.figures, means, situation, response, months_charged)
        return less_support(view, rows[rows["commune_code"].isin(codes)])

    found: pd.DataFrame = view.figures.records.asked.get(("answers", *key), build)
    return found


def state_deducted(view: View, rows: pd.DataFrame) -> str:
    """What was taken off a gap table for support, need by need, and that what is done may count twice; empty where nothing was."""
    if "committed_units" not in rows:
        return ""
    main = rows[(rows["role"] == MAIN) & (rows["committed_units"] > 0)]
    if main.empty:
        return ""
    t, needs = view.t, view.figures.definition_set.means.needs
    sums = main.groupby(["need_id", "unit"], sort=False)["committed_units"].sum()
    said = [
        t("support.deducted_need", need=t.label(needs[need].labels), units=write_units(view, units, unit))
        for (need, unit), units in sums.items()
    ]
    deducted = t("support.deducted", units=t("sign.between").join(said))
    return f"{deducted} {t('support.done_included')}" if (main["done_units"] > 0).any() else deducted


def write_units(view: View, units: float, unit: str) -> str:
    """A number of units of a need; one decimal where it is no whole number, for a month of a post is a twelfth of one."""
    return view.t.quantity(units, unit, decimals_of(units))


def decimals_of(units: float) -> int:
    """Decimals that a number of units is written with."""
    return 0 if pd.isna(units) or rounded(units, 1) == rounded(units, 0) else 1


def of_index(view: View, means: Means, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of needs whose indicator enters the index."""
    indicators = view.figures.definitions.indicators
    inside = {need.id for need in means.needs.values() if indicators[need.indicator].weight > 0}
    return rows[rows["need_id"].isin(inside)]


def observed(view: View) -> Situation:
    """The observed figures of the chosen month, whatever scenario the Means screen looks at."""
    return observed_situation(view.figures.assessment, view.chosen.month, view.figures.assumptions)


def state_finding(view: View, situation: Situation, rows: pd.DataFrame) -> str:
    """The title: what it would cost to be at the norm by a gap table; at least so much where communes lack figures, and how many; in
    which scenario."""
    t, total = view.t, total_cost(rows)
    if not total.is_known:
        return t("means.finding_unknown")
    cost = write_range(total.low_mad, total.high_mad, t)
    key = "means.finding_at_least" if total.missing_count else "means.finding"
    finding = t(key, cost=cost) if cost else t("means.finding_none")
    coverage = coverage_of_needs(rows)
    if coverage.concerned > 1:
        finding = add_coverage(t, finding, coverage)
    if situation.scenario is None:
        return finding
    return t("basis.finding", finding=finding, scenario=label(view, situation.scenario), month=t.month(situation.month))


def file_name(view: View, start: str, situation: Situation, form: str) -> str:
    """Name of a file: what it holds, the scenario if it rests on one, territory and month."""
    scenario = [re.sub(r"[^\w-]+", "-", situation.scenario.id)] if situation.scenario else []
    return view.name_file(start, *scenario, file_part(view.chosen.territory), f"{situation.month:%Y-%m}", form=form)


def need_row(view: View, means: Means, row: pd.Series, codes: Sequence[str]) -> dict[str, object]:
    """One need over some communes, their ``codes``, (``summarise_needs``) in the reader's words."""
    t, missing = view.t, int(row["missing_count"])
    counted = write_share_of_need(view, means.needs[row["need_id"]].indicator, codes)
    return {
        "label": t.label(means.needs[row["need_id"]].labels),
        "sector": view.result_label(row["sector"]),
        "missing": t("summary.none_known")
        if missing and row["missing_units"] == 0
        else at_least(t, write_units(view, row["missing_units"], row["unit"]), missing),
        "communes": t.number(int(row["communes"])),
        "left_out": t("sign.between").join(filter(None, (left_out(t, missing), counted))),
        "answer": write_answer(view, means, row),
        "terms": _terms(view, row),
        "cost": cost_at_least(t, row["cost_central_mad"], missing),
        "range": write_range(row["cost_low_mad"], row["cost_high_mad"], t),
        "financing": _financing(view, row),
    }


def write_answer(view: View, means: Means, row: pd.Series) -> str:
    """What closes a need, with how many units of it where that is known."""
    t, units = view.t, row["resource_units"]
    if units == 0:
        return t("means.answer_none")
    return (
        t.label(means.resources[row["resource_id"]].labels)
        if pd.isna(units)
        else count_answer(t, means, row["resource_id"], units)
    )


def count_answer(t: Translator, means: Means, resource: str, units: float) -> str:
    """So many units of a resource, its noun agreeing with their number ("3 salles modulaires"); number and label where no text
    counts it (``measure.<resource>``)."""
    if t.has(f"measure.{resource}"):
        return t(f"measure.{resource}", count=rounded(units))
    return t("means.answer", units=rounded(units), answer=t.label(means.resources[resource].labels))


def _terms(view: View, row: pd.Series) -> str:
    t = view.t
    return t(
        "means.terms",
        delay=t("means.delay", count=int(row["delay_days"])),
        competence=t(f"competence.{row['competence']}"),
        responsible=t(f"actor.{row['responsible']}"),
    )


def _financing(view: View, row: pd.Series) -> str:
    return view.t("sign.comma").join(view.t(f"financing.{source}") for source in row["financing"].split())


def commune_row(view: View, means: Means, row: pd.Series, beside: list[str]) -> dict[str, object]:
    """One need of one commune in the reader's words; ``beside`` are the other answers to it."""
    t, need = view.t, means.needs[row["need_id"]]
    severity = class_of(row)
    people = view.figures.definitions.indicators[need.indicator].people
    known, taken = pd.notna(row["missing_units"]), float(row.get("committed_units", 0))
    return {
        "commune": view.name(row["commune_code"]),
        "need": t.label(need.labels),
        "severity": severity,
        "color": view.figures.definitions.legend.color(severity),
        "needed": t.number(row["need_units"], 0 if float(row["need_units"]).is_integer() else 1),
        "available": t.number(row["available_units"], 0 if float(row["available_units"]).is_integer() else 1),
        "missing": t.number(row["missing_units"], decimals_of(row["missing_units"])),
        "deducted": t("support.committed_units", units=t.number(taken, decimals_of(taken))) if taken > 0 else "",
        "above": t.quantity(row["gap"], people) if known else t(f"status.{row['status']}"),
        "answer": write_answer(view, means, row) if known else NO_VALUE,
        "beside": t("means.or_else", answers=t("sign.between").join(beside)) if beside else "",
        "terms": _terms(view, row),
        "cost": write_mad(row["cost_central_mad"], t),
        "range": write_range(row["cost_low_mad"], row["cost_high_mad"], t),
        "reliability": row["reliability"] or NO_VALUE,
    }
