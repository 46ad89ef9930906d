"""Titles that state the finding."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.baseline_rules import BASELINE_ID, BASELINE_IDS
from analytics.pressure import BREAKDOWN_CLASS, HIGH_CLASS, LOWEST_CLASS
from analytics.summary import NOT_ASSESSED, Coverage, decided_high
from pages.words.baseline import write_worst_part
from pages.words.class_words import name_inside, sign_of, write_either
from pages.words.coverage import add_coverage
from pages.words.sources import date_result
from pages.words.view import View


def state_overview(view: View, results: pd.DataFrame) -> str:
    """The finding of a territory in one month: on which result, and how many communes are in high tension or breakdown. One service
    may be in breakdown where all of them together are not, so a title always says which it counts."""
    if decided_high(results).isna().all():
        return count_high(view, results)
    return f"{_name_result(view)}{view.t('sign.colon')}{count_high(view, results)}"


def _name_result(view: View) -> str:
    chosen = view.chosen.indicator
    return view.t("finding.all_services") if chosen == COMPOSITE_ID else view.result_label(chosen)


def mark_title(view: View, finding: str, dated: str) -> str:
    """A finding with its date and, where a figure is simulated, that it is: a title may be photographed alone."""
    key = "title.demonstration" if view.figures.has_demonstration else "title.dated"
    return view.t(key, finding=finding, date=dated)


def mark_simulated(view: View, finding: str) -> str:
    """A finding that says its date itself, with that a figure of it is simulated, where one is."""
    return view.t("title.simulated", finding=finding) if view.figures.has_demonstration else finding


def state_beside_legend(view: View, results: pd.DataFrame) -> tuple[str, str]:
    """The same beside a map whose legend says the classes in words: the finding in a line, and of how many communes and people it is
    known, empty where of all or of none."""
    counted = _count(view, results)
    if counted is None:
        return state_overview(view, results), ""
    t, coverage = view.t, counted.coverage
    key = "baseline.finding" if view.chosen.indicator in BASELINE_IDS else "finding.communes_high_short"
    finding = t(key, count=counted.high, assessed=coverage.known)
    is_whole = coverage.known >= coverage.concerned
    values = {"known": coverage.known, "total": coverage.concerned, "share": counted.share}
    return f"{_name_result(view)}{t('sign.colon')}{finding}", "" if is_whole else t("map.coverage", **values)


def head_territory(view: View, results: pd.DataFrame) -> tuple[str, str]:
    """The same at the head of a screen, with its date."""
    finding, coverage = state_beside_legend(view, results)
    return mark_title(view, finding, date_result(view, view.chosen.indicator)), coverage


def head_commune(view: View, commune: str, results: pd.DataFrame) -> str:
    """The finding of a commune at the head of its screen; ``results`` are its own of the month, by result."""
    of_census = pd.isna(results.at[COMPOSITE_ID, "score"]) and BASELINE_ID in results.index
    dated = date_result(view, BASELINE_ID) if of_census else view.t.month(view.chosen.month)
    return mark_title(view, state_finding(view, commune, results), dated)


def count_high(view: View, results: pd.DataFrame) -> str:
    """How many communes are in high tension or breakdown, of those of which that is known, and of how many these are where it is not
    of all; that it is known of none."""
    counted, definitions = _count(view, results), view.figures.definitions
    if counted is None:
        return view.t("finding.nothing_assessed", result=view.result_label(view.chosen.indicator))
    high, highest = (name_inside(definitions, view.chosen.indicator, c, view.t) for c in (HIGH_CLASS, BREAKDOWN_CLASS))
    counts = {"count": counted.high, "assessed": counted.coverage.known}
    if view.chosen.indicator in BASELINE_IDS:
        finding = view.t("baseline.finding", **counts)
    else:
        finding = view.t("finding.communes_high", **counts, said=write_either(high, highest, view.t))
    return add_coverage(view.t, finding, counted.coverage, counted.share)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Communes in high tension or breakdown, of how many that is known, and the share of the people who live in these."""

    high: int
    coverage: Coverage
    share: str


def _count(view: View, results: pd.DataFrame) -> _Counted | None:
    """None where it is known of no commune."""
    decided = decided_high(results)
    if decided.isna().all():
        return None
    concerned = decided.notna() | ~results["status"].isin(NOT_ASSESSED)
    people = view.figures.column("population", view.chosen.month).reindex(results["commune_code"]).to_numpy()
    share = view.t.percent(people[decided.notna()].sum() / people[concerned].sum())
    return _Counted(int(decided.sum()), Coverage(int(decided.notna().sum()), int(concerned.sum())), share)


def state_finding(view: View, commune: str, results: pd.DataFrame) -> str:
    """The finding of a commune from all its results: the class of the index with the service that weighs most; where there is none,
    its starting point with the part that weighs most."""
    composite = results.loc[COMPOSITE_ID]
    if BASELINE_ID in results.index and pd.isna(composite["score"]):
        rows = [row for _, row in results.loc[list(BASELINE_IDS)].iterrows()]
        found = next((row for row in rows if pd.notna(row["severity_class_low"])), None)
        if found is not None:
            said = view.describe_class(found)
            values = {"name": view.name(commune), "result": view.result_label(found["indicator_id"]), "said": said}
            return view.t("baseline.commune", **values, why=write_worst_part(view, found))
    return state_commune(view, view.name(commune), composite, worst_label(view, composite, results))


def state_commune(view: View, name: str, composite: pd.Series, worst_label: str) -> str:
    """The finding of a commune: the class of its index in words, or between which two it lies, and the service that weighs most."""
    sign, _ = sign_of(composite, view.figures.definitions.legend)
    if sign is None:
        return view.t("finding.commune_insufficient", name=name)
    is_range = isinstance(sign, str)
    said = (
        view.describe_class(composite)
        if is_range
        else name_inside(view.figures.definitions, COMPOSITE_ID, int(sign), view.t)
    )
    if sign == LOWEST_CLASS or not worst_label:
        return view.t("finding.commune_calm", name=name, said=said)
    return view.t("finding.commune", name=name, said=said, worst=worst_label)


def write_lifted(view: View, composite: pd.Series) -> str:
    """The class that the score of the index gives by itself, and what lifted it; empty where nothing did."""
    if pd.isna(composite["severity_class"]) or not composite["lifted_by"]:
        return ""
    lifting, computed = view.result_label(composite["lifted_by"]), int(composite["class_by_score"])
    return view.t("commune.lifted", computed=computed, indicator=lifting)


def worst_label(view: View, composite: pd.Series, results: pd.DataFrame) -> str:
    """Label of the service that gives the index its class: the one that lifts it, or whose indicator does, otherwise the one that
    weighs most; empty when there is none."""
    lifting = view.figures.definitions.indicators.get(composite["lifted_by"])
    sector = lifting.sector.value if lifting else composite["lifted_by"] or composite["worst_indicator"]
    return view.result_label(sector) if sector in results.index else ""
