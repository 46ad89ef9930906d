"""Chapter 14: norms, unit costs, facilities, sources, the draft deliberation."""

from __future__ import annotations

from data.i18n import NO_VALUE
from data.records.facilities import FACILITIES
from data.source_words import write_source
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph, Table, TableColumn, make_table
from pages.print.plan.context import PlanContext
from pages.print.plan.words import write_over
from pages.words.money import write_mad
from pages.words.sources import date_sources


def build_annexes(plan: PlanContext) -> list[Block]:
    """What the chapters rest on, and what the council may vote."""
    t, outline, over = plan.t, plan.outline, write_over(plan)
    return [
        Heading(t("contingency.deliberation_heading")),
        *([Paragraph(over, "warning")] if over else []),
        Bullets(tuple(_fill(plan, t.label(dict(labels))) for labels in outline.deliberation), numbered=True),
        Heading(t("contingency.norms_heading")),
        _tabulate_norms(plan),
        Heading(t("contingency.costs_heading")),
        _tabulate_costs(plan),
        *_list_facilities(plan),
        Heading(t("contingency.references_heading")),
        Bullets(
            (
                *(write_source(source, t) for source in (outline.source, *outline.references)),
                t("contingency.figures_from", sources=date_sources(plan.view, plan.commune)),
                t("map.boundaries", attribution=plan.figures.attribution),
            )
        ),
        Paragraph(t("sheet.legal"), "small"),
    ]


def _fill(plan: PlanContext, text: str) -> str:
    t = plan.t
    first, last = plan.projection.months[0], plan.projection.months[-1]
    return text.format(
        version=str(plan.version.number) if plan.version else NO_VALUE,
        period=t("contingency.period", first=t.month(first), last=t.month(last)),
        next=t.month(plan.next_sessions(1)[0]),
    )


def _tabulate_norms(plan: PlanContext) -> Table:
    """The norms that the figures of the plan are compared with, as in force in the chosen month."""
    t, definitions = plan.t, plan.figures.definitions
    day, profile = plan.view.chosen.month.date(), plan.figures.assumptions.profile
    named = [
        term.norm for i in definitions.indicators.values() if i.in_brief and i.has_pressure for term in i.terms if term.norm
    ]
    rows = []
    for norm_id in dict.fromkeys(named):
        norm = definitions.norms[norm_id]
        value = norm.in_force(day, profile)
        figure = t.quantity(value.value, norm.unit, 0 if value.value.is_integer() else 1)
        rows.append((t.label(norm.labels), figure, t(f"norm_status.{value.status}"), write_source(value.source, t)))
    columns = (
        TableColumn(t("behind.norm"), 2),
        TableColumn(t("contingency.figure"), 1.2, "end"),
        TableColumn(t("deck.norm_status"), 1.2),
        TableColumn(t("contingency.source"), 2.4),
    )
    return make_table(t("contingency.norms_caption"), columns, rows)


def _tabulate_costs(plan: PlanContext) -> Table:
    """The unit costs of the resources that chapters 7 to 9 count with."""
    t, means = plan.t, plan.means
    used = dict.fromkeys(means.resources[r].cost for r in plan.answers["resource_id"].unique())
    rows = []
    for key in used:
        cost = means.costs[key]
        amounts = [write_mad(amount, t) for amount in (cost.low_mad, cost.central_mad, cost.high_mad)]
        rows.append(
            (t.label(cost.labels), *amounts, str(cost.year), t(f"norm_status.{cost.status}"), write_source(cost.source, t))
        )
    columns = (
        TableColumn(t("contingency.unit_cost"), 1.8),
        *(TableColumn(t(f"contingency.cost_{b}"), 0.9, "end") for b in ("low", "central", "high")),
        TableColumn(t("contingency.year"), 0.6),
        TableColumn(t("deck.norm_status"), 1),
        TableColumn(t("contingency.source"), 2.2),
    )
    return make_table(t("contingency.costs_caption"), columns, rows)


def _list_facilities(plan: PlanContext) -> list[Block]:
    """The newest state of each facility of the commune that is known."""
    t, figures = plan.t, plan.figures
    found = figures.facilities()
    found = found[found["commune_code"] == plan.commune]
    known = found[found["reference_date"] <= plan.view.chosen.month]
    newest = known.sort_values("reference_date").drop_duplicates("facility_id", keep="last")
    if newest.empty:
        return [Heading(t("contingency.facilities_heading")), Paragraph(t("contingency.facilities_none"))]
    sheet = plan.figures.definition_set.record_sheets[FACILITIES.id]
    kinds, states = sheet["kind"].words, sheet["functional_status"].words
    rows = [
        (
            row.name_,
            t.label(kinds[row.kind]["labels"]),
            t.label(states[row.functional_status]["labels"]),
            t.month(row.reference_date),
        )
        for row in newest.rename(columns={"name": "name_"}).itertuples()
    ]
    columns = [
        TableColumn(t.label(sheet[field].labels)) for field in ("name", "kind", "functional_status", "reference_date")
    ]
    return [
        Heading(t("contingency.facilities_heading")),
        make_table(t("contingency.facilities_caption", name=plan.name), columns, rows),
    ]
