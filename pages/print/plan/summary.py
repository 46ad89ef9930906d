"""Chapter 1, for the council: where the commune stands, what may come, what it costs, five decisions to take."""

from __future__ import annotations

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.bounds import BOUNDS
from analytics.model import SECTORS, Sector
from analytics.resource_gap import sum_answers, total_cost
from analytics.resources import Competence
from geo.boundaries import ATTRIBUTION
from pages.print.plan.basis import PlanBasis
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph, Picture, Pictures
from pages.print.plan.words import sector_label, write_answer, write_central, write_cost, write_headline
from pages.print.sheet_parts import draw_neighbourhood
from pages.ui import findings
from pages.ui.commune_head import worst_label
from pages.ui.commune_outlook import write_break
from pages.ui.money import write_mad
from pages.ui.scenario_choice import label

COMMUNAL = (Competence.OWN.value, Competence.SHARED.value)


def build_summary(plan: PlanBasis) -> list[Block]:
    """A page: the finding, a line a service, the cost, three maps, five decisions."""
    t, screen = plan.t, plan.screen
    finding = findings.state_commune(plan.name, plan.composite, worst_label(screen, plan.composite, plan.results), t)
    breaks = write_break(screen, plan.projection, plan.commune)
    return [
        Paragraph(finding, "lead"),
        Paragraph(t("contingency.in_scenario", scenario=label(screen, plan.scenario), breaks=breaks)),
        Bullets(tuple(_describe_service(plan, sector) for sector in SECTORS)),
        Paragraph(_state_cost(plan)),
        Pictures(_draw_maps(plan)),
        Paragraph(_write_legend(plan), "small"),
        Heading(t("contingency.five_decisions")),
        Bullets(tuple(propose_decisions(plan)), numbered=True),
    ]


def _state_cost(plan: PlanBasis) -> str:
    """What being at the norm costs, and how much of it is the commune's to find."""
    t, month, total = plan.t, plan.t.month(plan.month), total_cost(plan.needs)
    if not total.is_known:
        return t("contingency.cost_unknown")
    if total.central_mad == 0:
        return t("contingency.cost_none", month=month)
    own = total_cost(plan.needs[plan.needs["competence"].isin(COMMUNAL)])
    parts = {"month": month, "cost": write_cost(plan, total)}
    if own.central_mad > 0:
        return t("contingency.cost_sentence", **parts, own=write_central(plan, own))
    return t("contingency.cost_sentence_unknown" if own.missing_count else "contingency.cost_sentence_state", **parts)


def _describe_service(plan: PlanBasis, sector: Sector) -> str:
    t, pressure = plan.t, plan.outlook.pressure[sector]
    low, central, high = (float(pressure[b][plan.at]) for b in BOUNDS)
    parts = {"service": sector_label(plan, sector), "now": write_headline(plan, sector), "month": t.month(plan.month)}
    if pd.isna(central):
        return t("contingency.service_unknown", **parts)
    then = t("pressure.times", times=t.number(central, 1))
    return t("contingency.service_line", **parts, then=then, low=t.number(low, 1), high=t.number(high, 1))


def _draw_maps(plan: PlanBasis) -> tuple[Picture, ...]:
    """The commune among its neighbours: today, under the scenario, and today on the service that weighs most."""
    t, screen, month = plan.t, plan.screen, plan.screen.chosen.month
    worst = str(plan.composite["worst_indicator"] or SECTORS[0].value)
    shown = (
        (COMPOSITE_ID, plan.figures.of_month(COMPOSITE_ID, month), t("contingency.map_today", month=t.month(month))),
        (
            COMPOSITE_ID,
            plan.projection.of_month(COMPOSITE_ID, plan.month),
            t("contingency.map_ahead", month=t.month(plan.month)),
        ),
        (worst, plan.figures.of_month(worst, month), t("contingency.map_service", service=sector_label(plan, worst))),
    )
    return tuple(
        Picture(
            draw_neighbourhood(screen, plan.commune, results, caption, f"plan-map-{at}"),
            t("contingency.map_described", name=plan.name, result=screen.result_label(result), caption=caption),
            caption,
        )
        for at, (result, results, caption) in enumerate(shown)
    )


def _write_legend(plan: PlanBasis) -> str:
    """What the numbers on the maps mean, and whose boundaries they are."""
    t = plan.t
    classes = (f"{c.id} {t.label(c.labels)}" for c in plan.figures.definitions.legend.classes)
    return f"{t('sign.between').join(classes)}. {t('map.boundaries', attribution=ATTRIBUTION)}"


def propose_decisions(plan: PlanBasis) -> list[str]:
    """Five sentences that a council can vote on: adopt, or first get newer figures where the period has passed; one a service;
    and when to come back to it."""
    t = plan.t
    period = t("contingency.period", first=t.month(plan.projection.months[0]), last=t.month(plan.projection.months[-1]))
    session = plan.next_sessions(1)[0]
    return [
        t("contingency.decide_over" if plan.is_over else "contingency.decide_adopt", period=period),
        *(_decide_service(plan, sector) for sector in SECTORS),
        t("contingency.decide_review", session=t.month(session)),
    ]


def _decide_service(plan: PlanBasis, sector: Sector) -> str:
    """Everything that a service lacks, what the commune votes itself and what it asks of whom: the decisions add up to the
    budget of chapter 9. Otherwise what to do where nothing can be said or nothing is missing."""
    t, rows = plan.t, plan.needs[plan.needs["sector"] == sector.value]
    unknown = rows[rows["missing_units"].isna() & (rows["status"] != "not_assessed")]
    answers = sum_answers(rows)
    if answers.empty:
        todo = "contingency.decide_watch" if unknown.empty else "contingency.decide_data"
        return t(todo, service=sector_label(plan, sector))
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


def _list_answers(plan: PlanBasis, rows: pd.DataFrame) -> str:
    """Each answer with its cost, and what they cost together where there are several."""
    t, answers = plan.t, sum_answers(rows)
    written = t("sign.comma").join(
        t("contingency.decide_answer", answer=write_answer(plan, row), cost=write_mad(row["cost_central_mad"], t))
        for _, row in answers.iterrows()
    )
    if len(answers) == 1:
        return written
    return t("contingency.decide_together", answers=written, cost=write_central(plan, total_cost(rows)))
