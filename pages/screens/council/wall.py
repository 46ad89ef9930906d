"""What stands on the wall under a question of a council: a finding, two numbers, a picture, and the rows that it is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analytics.model import Provenance
from pages.widgets.screen import Screen
from pages.words.wall_bars import WallBar

ROWS_SHOWN = 4
# Kinds of the key under bars: what each sign means.
STRUCTURAL, DISPLACEMENT, RANGE, NORM = "structural", "displacement", "range", "norm"
_KEY = {STRUCTURAL: "rank.structural", DISPLACEMENT: "rank.displacement", RANGE: "scenario.range", NORM: "commune.norm"}


@dataclass(frozen=True, slots=True)
class CouncilRow:
    """A line on the wall: its cells, the class whose chip stands before the first, the bar that it is drawn as."""

    cells: tuple[str, ...]
    severity: int | str | None = None
    color: str = ""
    kind: str = ""
    bar: WallBar | None = None


@dataclass(frozen=True, slots=True)
class CouncilLegend:
    """The classes beside a map, with how many communes are in each."""

    number: str
    color: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CouncilAnswer:
    """What stands on the wall under a question; ``heading`` names the columns of ``rows``, ``numbers`` are two at most with what each
    counts, ``key`` says what the signs of the bars mean, ``norm`` where it lies on them."""

    title: str
    rows: Sequence[CouncilRow]
    heading: Sequence[str] = ()
    lead: str = ""
    map: Markup | None = None
    legend: Sequence[CouncilLegend] = ()
    attribution: str = ""
    sources: str = ""
    is_demonstration: bool = False
    numbers: Sequence[tuple[str, str]] = ()
    key: Sequence[tuple[str, str]] = ()
    norm: float | None = None

    @property
    def has_bars(self) -> bool:
        """Whether the rows are drawn as bars."""
        return any(row.bar for row in self.rows)


def classed(screen: Screen, result: pd.Series, cells: tuple[str, ...], bar: WallBar | None = None) -> CouncilRow:
    """A row with the class of a result before it."""
    badge = screen.badge(result)
    return CouncilRow(cells, badge.severity, badge.color, badge.kind, bar)


def name_with_class(screen: Screen, indicator_id: str, result: pd.Series, figure: str) -> str:
    """An indicator with its figure and its own class."""
    parts = {"indicator": screen.result_label(indicator_id), "severity": screen.describe_class(result)}
    return screen.t("council.why_indicator", figure=figure, **parts)


def key_of(screen: Screen, *kinds: str) -> list[tuple[str, str]]:
    """The signs of the bars with their words."""
    return [(kind, screen.t(_KEY[kind])) for kind in kinds]


def rests_on_demonstration(kinds: pd.Series) -> bool:
    """Whether one of the figures is simulated."""
    return Provenance.DEMONSTRATION.value in set(kinds)
