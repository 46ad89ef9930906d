"""All indicators, services with their faces, and the composite of a panel, as arrays; tidy rows on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assumptions import DEFAULTS, Assumptions
from analytics.capacity_factors import add_capacity_factors
from analytics.demand import add_demand
from analytics.equal_arrays import EqualArrays
from analytics.index_result import COMPOSITE_ID, assess_index
from analytics.indicator_result import rate_indicator
from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, Definitions, Indicator
from analytics.panel import Panel
from analytics.ratios import compute_ratio, norm_values
from analytics.reliability import grade_panel
from analytics.result import STATUS, Result
from analytics.service_results import assess_service
from analytics.terms import write_terms

__all__ = ["BASELINE", "COMPOSITE_ID", "Assessment", "Result", "assess", "assess_indicators", "prepare_panel"]

BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Results by id (indicators, then each service after its faces, then the composite) for one panel and one scenario."""

    panel: Panel
    results: dict[str, Result]
    scenario_id: str = BASELINE
    assumptions: Assumptions = DEFAULTS

    def frame(self, ids: Iterable[str] | None = None) -> pd.DataFrame:
        """Tidy rows, one per commune, month and id.

        Columns: ``commune_code, reference_date, indicator_id, value, value_low, value_high, numerator, denominator,
        capacity_at_norm, norm_id, norm_value, pressure, pressure_without_displaced, pressure_worst_term, severity_class,
        severity_class_without_displaced, severity_class_low, severity_class_high, score, score_without_displaced,
        class_by_score, score_of_load, score_low, score_high, gap_to_norm, gap_without_displaced, status, provenance,
        reliability, worst_indicator, lifted_by, worst_term, absent_terms, pressure_by_term, scenario_id``. Classes are nullable
        integers; absent figures are NaN, absent words empty; terms that are absent stand side by side, the pressures of terms as
        ``label=pressure``, both separated by spaces.
        """
        wanted = list(self.results) if ids is None else list(ids)
        return pd.concat([self._rows(self.results[i]) for i in wanted], ignore_index=True)

    def _rows(self, result: Result) -> pd.DataFrame:
        nothing = np.full(self.panel.rows, np.nan)
        figures = {name: result.figures.get(name, nothing) for name in _FIGURES}
        silence = np.full(self.panel.rows, "", dtype=object)
        words = {name: silence if getattr(result, name) is None else getattr(result, name) for name in _NAMES}
        return pd.DataFrame(
            {
                "commune_code": self.panel.row_codes(),
                "reference_date": self.panel.row_months(),
                "indicator_id": result.id,
                **{
                    k: figures[k]
                    for k in ("value", "value_low", "value_high", "numerator", "denominator", "capacity_at_norm")
                },
                "norm_id": result.norm_id,
                **{k: figures[k] for k in ("norm_value", "pressure", "pressure_without_displaced", "pressure_worst_term")},
                "severity_class": pd.array(result.severity_class, dtype="Int8"),
                "severity_class_without_displaced": pd.array(result.severity_class_without, dtype="Int8"),
                "severity_class_low": pd.array(result.class_low, dtype="Int8"),
                "severity_class_high": pd.array(result.class_high, dtype="Int8"),
                "score": result.score,
                "score_without_displaced": result.score_without,
                "class_by_score": pd.array(figures["class_by_score"], dtype="Int8"),
                **{
                    k: figures[k]
                    for k in ("score_of_load", "score_low", "score_high", "gap_to_norm", "gap_without_displaced")
                },
                "status": _words(result.status, STATUS),
                "provenance": _words(result.provenance, PROVENANCE_ORDER),
                "reliability": _words(result.reliability, RELIABILITY_ORDER),
                "worst_indicator": words["worst"],
                **{k: words[k] for k in ("lifted_by", "worst_term", "absent_terms")},
                "pressure_by_term": write_terms(result),
                "scenario_id": self.scenario_id,
            }
        )


_FIGURES = (
    "value", "value_low", "value_high", "numerator", "denominator", "capacity_at_norm", "norm_value", "pressure",
    "pressure_without_displaced",
    "pressure_worst_term", "class_by_score", "score_of_load", "score_low", "score_high", "gap_to_norm", "gap_without_displaced",
)  # fmt: skip
_NAMES = ("worst", "lifted_by", "worst_term", "absent_terms")


def assess(
    panel: Panel, definitions: Definitions, assumptions: Assumptions = DEFAULTS, counted: np.ndarray | None = None
) -> Assessment:
    """Assess every indicator, sector and the composite for every commune and month of a panel.

    Args:
        counted: as for ``analytics.demand.add_demand``, where the panel holds only some communes of the territory.
    """
    panel, equal = prepare_panel(panel, definitions, assumptions, counted), EqualArrays()
    panel = Panel(panel.commune_codes, panel.months, {name: equal.share(column) for name, column in panel.columns.items()})
    rated = _rate(panel, definitions.indicators.values(), definitions, assumptions)
    results = {result.id: equal.share(result) for result in rated}
    for sector in definitions.sector_weights:
        if definitions.counting(sector):
            results |= {result.id: equal.share(result) for result in assess_service(sector, definitions, results)}
    results[COMPOSITE_ID] = equal.share(assess_index(definitions, results))
    return Assessment(panel, results, assumptions=assumptions)


def prepare_panel(
    panel: Panel, definitions: Definitions, assumptions: Assumptions = DEFAULTS, counted: np.ndarray | None = None
) -> Panel:
    """A panel with the grade of every figure and the derived columns that indicators name."""
    norm = norm_values(definitions.norms, panel, assumptions.profile)
    panel = add_capacity_factors(panel, definitions.norms, norm)
    return add_demand(grade_panel(panel, definitions.reliability), assumptions, counted)


def assess_indicators(
    panel: Panel, indicators: Iterable[Indicator], definitions: Definitions, assumptions: Assumptions = DEFAULTS
) -> dict[str, Result]:
    """Results of some indicators, by id, for a panel that is prepared (``prepare_panel``)."""
    return {result.id: result for result in _rate(panel, indicators, definitions, assumptions)}


def _rate(
    panel: Panel, indicators: Iterable[Indicator], definitions: Definitions, assumptions: Assumptions
) -> Iterator[Result]:
    norm = norm_values(definitions.norms, panel, assumptions.profile)
    return (rate_indicator(i, compute_ratio(panel, i, norm), definitions.legend) for i in indicators)


def _words(ranks: np.ndarray, order: tuple[str, ...]) -> np.ndarray:
    names = np.array([*(str(v) for v in order), ""], dtype=object)
    return names[ranks]
