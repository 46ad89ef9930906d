"""The wall's answer to "why?": how far each service, or each commune, is above the norm, with and without displaced people."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.model import Indicator
from analytics.ranking import heaviest_class_first
from analytics.summary import total_over_communes
from data.i18n import NO_VALUE
from pages.screens.council.wall import (
    DISPLACEMENT,
    NORM,
    RANGE,
    ROWS_SHOWN,
    STRUCTURAL,
    CouncilAnswer,
    classed,
    key_of,
    name_with_class,
    rests_on_demonstration,
)
from pages.widgets.screen import Screen
from pages.words import figure_cards, ranks
from pages.words.certainty import read_interval, write_interval
from pages.words.class_words import write_score
from pages.words.coverage import add_coverage, coverage_of_total
from pages.words.services import first_indicator
from pages.words.sources import cite
from pages.words.wall_bars import Length, scale_bars


def why_commune(screen: Screen, commune: str) -> CouncilAnswer:
    """By service the indicator under most pressure, in multiples of its norm."""
    t, figures = screen.t, screen.figures
    results = figures.of_commune(commune, screen.chosen.month)
    indicators = {s.value: first_indicator(figures.definitions, s, results) for s in figures.services}
    lengths, cells, stated = [], [], {}
    for service, indicator in indicators.items():
        result = results.loc[indicator.id]
        figure = screen.figure_against_norm(indicator.id, result)
        without = _write_without(screen, indicator, result)
        named = name_with_class(screen, indicator.id, result, figure)
        between = write_interval(screen, commune, indicator.id, "certainty.between") or t("council.unknown")
        gap = t.number(result["gap_to_norm"], 0)
        cells.append((screen.result_label(service), named, without, between, gap))
        # An interval of a share is in hundredths, not in multiples of the norm.
        low, high = (nan, nan) if indicator.goalposts else read_interval(screen, commune, indicator.id)
        # The end of a bar has room for the figure; of how many it is known stands under it.
        end = screen.bare_against_norm(indicator.id, result)
        lengths.append(Length(result["pressure"], end, named, result["pressure_without_displaced"], low, high))
        stated[service] = _state(screen, indicator, result)
    bars, norm = scale_bars(lengths, norm=1.0)
    # The class is that of the indicator, whose figure stands beside it; that of the service is on the question before.
    shown = [results.loc[indicator.id] for indicator in indicators.values()]
    rows = [classed(screen, result, said, bar) for result, said, bar in zip(shown, cells, bars, strict=True)]
    worst = results.loc[COMPOSITE_ID]["worst_indicator"]
    return CouncilAnswer(
        stated.get(worst, t("finding.commune_insufficient", name=screen.name(commune))),
        rows,
        tuple(t(f"council.{c}") for c in ("service", "indicator", "without", "interval", "above")),
        numbers=_numbers_of_commune(screen, commune, indicators.get(worst), results),
        key=key_of(screen, STRUCTURAL, DISPLACEMENT, RANGE, NORM),
        norm=norm,
        sources=cite(screen, [indicator.id for indicator in indicators.values()], [commune]),
        is_demonstration=rests_on_demonstration(results["provenance"]),
    )


def _write_without(screen: Screen, indicator: Indicator, result: pd.Series) -> str:
    """The pressure without displaced people; a dash where the class follows from the value, which is no multiple of a norm."""
    return NO_VALUE if indicator.goalposts else screen.t.number(result["pressure_without_displaced"], 1)


def _state(screen: Screen, indicator: Indicator, result: pd.Series) -> str:
    """An indicator with its figure, and what it would be without displaced people where both are said on the same basis."""
    without = _write_without(screen, indicator, result)
    said = {"indicator": screen.result_label(indicator.id), "figure": screen.figure_with_whole(indicator.id, result)}
    if without == NO_VALUE:
        return screen.t("face.reason", **said)
    return screen.t("council.why_commune", **said, without=without)


def _numbers_of_commune(
    screen: Screen, commune: str, worst: Indicator | None, results: pd.DataFrame
) -> list[tuple[str, str]]:
    """Displaced people hosted, and who is above the norm of the service under most pressure."""
    t, displaced = screen.t, screen.count("displaced_persons", commune)
    numbers = [(displaced, t("overview.displaced"))]
    if worst is not None and pd.notna(results.at[worst.id, "gap_to_norm"]):
        numbers.append((t.number(results.at[worst.id, "gap_to_norm"], 0), t(f"commune.above_{worst.people}")))
    return numbers


def why_territory(screen: Screen) -> CouncilAnswer:
    """The communes under most pressure, their scores split into what is structural and what is due to displacement."""
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    on_index = replace(screen, chosen=replace(screen.chosen, indicator=COMPOSITE_ID))
    results, legend = on_index.month_results(), figures.definitions.legend
    first = heaviest_class_first(on_index.in_order_of_rank(results)).head(ROWS_SHOWN)
    lengths, cells = [], []
    for _, row in first.iterrows():
        said = ranks.rank_row(on_index, row)
        score, without = (write_score(row[c], legend, t) for c in ("score", "score_without_displaced"))
        cells.append((str(said["name"]), str(said["why"]), score, without))
        lengths.append(
            Length(row["score"], t("council.of_hundred", score=score), str(said["why"]), row["score_without_displaced"])
        )
    bars, _ = scale_bars(lengths, end=ranks.SCORE_SCALE)
    rows = [
        classed(screen, results.loc[code], said, bar)
        for code, said, bar in zip(first["commune_code"], cells, bars, strict=True)
    ]
    _, displaced = figure_cards.people_cards(screen)
    hosted = total_over_communes(figures.column("displaced_persons", month).loc[screen.codes])
    known = displaced.figure != NO_VALUE
    title = t("council.why_territory", displaced=displaced.figure) if known else t("council.why_unknown")
    return CouncilAnswer(
        add_coverage(t, title, coverage_of_total(hosted)),
        rows,
        tuple(t(f"council.{c}") for c in ("commune", "why", "score", "without")) if rows else (),
        displaced.note if known else "",
        numbers=[(card.figure, card.name) for card in _above(screen)],
        key=key_of(screen, STRUCTURAL, DISPLACEMENT) if rows else (),
        sources=cite(screen, [COMPOSITE_ID, *(s.value for s in figures.services)]),
        is_demonstration=rests_on_demonstration(results["provenance"]),
    )


def _above(screen: Screen) -> list[figure_cards.Card]:
    """Who is above the norm of the two services that count most for people: those with a figure, in the order of the services."""
    cards = [figure_cards.above_norm_card(screen, sector) for sector in screen.figures.services]
    return [card for card in cards if card.figure != NO_VALUE][:2]
