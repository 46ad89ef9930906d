"""Chapters 4 and 6: the scenario and what it assumes; objectives, and at which threshold who acts."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analytics.alerts import UNKNOWN
from analytics.bounds import BOUNDS
from analytics.model import Sector
from analytics.scenario import CapacityChange, PeopleChange
from analytics.scenario_triggers import alerting, levels_ahead, service_levels
from analytics.triggers import NO_LEVEL, TriggerRule
from data.i18n import LANGUAGES, isolate
from data.source_words import write_source
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph, Table, TableColumn, make_table
from pages.print.plan.context import PlanContext
from pages.print.plan.words import range_cell, sector_label
from pages.words.figure_cards import above_norm_label
from pages.words.messages import SMS_LANGUAGES, write_message
from pages.words.scenario import label, write_risk
from pages.words.scenario_changes import describe_change


def build_scenario(plan: PlanContext) -> list[Block]:
    """What happens, what is assumed with which status, and how many people it concerns, low, central and high."""
    t, scenario = plan.t, plan.scenario
    name = label(plan.view, scenario)
    described = t.label(dict(scenario.descriptions)) if scenario.descriptions else ""
    return [
        Paragraph(name, "lead"),
        *([Paragraph(described)] if described else []),
        Bullets(tuple(_describe_terms(plan))),
        Heading(t("contingency.range_heading", month=t.month(plan.month))),
        Paragraph(t("contingency.design_month", month=t.month(plan.month))),
        _tabulate_range(plan),
        Paragraph(t("contingency.range_rule"), "small"),
        *_list_assumptions(plan),
    ]


def _describe_terms(plan: PlanContext) -> list[str]:
    """Risk, horizon, returns, and each change in a line."""
    t, scenario = plan.t, plan.scenario
    months = plan.projection.months
    preset = plan.figures.definition_set.presets.get(scenario.returns)
    returns = t.label(preset.labels) if preset else t("scenario.returns_none")
    made: list[PeopleChange | CapacityChange] = [*scenario.people, *scenario.capacity]
    changes = [describe_change(plan.view, change).replace("**", "") for change in made]
    shock = scenario.shock
    shaken = (
        [t("contingency.shock", magnitude=t.number(shock.magnitude, 1), month=t.month(months[shock.month - 1]))]
        if shock
        else []
    )
    return [
        write_risk(plan.view, scenario),
        t("contingency.horizon", count=len(months), first=t.month(months[0]), last=t.month(months[-1])),
        f"{t('scenario.returns_label')}{t('sign.colon')}{returns}",
        *shaken,
        *changes,
    ]


def _tabulate_range(plan: PlanContext) -> Table:
    """Displaced persons and people above the norm in the month that the plan is made for."""
    t, projection, headlines = plan.t, plan.projection, plan.figures.definitions.headlines
    figures = {t("overview.displaced"): {b: plan.ahead(projection.displaced(b)) for b in BOUNDS}}
    figures |= {
        above_norm_label(plan.view, s): {b: plan.ahead(projection.table(headlines[s], "gap_to_norm", b)) for b in BOUNDS}
        for s in plan.figures.services
    }
    rows = [(name, range_cell(plan, values, 0)) for name, values in figures.items()]
    columns = (TableColumn(t("contingency.fact"), 2), TableColumn(t("contingency.figure_range"), 1.4, "end"))
    return make_table(
        t("contingency.range_caption", name=plan.name, scenario=label(plan.view, plan.scenario)), columns, rows
    )


def _list_assumptions(plan: PlanContext) -> list[Block]:
    t, assumptions = plan.t, plan.scenario.assumptions
    if not assumptions:
        return []
    rows = [(t.label(a.labels), t(f"norm_status.{a.status}"), write_source(a.source, t)) for a in assumptions]
    columns = (
        TableColumn(t("contingency.assumption"), 3),
        TableColumn(t("deck.norm_status"), 1.2),
        TableColumn(t("contingency.source"), 2),
    )
    return [Heading(t("scenario.assumptions")), make_table(t("contingency.assumptions_caption"), columns, rows)]


def build_triggers(plan: PlanContext) -> list[Block]:
    """What is aimed at, the rules, the level of each service now and ahead, and the text to send."""
    t, rules = plan.t, plan.figures.definition_set.triggers
    falls = t("contingency.deactivation", news=t.percent(rules.news_above))
    return [
        Heading(t("contingency.objectives_heading")),
        Bullets(tuple(_state_objective(plan, s) for s in plan.figures.services)),
        Heading(t("contingency.rules_heading")),
        _tabulate_rules(plan),
        Paragraph(falls),
        _tabulate_ends(plan),
        Heading(t("contingency.levels_heading")),
        _tabulate_levels(plan),
        *_list_messages(plan),
    ]


def _state_objective(plan: PlanContext, sector: Sector) -> str:
    t, rules = plan.t, plan.figures.definition_set.triggers
    headline = plan.figures.definitions.headlines[sector]
    people = plan.ahead(plan.projection.table(headline, "gap_to_norm"))
    pressure = plan.ahead(plan.projection.table(headline, "pressure"))
    values = {
        "service": sector_label(plan, sector),
        "indicator": plan.headline(sector),
        "alert": t.number(rules.levels[2].above, 1),
    }
    if math.isnan(people):
        return t("contingency.objective_unknown", **values)
    if people == 0:
        return t("contingency.objective_keep", **values)
    count = t("scenario.above", people=t.quantity(people, plan.figures.definitions.indicators[headline].people))
    if math.isnan(pressure):
        return t("contingency.objective_open", **values, people=count)
    return t("contingency.objective_lower", **values, times=t.number(pressure, 1), people=count)


def _tabulate_rules(plan: PlanContext) -> Table:
    t = plan.t
    columns = (
        TableColumn(t("contingency.level"), 1),
        TableColumn(t("contingency.threshold"), 2),
        TableColumn(t("contingency.action"), 3),
        TableColumn(t("contingency.who"), 2),
        TableColumn(t("contingency.delay"), 1),
    )
    rows = [
        (
            t.label(dict(rule.labels)),
            _write_threshold(plan, rule),
            t.label(dict(rule.actions)),
            t.label(dict(rule.responsible)),
            t.label(dict(rule.delay)),
        )
        for rule in plan.figures.definition_set.triggers.levels
    ]
    return make_table(t("contingency.rules_caption"), columns, rows)


def _write_threshold(plan: PlanContext, rule: TriggerRule) -> str:
    t = plan.t
    parts = [t("contingency.above_for", times=t.number(rule.above, 1), count=rule.periods)]
    if rule.absent_periods is not None:
        parts.append(t("contingency.or_absent", count=rule.absent_periods))
    rules = plan.figures.definition_set.triggers
    at = rules.levels.index(rule)
    for indicator in (i for i in rules.indicators.values() if i.thresholds is not None):
        parts.append(t("contingency.or_waiting", days=t.number(rules.thresholds_of(indicator)[at], 0)))
    return t("sign.comma").join(parts)


def _tabulate_ends(plan: PlanContext) -> Table:
    """When each indicator ends a level."""
    t, rules = plan.t, plan.figures.definition_set.triggers
    rows = [
        (plan.view.result_label(rule.id), t("contingency.ends", share=t.percent(rule.falls_by), count=rule.falls_periods))
        for sector in plan.figures.services
        for rule in alerting(sector, plan.figures.definitions, rules)
    ]
    columns = (TableColumn(t("behind.indicator"), 2), TableColumn(t("contingency.ends_heading"), 2))
    return make_table(t("contingency.ends_caption"), columns, rows)


def _tabulate_levels(plan: PlanContext) -> Table:
    """Each service now, and the highest level that the scenario leads to."""
    t, rules, observed = plan.t, plan.figures.definition_set.triggers, plan.figures.assessment
    past = len(observed.panel.months)
    rows = []
    for sector in plan.figures.services:
        found = service_levels(observed, plan.projection, sector, plan.figures.definitions, rules)
        levels = np.where(found.is_unknown, UNKNOWN, found.level)[plan.row]
        now, ahead = int(levels[past - 1]), levels[past:]
        highest = _highest(ahead)
        first = plan.projection.months[int((ahead == highest).argmax())]
        when = (
            _level_name(plan, highest)
            if highest == UNKNOWN
            else t("contingency.no_higher")
            if highest <= now
            else t.month(first)
        )
        rows.append((sector_label(plan, sector), _level_name(plan, now), _level_name(plan, highest), when))
    columns = (
        TableColumn(t("contingency.service"), 1.4),
        TableColumn(t("contingency.now")),
        TableColumn(t("contingency.ahead")),
        TableColumn(t("contingency.reached"), 1.4),
    )
    return make_table(
        t("contingency.levels_caption", name=plan.name, month=t.month(plan.projection.observed)), columns, rows
    )


def _highest(levels: np.ndarray) -> int:
    """The highest of some levels; unknown where none is reached and a month is not known."""
    reached = int(levels.max())
    return UNKNOWN if reached <= NO_LEVEL and (levels == UNKNOWN).any() else reached


def _level_name(plan: PlanContext, rank: int) -> str:
    rules = plan.figures.definition_set.triggers
    if rank <= NO_LEVEL:
        return plan.t("alerts.unknown" if rank == UNKNOWN else "alerts.none")
    return plan.t.label(dict(rules.levels[rank - 1].labels))


def _list_messages(plan: PlanContext) -> list[Block]:
    """The SMS of the heaviest trigger ahead in both languages of the territory; nothing where no level rises."""
    t, rules = plan.t, plan.figures.definition_set.triggers
    found: pd.DataFrame = levels_ahead(plan.figures.assessment, plan.projection, plan.figures.definitions, rules)
    own = list(found[found["commune_code"] == plan.commune].itertuples())
    if not own:
        return []
    # Each in its own direction, whichever way the page is read.
    texts = tuple(
        f"{isolate(LANGUAGES[code])}{t('sign.colon')}{isolate(write_message(plan.view, own[0], code))}"
        for code in SMS_LANGUAGES
    )
    return [Heading(t("scenario.sms")), Bullets(texts)]
