"""The tables of a panel while a scenario changes them, one step after the other."""

from __future__ import annotations

import numpy as np

from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, Provenance, Status
from analytics.panel import Column, Panel
from analytics.scenario import Scenario, ScenarioSetting

_STATUS = {status: rank for rank, status in enumerate(Status)}
_ESTIMATE = PROVENANCE_ORDER.index(Provenance.ESTIMATE)
_LAST_GRADE = len(RELIABILITY_ORDER) - 1


class ScenarioWork:
    """The tables being changed, communes × months, by variable; a table is taken from the panel when it is first asked for."""

    def __init__(self, panel: Panel, scenario: Scenario, setting: ScenarioSetting, bound: str) -> None:
        self.panel, self.scenario, self.setting, self.bound = panel, scenario, setting, bound
        self.shape = (len(panel.commune_codes), len(panel.months))
        self.ahead = np.arange(1, self.shape[1] + 1)
        self.tables: dict[str, np.ndarray] = {}

    def before(self, name: str) -> np.ndarray:
        """A variable of the panel as it was."""
        return self.panel[name].value.reshape(self.shape)

    def __getitem__(self, name: str) -> np.ndarray:
        return self.tables.get(name, self.before(name))

    def active(self, first: int, last: int | None, calendar: tuple[int, ...] = ()) -> np.ndarray:
        """Which months a change holds in."""
        inside = (self.ahead >= first) & (self.ahead <= (last or self.shape[1]))
        of_year = np.array([month.month for month in self.panel.months])
        return inside & np.isin(of_year, calendar) if calendar else inside

    def inside(self, where: str) -> np.ndarray:
        """Which communes a place holds."""
        return self.setting.in_place(where, self.panel.commune_codes)

    def finished(self) -> Panel:
        """The panel with every changed table as a column that says it is an estimate."""
        return self.panel.with_columns({name: _changed(self.panel[name], t.ravel()) for name, t in self.tables.items()})


def _changed(column: Column, value: np.ndarray) -> Column:
    """A column with new values: estimates where they differ, no firmer than what they rest on."""
    differs = ~np.isnan(value) & (np.isnan(column.value) | (value != column.value))
    absent = differs & np.isnan(column.value)
    status = np.where(absent, _STATUS[Status.ESTIMATED], np.maximum(column.status, _STATUS[Status.ESTIMATED] * differs))
    provenance = np.where(differs, np.maximum(column.provenance, _ESTIMATE), column.provenance)
    reliability = np.where(absent, _LAST_GRADE, column.reliability)
    age = np.where(absent, 0.0, column.age_months)
    return Column(value, status.astype(np.int8), provenance.astype(np.int8), reliability.astype(np.int8), age)


def shares_of_place(work: ScenarioWork, where: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Shares of a place's communes: by a quantity, by residents where it is nothing, equal where these are not known."""
    for quantity in (by, work.before("population")[:, 0], np.ones(len(where))):
        share = np.where(where, np.nan_to_num(quantity), 0.0)
        if share.sum() > 0:
            return share / share.sum()
    raise AssertionError("a place holds at least one commune")
