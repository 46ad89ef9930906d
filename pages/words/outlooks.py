"""What a scenario, the trend unless another is named, leads a commune to: its pressures month by month, and when it breaks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.bounds import BOUNDS, CENTRAL, LOW
from analytics.first_breaks import first_breaks
from analytics.model import Sector
from analytics.projection import Projection
from analytics.scenario import Scenario, moved_indicators
from pages.words.view import View

SCENARIO = "trend"


@dataclass(frozen=True, slots=True)
class Outlook:
    """The headline pressures of a commune under a scenario: by service, one row of months by bound."""

    projection: Projection
    pressure: dict[Sector, dict[str, np.ndarray]]

    @property
    def worst(self) -> Sector | None:
        """The service with the highest central pressure in the last month; None where no pressure is known."""
        last = {s: float(p[CENTRAL][-1]) for s, p in self.pressure.items() if not math.isnan(p[CENTRAL][-1])}
        return max(last, key=lambda s: last[s]) if last else None


def read_outlook(view: View, commune: str, scenario: Scenario | None = None) -> Outlook:
    """A scenario (the trend of the library when None) for the headline of each service of a commune.

    Raises:
        ScenarioError: the scenario cannot be.
    """
    projection = view.figures.projection(scenario or view.figures.definition_set.library[SCENARIO])
    row, headlines = projection.commune_codes.index(commune), view.figures.definitions.headlines
    return Outlook(
        projection,
        {s: {b: projection.table(headlines[s], "pressure", b)[row] for b in BOUNDS} for s in view.figures.services},
    )


def state_outlook(view: View, outlook: Outlook, sector: Sector, text: str = "deck.outlook_finding") -> str:
    """The finding: where the scenario leads a service, with its range; ``text`` says so, of the trend unless another is named."""
    t, pressure = view.t, outlook.pressure[sector]
    low, central, high = (t.number(float(pressure[b][-1]), 1) for b in BOUNDS)
    return t(
        text,
        service=view.result_label(sector.value),
        indicator=view.result_label(view.figures.definitions.headlines[sector]),
        times=t("pressure.times", times=central),
        month=t.month(outlook.projection.months[-1]),
        low=low,
        high=high,
    )


def find_break(view: View, projection: Projection, commune: str) -> pd.Series | None:
    """The first break of the commune under the scenario, on any indicator that a scenario moves (a row of ``first_breaks``); None
    where it does not break down."""
    ids = [i.id for sector in view.figures.services for i in moved_indicators(view.figures.definitions, sector)]
    breaks = first_breaks(projection, ids, view.figures.assessment)
    own = breaks[breaks["commune_code"] == commune]
    return None if own.empty else own.iloc[0]


def write_break(view: View, projection: Projection, commune: str) -> str:
    """When the commune breaks down under the scenario, and on which indicator."""
    t, row = view.t, find_break(view, projection, commune)
    if row is None:
        return _write_no_break(view, projection, commune)
    indicator = view.result_label(row["indicator_id"])
    if row["is_broken_already"]:
        return t("deck.outlook_broken", indicator=indicator)
    return t("deck.outlook_break", indicator=indicator, month=t.month(row["month"]))


def _write_no_break(view: View, projection: Projection, commune: str) -> str:
    """That the commune does not break down, as far as that is known: what has no figure may break down all the same."""
    t, at = view.t, projection.commune_codes.index(commune)
    ids = {s: [i.id for i in moved_indicators(view.figures.definitions, s)] for s in view.figures.services}
    silent = {s: [np.isnan(projection.table(i, "score")[at]).all() for i in members] for s, members in ids.items()}
    if all(all(marks) for marks in silent.values()):
        return t("deck.outlook_no_figures")
    unknown = [view.result_label(s.value) for s, marks in silent.items() if all(marks)]
    month = t.month(projection.months[-1])
    if not unknown:
        return t("deck.outlook_no_break", month=month)
    return t("deck.outlook_no_break_known", month=month, unknown=t("sign.comma").join(unknown))


def service_rows(view: View, outlook: Outlook) -> list[tuple[str, str, str]]:
    """Each service in the last month ahead, with its range, under a row of headings."""
    t = view.t
    heading = (t("scenario.service"), t.short_month(outlook.projection.months[-1]), t("scenario.range"))
    rows = []
    for sector, pressure in outlook.pressure.items():
        low, central, high = (t.number(float(pressure[b][-1]), 1) for b in BOUNDS)
        between = t("certainty.between", low=low, high=high)
        rows.append((view.result_label(sector.value), central, between if not math.isnan(pressure[LOW][-1]) else ""))
    return [heading, *rows]
