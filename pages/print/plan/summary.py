"""Chapter 1, for the council: where the commune stands, what may come, what it costs, five decisions to take."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.bounds import BOUNDS
from analytics.model import ResultStatus, Sector
from analytics.resource_gap import sum_answers, total_cost
from analytics.resources import Competence
from data.i18n import NO_VALUE
from pages.print.plan.blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Table,
    TableColumn,
    make_table,
)
from pages.print.plan.context import PlanContext
from pages.print.plan.words import (
    class_cell,
    range_cell,
    sector_label,
    write_central,
    write_cost,
    write_headline,
    write_period,
)
from pages.print.sheet.parts import draw_neighbourhood
from pages.words import titles
from pages.words.baseline import write_baseline
from pages.words.class_words import list_classes
from pages.words.faces import list_high, state_nothing_missing
from pages.words.gaps import write_answer
from pages.words.money import write_mad
from pages.words.outlooks import find_break, write_break
from pages.words.partial import communes_with_figures, list_to_collect
from pages.words.scenario import label

# Of three services: more of them make more decisions, and the heading then does not count them.
FIVE = 5
COMMUNAL = (Competence.OWN.value, Competence.SHARED.value)


def build_summary(plan: PlanContext) -> list[Block]:
    """A page: the finding, a row a service, the cost, three maps, five decisions."""
    t, screen = plan.t, plan.view
    decisions = tuple(propose_decisions(plan))
    finding = titles.state_finding(plan.view, plan.commune, plan.results)
    return [
        Paragraph(finding, "lead"),
        *_ask_for_figures(plan),
        Paragraph(t("contingency.in_scenario", scenario=label(screen, plan.scenario), breaks=_state_break(plan))),
        _tabulate_services(plan),
        Paragraph(_explain_class(plan), "small"),
        Paragraph(_state_cost(plan)),
        Pictures(_draw_maps(plan)),
        Paragraph(_write_legend(plan), "small"),
        Heading(t("contingency.five_decisions" if len(decisions) == FIVE else "contingency.decisions")),
        Bullets(decisions, numbered=True),
    ]


def _ask_for_figures(plan: PlanContext) -> list[Block]:
    """Where nothing was reported: that the plan is a portrait until then, the starting point, and what to collect first."""
    t, view = plan.t, plan.view
    if plan.commune in communes_with_figures(view, view.chosen.month):
        return []
    starting = write_baseline(view, plan.results)
    said = [Paragraph(t("contingency.nothing_yet", name=plan.name)), *([Paragraph(starting)] if starting else [])]
    return [*said, Heading(t("contingency.to_collect")), Bullets(tuple(list_to_collect(view)))]


def _state_cost(plan: PlanContext) -> str:
    """What being at the norm costs, and how much of it is the commune's to find."""
    t, month, total = plan.t, plan.t.month(plan.month), total_cost(plan.needs)
    if not total.is_known:
        return t("contingency.cost_unknown")
    if total.central_mad == 0:
        _, beside = state_nothing_missing(plan.view, [plan.commune])
        return " ".join(part for part in (t("contingency.cost_none", month=month), beside and f"{beside}.") if part)
    own = total_cost(plan.needs[plan.needs["competence"].isin(COMMUNAL)])
    parts = {"month": month, "cost": write_cost(plan, total)}
    if own.central_mad > 0:
        return t("contingency.cost_sentence", **parts, own=write_central(plan, own))
    return t("contingency.cost_sentence_unknown" if own.missing_count else "contingency.cost_sentence_state", **parts)


def _state_break(plan: PlanContext) -> str:
    """When the commune breaks down and on which indicator, with its figure: it need not be the one that stands for its service."""
    t, projection = plan.t, plan.projection
    said, row = write_break(plan.view, projection, plan.commune), find_break(plan.view, projection, plan.commune)
    if row is None:
        return said
    is_old, indicator = bool(row["is_broken_already"]), row["indicator_id"]
    month = projection.observed if is_old else row["month"]
    results = plan.figures.of_month(indicator, month) if is_old else projection.of_month(indicator, month)
    figure = plan.view.figure_against_norm(indicator, results.loc[plan.commune])
    return t("contingency.break_figure", breaks=said, figure=figure, month=t.month(month))


