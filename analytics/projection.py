"""A scenario month by month from the last observed month, with a range: pressure, people above the norm, who breaks and when.

The range has two parts. *How long people stay*: the low and the high bound follow the neighbouring return curves
(``scenario_people.stay_curves``) and, after a shock, both ends of its effects. *How well today's figures are known*: the
interval of the last observed month, by the same draws, carried ahead with figures that grow old (``analytics.projected_range``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analytics.assessment import Assessment, assess
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.last_asked import LastAsked
from analytics.model import PROVENANCE_ORDER, Definitions, Provenance, Status
from analytics.panel import Column, Panel
from analytics.projected_range import StartingRange, draw_starting_range, widen
from analytics.scenario import LONGEST_HORIZON, Scenario, ScenarioSetting, check_scenario
from analytics.scenario_application import DISPLACED_WITHIN, apply_scenario, shock_effects
from analytics.scenario_people import HOSTED
from analytics.shock_effects import ShockEffects
from analytics.summary import total_by_month

_STATUS = tuple(Status)
_ESTIMATED = _STATUS.index(Status.ESTIMATED)
_NOT_APPLICABLE = _STATUS.index(Status.NOT_APPLICABLE)
_ESTIMATE = PROVENANCE_ORDER.index(Provenance.ESTIMATE)


@dataclass(frozen=True, slots=True)
class Projection:
    """A scenario over its horizon: one assessment by bound (``low``, ``central``, ``high``), whose months are those ahead.

    ``curves`` holds the bounds by the return curves alone, with the figures taken as they are; ``shock`` what an earthquake of the
    scenario does.
    """

    scenario: Scenario
    observed: pd.Timestamp
    assessments: Mapping[str, Assessment]
    curves: Mapping[str, Assessment]
    shock: ShockEffects | None = None
    _asked: LastAsked[pd.DataFrame] = field(default_factory=LastAsked, init=False, repr=False, compare=False)

    @property
    def months(self) -> tuple[pd.Timestamp, ...]:
        """Months ahead, the first one after the last observed month."""
        return self.assessments[CENTRAL].panel.months

    @property
    def commune_codes(self) -> tuple[str, ...]:
        """Communes, in the order of every table."""
        return self.assessments[CENTRAL].panel.commune_codes

    def table(self, result_id: str, figure: str, bound: str = CENTRAL) -> np.ndarray:
        """A figure of a result (``pressure``, ``gap_to_norm``, ``value`` …, or ``severity_class``, ``score``) as communes ×
        months; NaN where there is none."""
        return self._table(self.assessments[bound], result_id, figure)

    def total(self, result_id: str, figure: str, inside: np.ndarray, bound: str = CENTRAL) -> np.ndarray:
        """A figure of a result by month over some communes: what they all share (the curves) adds up, the errors of each one partly
        cancel (root of the sum of squares)."""
        curve = self._table(self.curves[bound], result_id, figure)
        return _total(curve, self.table(result_id, figure, bound), inside, bound)

    def displaced(self, bound: str = CENTRAL) -> np.ndarray:
        """Displaced persons, communes × months: hosted, and displaced inside their own commune by a shock."""
        return self._displaced(self.assessments[bound])

    def displaced_total(self, inside: np.ndarray, bound: str = CENTRAL) -> np.ndarray:
        """Displaced persons by month over some communes, like ``total``; those of a shock by the draws of its total, since the
        communes of one earthquake err together, though not all alike."""
        hosted = _total(self._hosted(self.curves[bound]), self._hosted(self.assessments[bound]), inside, bound)
        within = total_by_month(self._within(self.assessments[bound]), inside)
        if self.shock is None:
            return hosted + within
        of_places = float(np.nansum(self.shock.displaced[bound][inside]))
        return hosted + within * (self.shock.total(inside)[bound] / of_places if of_places else 0.0)

    def _table(self, assessment: Assessment, result_id: str, figure: str) -> np.ndarray:
        result = assessment.results[result_id]
        values = result.figures[figure] if figure in result.figures else getattr(result, figure)
        return np.asarray(values, dtype=float).reshape(len(self.commune_codes), len(self.months))

    def _displaced(self, assessment: Assessment) -> np.ndarray:
        return self._hosted(assessment) + self._within(assessment)

    def _hosted(self, assessment: Assessment) -> np.ndarray:
        return assessment.panel[HOSTED].value.reshape(len(self.commune_codes), len(self.months))

    def _within(self, assessment: Assessment) -> np.ndarray:
        within = assessment.panel[DISPLACED_WITHIN].value.reshape(len(self.commune_codes), len(self.months))
        return np.where(np.isnan(within), 0.0, within)

    def of_month(self, result_id: str, month: pd.Timestamp) -> pd.DataFrame:
        """Central result rows of every commune in one month, indexed by commune code; those asked for last are kept."""

        def build() -> pd.DataFrame:
            frame = self.assessments[CENTRAL].frame([result_id])
            return frame[frame["reference_date"] == month].set_index("commune_code", drop=False)

        return self._asked.get((result_id, month), build)


def extend(panel: Panel, horizon: int) -> Panel:
    """The months after a panel's last one: every figure as it was last observed in its commune, ageing, an estimate.

    What was never observed stays missing; what is declared not to apply still does not.
    """
    last = panel.months[-1]
    months = tuple(last + pd.DateOffset(months=step) for step in range(1, horizon + 1))
    shape = (len(panel.commune_codes), len(panel.months))
    columns = {name: _carried(column, shape, horizon) for name, column in panel.columns.items()}
    return Panel(panel.commune_codes, months, columns)


def _carried(column: Column, shape: tuple[int, int], horizon: int) -> Column:
    value, status = column.value.reshape(shape), column.status.reshape(shape)
    said = ~np.isnan(value) | (status == _NOT_APPLICABLE)
    position = shape[1] - 1 - np.argmax(said[:, ::-1], axis=1)
    rows, ever = np.arange(shape[0]), said.any(axis=1)

    def last(ranks: np.ndarray) -> np.ndarray:
        return ranks.reshape(shape)[rows, position]

    known = ever & ~np.isnan(value[rows, position])
    ahead = (shape[1] - 1 - position)[:, None] + np.arange(1, horizon + 1)[None, :]
    age = last(column.age_months)[:, None] + ahead

    def spread(ranks: np.ndarray) -> np.ndarray:
        return np.repeat(ranks, horizon).astype(np.int8)

    return Column(
        np.repeat(last(column.value), horizon),
        spread(np.where(known, np.maximum(last(column.status), _ESTIMATED), last(column.status))),
        spread(np.where(known, np.maximum(last(column.provenance), _ESTIMATE), last(column.provenance))),
        spread(last(column.reliability)),
        age.ravel(),
    )


def project(
    panel: Panel,
    scenario: Scenario,
    setting: ScenarioSetting,
    assumptions: Assumptions = DEFAULTS,
    start: Callable[[Assumptions], StartingRange] | None = None,
) -> Projection:
    """Project a scenario from the last observed month of a panel over the scenario's horizon.

    Args:
        start: the range of the starting figures under some assumptions, over ``LONGEST_HORIZON`` months, for whoever keeps it:
            it is the same for all scenarios (``starting_range``).

    Raises:
        ScenarioError: a change that cannot be, with the nearest feasible choice in its values.
    """
    definitions = setting.definitions
    check_scenario(scenario, setting)
    baseline = extend(panel, scenario.horizon_months)
    chosen = with_profile(assumptions, scenario)
    curves = {}
    for bound in BOUNDS:
        changed = apply_scenario(baseline, scenario, setting, bound)
        curves[bound] = replace(assess(changed, definitions, chosen), scenario_id=scenario.id)
    known = start(chosen) if start else starting_range(panel, definitions, chosen, scenario.horizon_months)
    central = curves[CENTRAL]
    widened = {b: widen(curves[b], central, known, b, definitions) for b in (LOW, HIGH)}
    shock = shock_effects(baseline, scenario, setting) if scenario.shock else None
    return Projection(scenario, panel.months[-1], {CENTRAL: central, **widened}, curves, shock)


def starting_range(
    panel: Panel, definitions: Definitions, assumptions: Assumptions = DEFAULTS, horizon: int = LONGEST_HORIZON
) -> StartingRange:
    """How well the figures of the last month are known, and how that fades while they are carried ahead."""
    return draw_starting_range(panel, extend(panel, horizon), definitions, assumptions)


def _total(curve: np.ndarray, table: np.ndarray, inside: np.ndarray, bound: str) -> np.ndarray:
    total = total_by_month(curve, inside)
    away = np.sqrt(np.nansum((table - curve)[inside] ** 2, axis=0))
    return np.maximum(0.0, total - away) if bound == LOW else total + away


def with_profile(assumptions: Assumptions, scenario: Scenario) -> Assumptions:
    """What a scenario is assessed with: the reader's assumptions, on the norm profile that the scenario names if it does."""
    return replace(assumptions, profile=scenario.profile) if scenario.profile else assumptions
