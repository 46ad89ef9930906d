"""Titles that state the finding."""

from __future__ import annotations

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.baseline_rules import BASELINE_ID, BASELINE_IDS
from analytics.pressure import BREAKDOWN_CLASS, HIGH_CLASS, LOWEST_CLASS
from analytics.summary import NOT_ASSESSED, coverage_of
from pages.words.baseline import write_worst_part
from pages.words.class_words import name_inside
from pages.words.coverage import add_coverage
from pages.words.sources import date_result
from pages.words.view import View


def state_overview(view: View, results: pd.DataFrame) -> str:
    """The finding of a territory in one month: on which result, and how many communes are in high tension or breakdown. One service
    may be in breakdown where all of them together are not, so a title always says which it counts."""
    t, chosen = view.t, view.chosen.indicator
    if results["severity_class"].isna().all():
        return count_high(view, results)
    what = t("finding.all_services") if chosen == COMPOSITE_ID else view.result_label(chosen)
    return f"{what}{t('sign.colon')}{count_high(view, results)}"


def mark_title(view: View, finding: str, dated: str) -> str:
    """A finding with its date and, where a figure is simulated, that it is: a title may be photographed alone."""
    key = "title.demonstration" if view.figures.has_demonstration else "title.dated"
    return view.t(key, finding=finding, date=dated)


def mark_simulated(view: View, finding: str) -> str:
    """A finding that says its date itself, with that a figure of it is simulated, where one is."""
    return view.t("title.simulated", finding=finding) if view.figures.has_demonstration else finding


def head_overview(view: View, results: pd.DataFrame) -> str:
    """The finding of a territory at the head of a screen."""
    return mark_title(view, state_overview(view, results), date_result(view, view.chosen.indicator))


def head_commune(view: View, commune: str, results: pd.DataFrame) -> str:
    """The finding of a commune at the head of its screen; ``results`` are its own of the month, by result."""
    of_census = pd.isna(results.at[COMPOSITE_ID, "severity_class"]) and BASELINE_ID in results.index
    dated = date_result(view, BASELINE_ID) if of_census else view.t.month(view.chosen.month)
    return mark_title(view, state_finding(view, commune, results), dated)


def count_high(view: View, results: pd.DataFrame) -> str:
    """How many communes of those assessed are in high tension or breakdown, and of how many that is where some are not; that none
    is assessed."""
    classes, definitions = results["severity_class"].dropna(), view.figures.definitions
    if classes.empty:
        return view.t("finding.nothing_assessed", result=view.result_label(view.chosen.indicator))
    high, highest = (name_inside(definitions, view.chosen.indicator, c, view.t) for c in (HIGH_CLASS, BREAKDOWN_CLASS))
    counts = {"count": int((classes >= HIGH_CLASS).sum()), "assessed": len(classes)}
    if view.chosen.indicator in BASELINE_IDS:
        finding = view.t("baseline.finding", **counts)
    else:
        finding = view.t("finding.communes_high", **counts, high=high, highest=highest)
    return add_coverage(view.t, finding, coverage_of(results), _share(view, results))


def _share(view: View, results: pd.DataFrame) -> str:
    """The share of the people concerned who live in a commune that is assessed."""
    people = view.figures.column("population", view.chosen.month).reindex(results["commune_code"]).to_numpy()
    known = results["severity_class"].notna().to_numpy()
    concerned = known | ~results["status"].isin(NOT_ASSESSED).to_numpy()
    return view.t.percent(people[known].sum() / people[concerned].sum())


def state_finding(view: View, commune: str, results: pd.DataFrame) -> str:
    """The finding of a commune from all its results: the class of the index with the service that weighs most; where there is none,
    its starting point with the part that weighs most."""
    composite = results.loc[COMPOSITE_ID]
    if BASELINE_ID in results.index and pd.isna(composite["severity_class"]):
        found = next((row for _, row in results.loc[list(BASELINE_IDS)].iterrows() if pd.notna(row["severity_class"])), None)
        if found is not None:
            said = view.describe_class(found)
            values = {"name": view.name(commune), "result": view.result_label(found["indicator_id"]), "said": said}
            return view.t("baseline.commune", **values, why=write_worst_part(view, found))
    return state_commune(view, view.name(commune), composite, worst_label(view, composite, results))


def state_commune(view: View, name: str, composite: pd.Series, worst_label: str) -> str:
    """The finding of a commune: the class of its index in words, and the service that weighs most."""
    if pd.isna(composite["severity_class"]):
        return view.t("finding.commune_insufficient", name=name)
    severity = int(composite["severity_class"])
    said = name_inside(view.figures.definitions, COMPOSITE_ID, severity, view.t)
    if severity == LOWEST_CLASS or not worst_label:
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
