"""What a council is shown on each question: a finding as the title, a few rows, a map; words of the other screens, no new figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup

from analytics.assessment import COMPOSITE_ID
from analytics.model import Provenance
from analytics.resource_gap import summarise_needs, total_cost
from analytics.summary import class_counts, legend_rows, total_over_communes
from data.i18n import NO_VALUE
from geo.svg_map import MapText, render_choropleth
from pages.widgets.screen import Screen
from pages.widgets.session_costs import current_means
from pages.words import figure_cards, first_breaks, gaps, outlooks, titles
from pages.words.certainty import write_interval
from pages.words.class_words import list_classes
from pages.words.coverage import add_coverage, coverage_of_total
from pages.words.faces import state_nothing_missing, write_given
from pages.words.ranks import rank_row
from pages.words.services import first_indicator
from pages.words.sources import cite, cite_needs

QUESTIONS = ("where", "why", "what_if", "who_pays")
ROWS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class CouncilRow:
    """A line on the wall: its cells, and the class whose chip stands before the first."""

    cells: tuple[str, ...]
    severity: int | None = None
    color: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CouncilLegend:
    """The classes beside a map, with how many communes are in each."""

    number: str
    color: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CouncilAnswer:
    """What stands on the wall under a question; ``heading`` names the columns of ``rows``."""

    title: str
    rows: Sequence[CouncilRow]
    heading: Sequence[str] = ()
    lead: str = ""
    map: Markup | None = None
    legend: Sequence[CouncilLegend] = ()
    attribution: str = ""
    sources: str = ""
    is_demonstration: bool = False


def answer(screen: Screen, subject: str, question: str) -> CouncilAnswer:
    """The answer to one of ``QUESTIONS`` for a commune (its code) or for the chosen territory."""
    on_index = replace(screen, chosen=replace(screen.chosen, indicator=COMPOSITE_ID))
    is_commune = subject in screen.figures.territory
    if question == "where":
        return _where_commune(on_index, subject) if is_commune else _where_territory(on_index)
    if question == "why":
        return _why_commune(screen, subject) if is_commune else _why_territory(screen)
    if question == "what_if":
        return _what_if_commune(screen, subject) if is_commune else _what_if_territory(screen)
    return _who_pays(screen, [subject] if is_commune else screen.codes)


def _where_territory(screen: Screen) -> CouncilAnswer:
    results = screen.month_results()
    first = [rank_row(screen, row) for _, row in screen.in_order_of_rank(results).head(ROWS_SHOWN).iterrows()]
    rows = [_classed(screen, results.loc[r["code"]], (str(r["name"]), str(r["why"]))) for r in first]
    focus = screen.codes if len(screen.codes) < len(screen.figures.territory) else None
    return CouncilAnswer(
        titles.state_overview(screen, results),
        rows,
        map=_draw(screen, results, focus),
        legend=_legend(screen, results),
        attribution=screen.figures.attribution,
        sources=cite(screen, [COMPOSITE_ID]),
        is_demonstration=_rests_on_demonstration(results["provenance"]),
    )


def _where_commune(screen: Screen, commune: str) -> CouncilAnswer:
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    results = figures.of_commune(commune, month)
    around = [commune, *figures.neighbours(commune)]
    services = [results.loc[s.value] for s in screen.figures.services]
    near = figures.of_month(COMPOSITE_ID, month).loc[around]
    return CouncilAnswer(
        titles.state_finding(screen, commune, results),
        [
            _classed(
                screen, row, (screen.result_label(s.value), f"{screen.badge(row).label} · {write_given(screen, results, s)}")
            )
            for s, row in zip(screen.figures.services, services, strict=True)
        ],
        lead=t("council.where_lead", group=screen.group_label(commune)),
        map=_draw(screen, near, around, commune),
        legend=_legend(screen, near),
        attribution=screen.figures.attribution,
        sources=cite(screen, [COMPOSITE_ID], [commune]),
        is_demonstration=_rests_on_demonstration(results["provenance"]),
    )


def _why_commune(screen: Screen, commune: str) -> CouncilAnswer:
    t, figures = screen.t, screen.figures
    results = figures.of_commune(commune, screen.chosen.month)
    rows, stated, shown = [], {}, []
    for sector in screen.figures.services:
        indicator = first_indicator(figures.definitions, sector, results)
        result = results.loc[indicator.id]
        shown.append(indicator.id)
        without = result["pressure_without_displaced"]
        figure = screen.figure_against_norm(indicator.id, result)
        without_text = t.number(without, 1)
        label = screen.result_label(indicator.id)
        cells = (
            screen.result_label(sector.value),
            _name_with_class(screen, indicator.id, result, figure),
            without_text,
            write_interval(screen, commune, indicator.id, "certainty.between") or t("council.unknown"),
            t.number(result["gap_to_norm"], 0),
        )
        # The class is that of the indicator, whose figure stands beside it; that of the service is on the question before.
        rows.append(_classed(screen, result, cells))
        stated[sector.value] = t("council.why_commune", indicator=label, figure=figure, without=without_text)
    composite = results.loc[COMPOSITE_ID]
    unknown = t("finding.commune_insufficient", name=screen.name(commune))
    heading = tuple(t(f"council.{c}") for c in ("service", "indicator", "without", "interval", "above"))
    lead = f"{t('overview.displaced')}{t('sign.colon')}{screen.count('displaced_persons', commune)}"
    title = stated.get(composite["worst_indicator"], unknown)
    return CouncilAnswer(
        title,
        rows,
        heading,
        lead,
        sources=cite(screen, shown, [commune]),
        is_demonstration=_rests_on_demonstration(results["provenance"]),
    )


def _why_territory(screen: Screen) -> CouncilAnswer:
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    _, displaced = figure_cards.people_cards(screen)
    rows, kinds = [], []
    for sector in screen.figures.services:
        on_sector = replace(screen, chosen=replace(screen.chosen, indicator=sector.value))
        above = figure_cards.above_norm_card(screen, sector)
        rows.append(
            CouncilRow(
                (
                    screen.result_label(sector.value),
                    titles.count_high(on_sector, on_sector.month_results()),
                    above.figure,
                )
            )
        )
        kinds.append(figures.provenance_of_result(sector.value, month))
    heading = tuple(t(f"council.{c}") for c in ("service", "communes", "above"))
    known = displaced.figure != NO_VALUE
    title = t("council.why_territory", displaced=displaced.figure) if known else t("council.why_unknown")
    hosted = total_over_communes(figures.column("displaced_persons", month).loc[screen.codes])
    title = add_coverage(t, title, coverage_of_total(hosted))
    return CouncilAnswer(
        title,
        rows,
        heading,
        displaced.note,
        sources=cite(screen, [s.value for s in screen.figures.services]),
        is_demonstration=_rests_on_demonstration(pd.Series(kinds)),
    )


def _what_if_commune(screen: Screen, commune: str) -> CouncilAnswer:
    t, outlook = screen.t, outlooks.read_outlook(screen, commune)
    if outlook.worst is None:
        return CouncilAnswer(t("council.outlook_unknown"), [], lead=t("scenario.no_figures"))
    heading, *rows = outlooks.service_rows(screen, outlook)
    month, headlines = outlook.projection.months[-1], screen.figures.definitions.headlines
    ahead = [outlook.projection.of_month(headlines[s], month).loc[commune] for s in screen.figures.services]
    # No chip: the class is that of the indicator, in words beside it, and the chip of the first question was the service's.
    named = [
        CouncilRow((service, _name_with_class(screen, headlines[sector], result, figure), between))
        for sector, result, (service, figure, between) in zip(screen.figures.services, ahead, rows, strict=True)
    ]
    return CouncilAnswer(
        outlooks.state_outlook(screen, outlook, outlook.worst),
        named,
        heading,
        outlooks.write_break(screen, outlook.projection, commune),
        sources=cite(screen, headlines.values(), [commune]),
        is_demonstration=_rests_on_demonstration(pd.Series([result["provenance"] for result in ahead])),
    )


def _what_if_territory(screen: Screen) -> CouncilAnswer:
    t, scenario = screen.t, screen.figures.definition_set.library[outlooks.SCENARIO]
    projection = screen.figures.projection(scenario)
    if not first_breaks.has_figures(screen, projection):
        return CouncilAnswer(t("council.outlook_unknown"), [], lead=t("scenario.no_figures"))
    breaks = first_breaks.find_breaks(screen, projection)
    shown = [first_breaks.break_row(screen, row) for _, row in breaks.head(ROWS_SHOWN).iterrows()]
    rows = [CouncilRow((r["name"], f"{r['service']} · {r['why']}", r["when"], r["people"])) for r in shown]
    heading = tuple(t(f"council.{c}") for c in ("commune", "service", "when", "above"))
    kind = screen.figures.provenance_of_result(COMPOSITE_ID, projection.observed)
    title = first_breaks.state_finding(screen, scenario, projection, breaks)
    return CouncilAnswer(
        title,
        rows,
        heading if rows else (),
        sources=cite(screen, [COMPOSITE_ID], month=projection.observed),
        is_demonstration=_rests_on_demonstration(pd.Series([kind])),
    )


def _who_pays(screen: Screen, codes: Sequence[str]) -> CouncilAnswer:
    t, means = screen.t, current_means(screen.figures)
    rows = gaps.quick_gap(screen, means, codes)
    total, needs = total_cost(rows), summarise_needs(rows)
    dearest = needs[needs["missing_units"] > 0].sort_values("cost_central_mad", ascending=False).head(ROWS_SHOWN)
    shown = [gaps.need_row(screen, means, row) for _, row in dearest.iterrows()]
    heading = tuple(t(f"council.{c}") for c in ("need", "missing", "cost", "who"))
    lines = [
        CouncilRow((str(r["label"]), str(r["missing"]), str(r["cost"]), f"{r['financing']} · {r['terms']}")) for r in shown
    ]
    is_done = total.is_known and not lines
    finding = gaps.state_finding(screen, gaps.observed(screen), rows)
    title, beside = state_nothing_missing(screen, codes) if is_done else (finding, "")
    lead = beside or t("council.who_lead" if total.is_known else "means.empty")
    # On the wall there is no room for what is taken off need by need: Means lists it.
    taken_off = t("council.deducted") if gaps.state_deducted(screen, rows) else ""
    return CouncilAnswer(
        title,
        lines,
        heading if lines else (),
        t("sign.between").join(part for part in (lead, taken_off) if part),
        sources=cite_needs(screen, means, rows["need_id"].unique(), gaps.observed(screen)),
        is_demonstration=_rests_on_demonstration(rows["provenance"]),
    )


def _name_with_class(screen: Screen, indicator_id: str, result: pd.Series, figure: str) -> str:
    parts = {"indicator": screen.result_label(indicator_id), "severity": screen.describe_class(result)}
    return screen.t("council.why_indicator", figure=figure, **parts)


def _classed(screen: Screen, result: pd.Series, cells: tuple[str, ...]) -> CouncilRow:
    badge = screen.badge(result)
    return CouncilRow(cells, badge.severity, badge.color, badge.kind)


def _draw(screen: Screen, results: pd.DataFrame, focus: Sequence[str] | None, highlight: str | None = None) -> Markup:
    t = screen.t
    text = MapText(
        title=t("overview.map_title"),
        description=t("map.description", month=t.month(screen.chosen.month)),
        direction=t.direction,
        names={code: screen.name(code) for code in results["commune_code"]},
        details={row.commune_code: screen.describe(row) for row in results.itertuples()},
    )
    legend, rows = screen.figures.definitions.legend, legend_rows(results)
    named, layer = highlight is not None, screen.figures.province.layer
    return Markup(
        render_choropleth(layer, rows, legend, text, highlight=highlight, focus=focus, names=named, identifier="council-map")
    )


def _legend(screen: Screen, results: pd.DataFrame) -> list[CouncilLegend]:
    t, legend, counts = screen.t, screen.figures.definitions.legend, class_counts(results)
    lines = list_classes(screen.figures.definitions, screen.chosen.indicator, t)
    # Read from far: a class that nobody is in has no line.
    known = [CouncilLegend(str(c.id), c.color, c.label, counts[str(c.id)]) for c in lines if counts[str(c.id)]]
    without = [
        CouncilLegend("", color, t(f"map.{row}"), counts[row])
        for row, color in (
            ("range", legend.range_color),
            ("no_data", legend.no_data_color),
            ("not_assessed", legend.not_assessed_color),
        )
        if counts[row]
    ]
    return [*known, *without]


def _rests_on_demonstration(kinds: pd.Series) -> bool:
    return Provenance.DEMONSTRATION.value in set(kinds)