def _tabulate_services(plan: PlanContext) -> Table:
    """Each service today and in the month of the plan: its headline against the norm, and its class, which weighs all of its
    indicators; then the class of the commune."""
    t, month = plan.t, plan.t.month(plan.month)
    columns = (
        TableColumn(t("contingency.service"), 1),
        TableColumn(t("contingency.headline"), 1.9),
        TableColumn(t("contingency.now"), 0.9),
        TableColumn(month, 0.9),
        TableColumn(t("contingency.class_now"), 1.1),
        TableColumn(t("contingency.class_then", month=month), 1.3),
    )
    rows = [
        (sector_label(plan, s), plan.headline(s), write_headline(plan, s), _ahead(plan, s), *_classes(plan, s.value))
        for s in plan.figures.services
    ]
    whole = (Cell(plan.view.result_label(COMPOSITE_ID), strong=True), "", "", "", *_classes(plan, COMPOSITE_ID))
    return make_table(t("contingency.summary_caption", name=plan.name), columns, [*rows, whole])


def _ahead(plan: PlanContext, sector: Sector) -> Cell:
    """The headline of a service in the month of the plan, with its range."""
    cell = range_cell(plan, {b: float(plan.outlook.pressure[sector][b][plan.at]) for b in BOUNDS}, 1)
    return cell if cell.text == NO_VALUE else replace(cell, text=plan.t("pressure.times", times=cell.text))


def _classes(plan: PlanContext, result_id: str) -> tuple[Cell, Cell]:
    """The class of a service or of the commune today and in the month of the plan, with what weighs most in each."""
    ahead = plan.projection.of_month(result_id, plan.month).loc[plan.commune]
    cells = []
    for result in (plan.results.loc[result_id], ahead):
        cells.append(replace(class_cell(plan, result), note=_name_reason(plan, result)))
    return cells[0], cells[1]


def _name_reason(plan: PlanContext, result: pd.Series) -> str:
    """The figure that gives a class, or what lifts it; then what weighs most in it."""
    view, worst = plan.view, result["worst_indicator"]
    given = view.describe_given(result) or view.describe_score(result)
    named = "" if result["lifted_by"] or not worst else plan.t("given.heaviest", indicator=view.result_label(worst))
    return plan.t("sign.between").join(part for part in (given, named) if part)


def _explain_class(plan: PlanContext) -> str:
    """What a class weighs, since it may rise while the headline beside it falls; why the commune's lies above its score."""
    t, ahead = plan.t, plan.projection.of_month(COMPOSITE_ID, plan.month).loc[plan.commune]
    raised, said = titles.write_lifted(plan.view, ahead), t("contingency.class_basis")
    if not raised:
        return said
    return f"{said} {t('contingency.class_raised', month=t.month(plan.month), raised=raised)}"


def _mapped(plan: PlanContext) -> tuple[tuple[str, pd.DataFrame, str], ...]:
    """Result, its rows and its caption of each map: today, under the scenario, and today on the service that weighs most."""
    t, month = plan.t, plan.view.chosen.month
    worst = str(plan.composite["worst_indicator"] or plan.figures.services[0].value)
    return (
        (COMPOSITE_ID, plan.figures.of_month(COMPOSITE_ID, month), t("contingency.map_today", month=t.month(month))),
        (
            COMPOSITE_ID,
            plan.projection.of_month(COMPOSITE_ID, plan.month),
            t("contingency.map_ahead", month=t.month(plan.month)),
        ),
        (worst, plan.figures.of_month(worst, month), t("contingency.map_service", service=sector_label(plan, worst))),
    )


def _draw_maps(plan: PlanContext) -> tuple[Picture, ...]:
    """The commune among its neighbours, a picture a map."""
    t, screen = plan.t, plan.view
    return tuple(
        Picture(
            draw_neighbourhood(screen, plan.commune, results, caption, f"plan-map-{at}"),
            t("contingency.map_described", name=plan.name, result=screen.result_label(result), caption=caption),
            caption,
        )
        for at, (result, results, caption) in enumerate(_mapped(plan))
    )


