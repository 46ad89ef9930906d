"""Chapter 1, for the council: where the commune stands, what may come, what it costs, five decisions to take."""

from __future__ import annotations

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.bounds import BOUNDS
from analytics.model import SECTORS, Sector
from analytics.resource_gap import total_cost
from analytics.resources import Competence
from geo.boundaries import ATTRIBUTION
from pages.print.plan.basis import PlanBasis
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph, Picture, Pictures
from pages.print.plan.words import sector_label, write_answer, write_cost, write_headline
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
    total = total_cost(plan.needs)
    cost = t("contingency.cost_unknown")
    if total.is_known:
        own = total_cost(plan.needs[plan.needs["competence"].isin(COMMUNAL)])
        amounts = {"cost": write_cost(plan, total), "own": write_mad(own.central_mad, t)}
        cost = t(
            "contingency.cost_sentence" if own.is_known else "contingency.cost_sentence_state",
            month=t.month(plan.month),
            **amounts,
        )
    return [
        Paragraph(finding, "lead"),
        Paragraph(t("contingency.in_scenario", scenario=label(screen, plan.scenario), breaks=breaks)),
        Bullets(tuple(_describe_service(plan, sector) for sector in SECTORS)),
        Paragraph(cost),
        Pictures(_draw_maps(plan)),
        Paragraph(_write_legend(plan), "small"),
        Heading(t("contingency.five_decisions")),
        Bullets(tuple(propose_decisions(plan)), numbered=True),
    ]


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
    """Five sentences that a council can vote on: adopt, one a service, and when to come back to it."""
    t = plan.t
    period = t("contingency.period", first=t.month(plan.projection.months[0]), last=t.month(plan.projection.months[-1]))
    session = plan.next_sessions(1)[0]
    return [
        t("contingency.decide_adopt", period=period),
        *(_decide_service(plan, sector) for sector in SECTORS),
        t("contingency.decide_review", session=t.month(session)),
    ]


def _decide_service(plan: PlanBasis, sector: Sector) -> str:
    """The dearest thing that a service lacks, or what to do where nothing can be said or nothing is missing."""
    t, service = plan.t, sector_label(plan, sector)
    rows = plan.needs[plan.needs["sector"] == sector.value]
    lacking = rows[(rows["missing_units"] > 0) & rows["cost_central_mad"].notna()]
    if lacking.empty:
        is_unknown = (rows["missing_units"].isna() & (rows["status"] != "not_assessed")).any()
        return t("contingency.decide_data" if is_unknown else "contingency.decide_watch", service=service)
    row = lacking.sort_values("cost_central_mad", ascending=False).iloc[0]
    values = {"service": service, "answer": write_answer(plan, row), "cost": write_mad(row["cost_central_mad"], t)}
    if row["competence"] in COMMUNAL:
        return t("contingency.decide_own", **values)
    return t("contingency.decide_ask", **values, who=t(f"actor.{row['responsible']}"))
