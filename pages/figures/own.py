"""Figures of a viewer who sees some communes only: their rows and no others, equal to the last digit to those of everybody else.

Growth, groups, ranks and intervals are computed for the whole territory; what is handed out afterwards are the viewer's rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analytics.assessment import Assessment
from analytics.panel import Column, Panel
from analytics.projection import Projection
from analytics.result import Result
from analytics.scenario import Scenario, ScenarioSetting
from analytics.summary import Coverage
from data.frames import Territory
from data.people.viewer import Viewer
from pages.figures.cache import ComputedTables
from pages.figures.figures import Figures
from pages.figures.frames import ResultFrames

Rows = TypeVar("Rows", Column, Result)


@dataclass(frozen=True)
class OwnFigures(Figures):
    """Rows of some communes. ``_whole`` holds what they are taken from; nothing outside of this module reads it."""

    _whole: Figures | None = field(default=None, repr=False, compare=False)

    @property
    def whole(self) -> Figures:
        """The figures of everybody, for this module."""
        assert self._whole is not None, "rows are taken from something"
        return self._whole

    @property
    def default_month(self) -> pd.Timestamp:
        """The month that everybody's first screen is on."""
        return self.whole.default_month

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Those of all communes: names are public, and people come from communes that are not one's own."""
        return self.whole.names

    def of_whole(self, name: str, month: pd.Timestamp, build: Callable[[Figures], pd.DataFrame]) -> pd.DataFrame:
        """The own rows of a table of the whole territory, which its figures keep."""
        return self.keep(f"own {name}", month, lambda: self._rows(self.whole.of_whole(name, month, build)))

    def medians(self, result_id: str, figure: str) -> pd.DataFrame:
        """Medians of every group; only those of all communes and of the own groups are handed out."""
        groups = ["all", *dict.fromkeys(self.communes["group_code"])]
        return self.whole.medians(result_id, figure)[groups]

    def has_intervals(self, month: pd.Timestamp) -> bool:
        """Whether those of the whole territory are at hand, of which the own are rows."""
        return self.whole.has_intervals(month)

    def ranked_communes(self, result_id: str, month: pd.Timestamp) -> int:
        """How many communes of the whole territory have a rank on a result."""
        return self.whole.ranked_communes(result_id, month)

    def coverage(self, result_id: str, month: pd.Timestamp) -> Coverage:
        """How many of the communes concerned, in the whole territory, have a result."""
        return self.whole.coverage(result_id, month)

    def worth(self, month: pd.Timestamp) -> pd.DataFrame:
        """The own figures of the list of the whole territory."""
        table = self.whole.worth(month)
        return table[table["commune_code"].isin(self.territory)]

    def sensitivity(self, month: pd.Timestamp) -> pd.DataFrame:
        """What moves the ranking of all communes: assumptions, of no commune."""
        return self.whole.sensitivity(month)

    @property
    def scenario_setting(self) -> ScenarioSetting:
        """What scenarios act on: places, not figures."""
        return self.whole.scenario_setting

    def projection(self, scenario: Scenario) -> Projection:
        """The own rows of a scenario over its horizon.

        Raises:
            ScenarioError: a change that cannot be.
        """
        return self.cache.projection(scenario, lambda: self._project(scenario))

    def _project(self, scenario: Scenario) -> Projection:
        found = self.whole.projection(scenario)
        assessments, curves = (
            {bound: cut(one, self.territory) for bound, one in several.items()}
            for several in (found.assessments, found.curves)
        )
        return replace(found, assessments=assessments, curves=curves)

    def _rows(self, table: pd.DataFrame) -> pd.DataFrame:
        names = list(table.index.names)
        level = table.index.get_level_values(names.index("commune_code") if "commune_code" in names else -1)
        rows = table[level.isin(self.territory)]
        # A table of pairs has communes on both sides.
        return rows.loc[:, rows.columns.isin(self.territory)] if set(table.columns) == set(level) else rows


def restrict(figures: Figures, viewer: Viewer) -> Figures:
    """The figures as a viewer sees them."""
    codes = viewer.within(figures.territory)
    if codes == figures.territory:
        return replace(figures, viewer=viewer)
    assessment = cut(figures.assessment, codes)
    given = {f.name: getattr(figures, f.name) for f in fields(Figures)}
    mine = {
        "territory": codes,
        "viewer": viewer,
        "communes": figures.communes.loc[list(codes)],
        "assessment": assessment,
        "results": ResultFrames(assessment),
        "cache": ComputedTables(),
    }
    return OwnFigures(**{**given, **mine}, _whole=figures)


def cut(assessment: Assessment, codes: Territory) -> Assessment:
    """The rows of some communes of an assessment."""
    panel = assessment.panel
    inside = np.isin(np.asarray(panel.commune_codes, dtype=object), codes)
    rows = np.repeat(inside, len(panel.months))
    columns = {name: _cut_fields(column, rows) for name, column in panel.columns.items()}
    kept = tuple(code for code in panel.commune_codes if code in codes)
    results = {name: _cut_fields(result, rows) for name, result in assessment.results.items()}
    return replace(assessment, panel=Panel(kept, panel.months, columns), results=results)


def _cut_fields(value: Rows, rows: np.ndarray) -> Rows:
    """Every array of a value over the rows of a panel, and of its tables of arrays, at some rows."""
    found: dict[str, Any] = {f.name: _cut(getattr(value, f.name), rows) for f in fields(value)}
    return replace(value, **found)


def _cut(value: Any, rows: np.ndarray) -> Any:
    if isinstance(value, np.ndarray):
        return value[rows]
    return {name: array[rows] for name, array in value.items()} if isinstance(value, dict) else value
