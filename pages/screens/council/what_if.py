"""The wall's answer to "what if?": where the trend leads, in multiples of the norm, with and without displaced people."""

from __future__ import annotations

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.bounds import HIGH, LOW
from pages.screens.council.wall import (
    DISPLACEMENT,
    NORM,
    RANGE,
    ROWS_SHOWN,
    STRUCTURAL,
    CouncilAnswer,
    CouncilRow,
    key_of,
    name_with_class,
    rests_on_demonstration,
)
from pages.widgets.screen import Screen
from pages.words import first_breaks, outlooks
from pages.words.sources import cite
from pages.words.wall_bars import Length, scale_bars


def what_if_commune(screen: Screen, commune: str) -> CouncilAnswer:
    """By service, where its headline is in the last month ahead."""
    t, outlook = screen.t, outlooks.read_outlook(screen, commune)
    if outlook.worst is None:
        return CouncilAnswer(t("council.outlook_unknown"), [], lead=t("scenario.no_figures"))
    heading, *said = outlooks.service_rows(screen, outlook)
    month, headlines = outlook.projection.months[-1], screen.figures.definitions.headlines
    ahead = [outlook.projection.of_month(headlines[s], month).loc[commune] for s in outlook.pressure]
    lengths, cells = [], []
    # No chip: the class is that of the indicator, in words beside it, and the chip of the first question was the service's.
    for sector, result, (service, figure, between) in zip(outlook.pressure, ahead, said, strict=True):
        named = name_with_class(screen, headlines[sector], result, figure)
        low, high = (float(outlook.pressure[sector][bound][-1]) for bound in (LOW, HIGH))
        cells.append((service, named, between))
        lengths.append(
            Length(
                result["pressure"], t("pressure.times", times=figure), named, result["pressure_without_displaced"], low, high
            )
        )
    bars, norm = scale_bars(lengths, norm=1.0)
    return CouncilAnswer(
        outlooks.state_outlook(screen, outlook, outlook.worst),
        [CouncilRow(said, bar=bar) for said, bar in zip(cells, bars, strict=True)],
        heading,
        outlooks.write_break(screen, outlook.projection, commune),
        numbers=_now_and_then(screen, outlook, commune),
        key=key_of(screen, STRUCTURAL, DISPLACEMENT, RANGE, NORM),
        norm=norm,
        sources=cite(screen, headlines.values(), [commune]),
        is_demonstration=rests_on_demonstration(pd.Series([result["provenance"] for result in ahead])),
    )


def _now_and_then(screen: Screen, outlook: outlooks.Outlook, commune: str) -> list[tuple[str, str]]:
    """The headline of the service under most pressure ahead: in the last month observed, and in the last one ahead."""
    t, projection = screen.t, outlook.projection
    assert outlook.worst is not None
    headline = screen.figures.definitions.headlines[outlook.worst]
    now = screen.figures.of_month(headline, projection.observed).loc[commune]
    then = projection.of_month(headline, projection.months[-1]).loc[commune]
    service = screen.result_label(outlook.worst.value)
    dated = ((now, projection.observed), (then, projection.months[-1]))
    return [
        (t.number(result["pressure"], 1), t("council.times_in", service=service, month=t.month(month)))
        for result, month in dated
    ]


def what_if_territory(screen: Screen) -> CouncilAnswer:
    """The communes that break first, where the trend leads the indicator on which they break."""
    t, scenario = screen.t, screen.figures.definition_set.library[outlooks.SCENARIO]
    projection = screen.figures.projection(scenario)
    if not first_breaks.has_figures(screen, projection):
        return CouncilAnswer(t("council.outlook_unknown"), [], lead=t("scenario.no_figures"))
    breaks = first_breaks.find_breaks(screen, projection)
    lengths, cells = [], []
    for _, row in breaks.head(ROWS_SHOWN).iterrows():
        said = first_breaks.break_row(screen, row)
        broken = projection.of_month(row["indicator_id"], row["month"]).loc[row["commune_code"]]
        why = t("sign.between").join((said["service"], said["why"], said["when"]))
        cells.append((said["name"], f"{said['service']} · {said['why']}", said["when"], said["people"]))
        lengths.append(Length(broken["pressure"], said["pressure"], why, broken["pressure_without_displaced"]))
    bars, norm = scale_bars(lengths, norm=1.0)
    kind = screen.figures.provenance_of_result(COMPOSITE_ID, projection.observed)
    return CouncilAnswer(
        first_breaks.state_finding(screen, scenario, projection, breaks),
        [CouncilRow(said, bar=bar) for said, bar in zip(cells, bars, strict=True)],
        tuple(t(f"council.{c}") for c in ("commune", "service", "when", "above")) if cells else (),
        numbers=[
            (t.number(count), t(f"council.breaks_{when}", count=count, month=t.month(projection.months[-1])))
            for when, count in first_breaks.count_breaks(breaks).items()
        ],
        key=key_of(screen, STRUCTURAL, DISPLACEMENT, NORM) if cells else (),
        norm=norm,
        sources=cite(screen, [COMPOSITE_ID], month=projection.observed),
        is_demonstration=rests_on_demonstration(pd.Series([kind])),
    )
