"""The whole plan in one language: cover, chapters in the order of the outline, the commune's own words at the end of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from data.i18n import LANGUAGES
from pages.print.plan.annexes import build_annexes
from pages.print.plan.blocks import Block, Chapter, OwnWords, PlanDocument
from pages.print.plan.context import PlanContext
from pages.print.plan.organisation import build_communication, build_follow_up, build_neighbours, build_organisation
from pages.print.plan.response import build_budget, build_resources, build_response
from pages.print.plan.scenario import build_scenario, build_triggers
from pages.print.plan.situation import build_context, build_pressure, build_risks
from pages.print.plan.summary import build_summary
from pages.print.plan.words import write_over, write_period
from pages.print.sheet.parts import direction_of
from pages.words.data_version import name_version
from pages.words.scenario import label
from pages.words.sign_offs import write_state

_BUILDERS: dict[str, Callable[[PlanContext], list[Block]]] = {
    "summary": build_summary,
    "context": build_context,
    "risks": build_risks,
    "scenarios": build_scenario,
    "pressure": build_pressure,
    "triggers": build_triggers,
    "response": build_response,
    "resources": build_resources,
    "budget": build_budget,
    "organisation": build_organisation,
    "neighbours": build_neighbours,
    "communication": build_communication,
    "follow_up": build_follow_up,
    "annexes": build_annexes,
}


def read_chapter(plan: PlanContext, chapter: str) -> Chapter:
    """A chapter of a plan, built at the first call and kept: a screen draws it again at each word that is typed.

    Raises:
        ScenarioError: the scenario cannot be.
    """
    found: Chapter = plan.figures.records.asked.get(("chapter", chapter, *plan.key), lambda: build_chapter(plan, chapter))
    return found


def build_document(plan: PlanContext, today: date) -> PlanDocument:
    """Every chapter of a plan.

    Raises:
        ScenarioError: the scenario cannot be.
    """
    plan = replace(plan, today=today)
    t = plan.t
    return PlanDocument(
        title=t("contingency.title"),
        subject=plan.name,
        cover=_list_cover(plan),
        warnings=tuple(w for w in (write_over(plan), t("sheet.demonstration") if plan.has_demonstration else "") if w),
        contents=t("contingency.contents"),
        chapters=tuple(build_chapter(plan, chapter) for chapter in plan.outline.chapters),
        foot=_write_foot(plan),
    )


def build_chapter(plan: PlanContext, chapter: str) -> Chapter:
    """One chapter, with the commune's own words under what is filled in."""
    number = plan.outline.chapters.index(chapter) + 1
    return Chapter(
        chapter, number, plan.t(f"contingency.chapter_{chapter}"), (*_BUILDERS[chapter](plan), *own_words(plan, chapter))
    )


def own_words(plan: PlanContext, chapter: str) -> list[Block]:
    """What the commune wrote into a chapter: in the language of the document, or else in whichever there is, which is said."""
    t = plan.t
    written = {language: plan.texts[language, chapter] for language in LANGUAGES if (language, chapter) in plan.texts}
    if not written:
        return []
    language = t.language if t.language in written else next(iter(written))
    known = (
        t("contingency.own_words") if language == t.language else t("contingency.own_words_in", language=LANGUAGES[language])
    )
    words = written[language]
    return [OwnWords(known, tuple(words.splitlines()), direction_of(words, t.direction))]


def describe_version(plan: PlanContext) -> str:
    """Number and day of a version; that it is a draft where it was not saved."""
    t, version = plan.t, plan.version
    if version is None:
        return t("contingency.draft")
    said = t("contingency.version", number=version.number, day=t.date(version.saved_at.date()))
    saved_with = version.draft.definitions
    # Nobody may take amounts of today's norms for those that the council saw.
    recomputed = saved_with and saved_with != plan.figures.definition_set.digest
    return t("contingency.recomputed", version=said) if recomputed else said


def _write_foot(plan: PlanContext) -> str:
    """What every page says: whose plan, which version, on which data, and that figures are simulated where they are."""
    t = plan.t
    said = t(
        "contingency.foot",
        name=plan.name,
        version=describe_version(plan),
        snapshot=name_version(t, plan.figures.snapshot_id),
        method=plan.view.method,
    )
    return f"{said} · {t('deck.demonstration')}" if plan.has_demonstration else said


def _list_cover(plan: PlanContext) -> tuple[tuple[str, str], ...]:
    t, period = plan.t, write_period(plan)
    remark = plan.version.draft.remark if plan.version else ""
    lines = {
        "territory": t(
            "contingency.territory",
            province=t("territory.province_within"),
            name=plan.name,
            code=plan.commune,
            group=plan.view.group_label(plan.commune),
        ),
        "period": period,
        "version": t("sign.between").join(part for part in (describe_version(plan), remark) if part),
        "scenario": label(plan.view, plan.scenario),
        "hazard": t(f"contingency.hazard_{plan.scenario.hazard}"),
        "situation": t(
            "contingency.situation", month=t.month(plan.view.chosen.month), observed=t.month(plan.projection.observed)
        ),
        "actors": t("sign.comma").join(t(f"actor.{actor}") for actor in plan.outline.unit),
        "privacy": t("contingency.privacy"),
        "printed": t.date(plan.today),
        "snapshot": t(
            "contingency.on_snapshot", snapshot=name_version(t, plan.figures.snapshot_id), method=plan.view.method
        ),
    }
    state = write_state(plan.view, plan.commune)
    lines |= {"state": state} if state else {}
    return tuple((t(f"contingency.cover_{key}"), text) for key, text in lines.items())
