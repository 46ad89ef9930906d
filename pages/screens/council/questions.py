"""What a council is shown on each question: a finding as the title, two numbers, a picture; words of the other screens, no new
figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from analytics.assessment import COMPOSITE_ID
from analytics.ranking import heaviest_class_first
from analytics.summary import class_counts, high_without_displaced, legend_rows
from geo.svg_map import MapText, render_choropleth
from pages.screens.council.wall import CouncilAnswer, CouncilLegend, classed, rests_on_demonstration
from pages.screens.council.what_if import what_if_commune, what_if_territory
from pages.screens.council.who_pays import who_pays
from pages.screens.council.why import why_commune, why_territory
from pages.widgets.screen import Screen
from pages.words import figure_cards, titles
from pages.words.class_words import list_classes, write_score
from pages.words.faces import write_given
from pages.words.ranks import rank_row
from pages.words.sources import cite

# Communes beside the map, its legend and two numbers; lines of the legend beyond so many take the place of a commune each, for a wall
# does not scroll.
_BESIDE_MAP = 3
_LEGEND_BESIDE_MAP = 5
QUESTIONS = ("where", "why", "what_if", "who_pays")


def answer(screen: Screen, subject: str, question: str) -> CouncilAnswer:
    """The answer to one of ``QUESTIONS`` for a commune (its code) or for the chosen territory."""
    on_index = replace(screen, chosen=replace(screen.chosen, indicator=COMPOSITE_ID))
    is_commune = subject in screen.figures.territory
    if question == "where":
        return _where_commune(on_index, subject) if is_commune else _where_territory(on_index)
    if question == "why":
        return why_commune(screen, subject) if is_commune else why_territory(screen)
    if question == "what_if":
        return what_if_commune(screen, subject) if is_commune else what_if_territory(screen)
    return who_pays(screen, [subject] if is_commune else screen.codes)


def _where_territory(screen: Screen) -> CouncilAnswer:
    results = screen.month_results()
    legend = _legend(screen, results)
    shown = _BESIDE_MAP - max(0, len(legend) - _LEGEND_BESIDE_MAP)
    # The title counts the communes of the heaviest classes: those stand under it.
    heaviest = heaviest_class_first(screen.in_order_of_rank(results)).head(max(shown, 1))
    first = [rank_row(screen, row) for _, row in heaviest.iterrows()]
    rows = [classed(screen, results.loc[r["code"]], (str(r["name"]), str(r["why"]))) for r in first]
    focus = screen.codes if len(screen.codes) < len(screen.figures.territory) else None
    finding, coverage = titles.state_beside_legend(screen, results)
    return CouncilAnswer(
        finding,
        rows,
        lead=coverage,
        numbers=_high_and_displaced(screen, results),
        map=_draw(screen, results, focus),
        legend=legend,
        attribution=screen.figures.attribution,
        sources=cite(screen, [COMPOSITE_ID]),
        is_demonstration=rests_on_demonstration(results["provenance"]),
    )


def _high_and_displaced(screen: Screen, results: pd.DataFrame) -> list[tuple[str, str]]:
    """How many displaced people there are, and how many communes of those in the title would be in a high class without them; the
    population first where that is not known."""
    people, displaced = ((card.figure, card.name) for card in figure_cards.people_cards(screen))
    without = high_without_displaced(results)
    if without is None:
        return [people, displaced]
    return [displaced, (screen.t.number(without), screen.t("council.high_without"))]


def _where_commune(screen: Screen, commune: str) -> CouncilAnswer:
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    results = figures.of_commune(commune, month)
    around = [commune, *figures.neighbours(commune)]
    services = [results.loc[s.value] for s in screen.figures.services]
    near = figures.of_month(COMPOSITE_ID, month).loc[around]
    return CouncilAnswer(
        titles.state_finding(screen, commune, results),
        [
            classed(
                screen, row, (screen.result_label(s.value), f"{screen.badge(row).label} · {write_given(screen, results, s)}")
            )
            for s, row in zip(screen.figures.services, services, strict=True)
        ],
        lead=t("council.where_lead", group=screen.group_label(commune)),
        numbers=_scores(screen, results.loc[COMPOSITE_ID]),
        map=_draw(screen, near, around, commune),
        legend=_legend(screen, near),
        attribution=screen.figures.attribution,
        sources=cite(screen, [COMPOSITE_ID], [commune]),
        is_demonstration=rests_on_demonstration(results["provenance"]),
    )


def _scores(screen: Screen, result: pd.Series) -> list[tuple[str, str]]:
    """The score of the index, as it is and as it would be without displaced people."""
    legend = screen.figures.definitions.legend
    columns = {"score_with": "score", "score_without": "score_without_displaced"}
    known = {name: column for name, column in columns.items() if pd.notna(result[column])}
    return [(write_score(result[column], legend, screen.t), screen.t(f"council.{name}")) for name, column in known.items()]


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