def _write_legend(plan: PlanContext) -> str:
    """What the numbers on the maps mean, and whose boundaries they are."""
    t = plan.t
    classes = [f"{c.id} {c.label}" for c in list_classes(plan.figures.definitions, COMPOSITE_ID, t)]
    around = [plan.commune, *plan.figures.neighbours(plan.commune)]
    if any(results.loc[around, "status"].eq(ResultStatus.PARTIAL).any() for _, results, _ in _mapped(plan)):
        classes.append(t("map.range_written"))
    return f"{t('sign.between').join(classes)}. {t('map.boundaries', attribution=plan.figures.attribution)}"


def propose_decisions(plan: PlanContext) -> list[str]:
    """Five sentences that a council can vote on: adopt, or first get newer figures where the period has passed; one a service;
    and when to come back to it."""
    t = plan.t
    adopt = "contingency.decide_over" if plan.is_over else "contingency.decide_adopt"
    adopt = "contingency.decide_first" if plan.rests_on_census else adopt
    session = plan.next_sessions(1)[0]
    return [
        t(adopt, period=write_period(plan)),
        *(_decide_service(plan, sector) for sector in plan.figures.services),
        t("contingency.decide_review", session=t.month(session)),
    ]


def _decide_service(plan: PlanContext, sector: Sector) -> str:
    """Everything that a service lacks, what the commune votes itself and what it asks of whom: the decisions add up to the
    budget of chapter 9. Otherwise what to do where nothing can be said or nothing is missing."""
    t, rows = plan.t, plan.needs[plan.needs["sector"] == sector.value]
    unknown = rows[rows["missing_units"].isna() & (rows["status"] != "not_assessed")]
    answers = sum_answers(rows)
    if answers.empty:
        return _decide_without_needs(plan, sector, is_known=unknown.empty)
    is_communal = rows["competence"].isin(COMMUNAL)
    parts = []
    if answers["competence"].isin(COMMUNAL).any():
        parts.append(t("contingency.decide_own", answers=_list_answers(plan, rows[is_communal])))
    for who in answers.loc[~answers["competence"].isin(COMMUNAL), "responsible"].unique():
        asked = _list_answers(plan, rows[~is_communal & (rows["responsible"] == who)])
        parts.append(t("contingency.decide_ask", answers=asked, who=t(f"actor.{who}")))
    if len(unknown):
        needs = t("sign.comma").join(t.label(plan.means.needs[n].labels) for n in unknown["need_id"])
        parts.append(t("sheet.needs_unknown", needs=needs))
    return t("contingency.decide_service", service=sector_label(plan, sector), parts=t("sign.between").join(parts))


def _decide_without_needs(plan: PlanContext, sector: Sector, is_known: bool) -> str:
    """What to decide where nothing is to be bought: complete the data, face what no purchase closes, have costed what no measure
    closes yet, or keep watching."""
    t, service = plan.t, sector_label(plan, sector)
    has_measures = any(need.sector == sector for need in plan.means.needs.values())
    if not is_known or (not has_measures and plan.results.loc[sector.value, "status"] != "assessed"):
        return t("contingency.decide_data", service=service)
    high = list_high(plan.view, plan.results, sector)
    if not high:
        return t("contingency.decide_watch", service=service)
    todo = "contingency.decide_but" if has_measures else "contingency.decide_unmeasured"
    return t(todo, service=service, reasons=t("sign.between").join(high))


def _list_answers(plan: PlanContext, rows: pd.DataFrame) -> str:
    """Each answer with its cost, and what they cost together where there are several."""
    t, answers = plan.t, sum_answers(rows)
    written = t("sign.comma").join(
        t(
            "contingency.decide_answer",
            answer=write_answer(plan.view, plan.means, row),
            cost=write_mad(row["cost_central_mad"], t),
        )
        for _, row in answers.iterrows()
    )
    if len(answers) == 1:
        return written
    return t("contingency.decide_together", answers=written, cost=write_central(plan, total_cost(rows)))
