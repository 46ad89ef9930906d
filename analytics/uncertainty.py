"""How sure a result is: Monte Carlo of pressures, sector scores and the index over errors of measurement (method note 2.5).

Errors are drawn once per commune and variable and hold for all months: whoever reports too much does so every month. The same
variable errs the same way in every indicator that uses it, and what shares a cause errs together. Norms, weights and the rule are
those chosen: what other choices give is ``analytics.sensitivity``. One draw has no error: it is the estimate itself, which
gives order, class and the centre of every range: draws of a sum or of a mean of scores, whose median would lie elsewhere, are moved so
that it is their median.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment
from analytics.composite import power_mean, weighted_mean
from analytics.drawn_figures import DrawnFigures
from analytics.drawn_results import (
    CENTRE,
    CLASS_BANDS,
    CLASS_COLUMNS,
    Columns,
    DrawnResult,
    above_each_other,
    classes_drawn,
    order_columns,
    place,
    summarise,
)
from analytics.draws import Draws, push_of, recentre_ratio, recentre_score
from analytics.faces import ClassedBy, Face, face_id
from analytics.model import Definitions, Indicator, Sector
from analytics.pressure import MAXIMUM_SCORE, class_of_score, score, score_bands
from analytics.ratios import divide
from analytics.service_class import lift_by_indicators, lift_index

# Arrays of this size keep two processors busy outside the interpreter; more threads would only share the same memory.
PARALLEL_MONTHS = 2

SUMMARY = (*CENTRE, "probability_high", *CLASS_COLUMNS)


def simulate(
    assessment: Assessment,
    definitions: Definitions,
    months: Sequence[pd.Timestamp] | None = None,
    ranked: Collection[str] = (COMPOSITE_ID,),
) -> dict[pd.Timestamp, pd.DataFrame]:
    """Interval, probability of each class and place in the order of every result, month by month.

    Args:
        assessment: results of a panel with demand and reliability.
        months: months to simulate (all of the assessment's otherwise).
        ranked: results whose communes are ranked; the others have no rank.

    Returns:
        For each month, one row per commune and result: ``commune_code, indicator_id``; ``estimate, median, low, high``
        (5–95 %) in multiples of the norm (in the indicator's unit where the class follows from the value, as a score for
        sectors and index); ``probability_class_1`` to ``_5`` and ``probability_high`` of class 4 or 5; for the ranked results
        ``rank`` by the estimate, ``rank_low`` and ``rank_high`` of its confidence set, ``expected_rank``, and ``first_20``,
        ``first_10``, the probability of being among so many first (``analytics.rank_inference``). NaN where there is no class,
        and no rank where too few communes have one; where people have no service at all there is no interval either, and the
        rank is 1 for all of them.
    """
    draws = Draws(definitions.uncertainty, len(assessment.panel.commune_codes))
    chosen = list(assessment.panel.months) if months is None else list(months)
    with ThreadPoolExecutor(PARALLEL_MONTHS) as pool:
        tables = pool.map(lambda month: _rows(DrawnMonth(assessment, definitions, draws, month), ranked), chosen)
        return dict(zip(chosen, tables, strict=True))


def compare_pairs(assessment: Assessment, definitions: Definitions, month: pd.Timestamp, result_id: str) -> pd.DataFrame:
    """Probability that each commune (row) is under more pressure than each other one (column), by the draws of ``simulate``.

    Communes without the service stand before all others; those without a class are left out.
    """
    draws = Draws(definitions.uncertainty, len(assessment.panel.commune_codes))
    drawn = DrawnMonth(assessment, definitions, draws, month).results_drawn()[result_id]
    codes = np.asarray(assessment.panel.commune_codes, dtype=object)[drawn.is_assessed]
    return pd.DataFrame(above_each_other(drawn), index=codes, columns=codes)


def draw_with_errors(
    assessment: Assessment, definitions: Definitions, month: pd.Timestamp
) -> tuple[dict[str, DrawnResult], dict[str, np.ndarray]]:
    """Every result of a month in the draws of ``simulate``, and the errors that they were made with, by variable."""
    draws = Draws(definitions.uncertainty, len(assessment.panel.commune_codes))
    return DrawnMonth(assessment, definitions, draws, month).results_drawn(), draws.errors_drawn()


def _rows(month: DrawnMonth, ranked: Collection[str]) -> pd.DataFrame:
    rules, codes = month.draws.rules, month.panel.commune_codes
    drawn = month.results_drawn()
    summaries: list[Columns] = [summarise(r, rules) | place(r, rules, name in ranked) for name, r in drawn.items()]
    names = (*SUMMARY, *order_columns(rules))
    return pd.DataFrame(
        {
            "commune_code": np.tile(np.asarray(codes, dtype=object), len(drawn)),
            "indicator_id": np.repeat(np.asarray(list(drawn), dtype=object), len(codes)),
            **{name: np.concatenate([s[name] for s in summaries]) for name in names},
        }
    )


class DrawnMonth:
    """Every result of one month in every draw."""

    def __init__(self, assessment: Assessment, definitions: Definitions, draws: Draws, month: pd.Timestamp) -> None:
        self.definitions, self.draws = definitions, draws
        self.panel = assessment.panel.of_month(month)
        self._figures = DrawnFigures(self.panel, definitions, draws, assessment.assumptions)
        self.of_month = slice(assessment.panel.months.index(month), None, len(assessment.panel.months))
        self.results = assessment.results
        # By how much errors push the score of each result to one side, one figure a commune.
        self._pushed: dict[str, np.ndarray] = {}

    def results_drawn(self) -> dict[str, DrawnResult]:
        """Indicators with a pressure, then the faces of each service and the service itself, then the index."""
        drawn: dict[str, DrawnResult] = {}
        scores: dict[str, np.ndarray] = {}
        classes: dict[str, np.ndarray] = {}
        for indicator in self.definitions.indicators.values():
            if indicator.has_pressure:
                drawn[indicator.id], scores[indicator.id] = self._indicator(indicator)
                classes[indicator.id] = classes_drawn(drawn[indicator.id])
        services = [s for s in self.definitions.services if self.definitions.counting(s)]
        for sector in services:
            faces = {face_id(sector.value, face): self.definitions.counting(sector, face) for face in Face}
            for name, members in (faces | {sector.value: self.definitions.counting(sector)}).items():
                if members:
                    drawn[name] = self._combined(name, members, scores, classes)
        return drawn | {COMPOSITE_ID: self._composite(services, drawn, classes)}

    def figure_of(self, indicator: Indicator) -> np.ndarray:
        """Draws of one indicator, communes × (1 + draws): a pressure, or the value that its class follows from."""
        return self._indicator(indicator)[0].figure

    def _indicator(self, indicator: Indicator) -> tuple[DrawnResult, np.ndarray]:
        """Draws of an indicator and of its score."""
        demand, capacity, at_norm = self._figures.sums(indicator)
        goalposts = indicator.goalposts or self.definitions.legend.goalposts
        by_value = goalposts.scored == "value"
        figure = divide(demand, capacity) * np.float32(indicator.scale) if by_value else divide(demand, at_norm)
        is_share, by_term = indicator.id in self.draws.rules.shares, indicator.classed_by is ClassedBy.WORST_TERM
        # The class is that of the term under most pressure where the definition says so; the figure shown is that of all of them.
        raw, middle = self._figures.worst_term(indicator) if by_term else (figure, None)
        figure = figure if is_share else recentre_ratio(figure)
        pressed = recentre_ratio(raw) if by_term else figure
        weighs = indicator.counts or indicator.goalposts is not None
        scored = score(pressed, goalposts) if weighs else pressed
        if indicator.counts:
            # What no score of a service takes in pushes none.
            middle = np.median(raw[:, 1:], axis=1) if middle is None else middle
            self._pushed[indicator.id] = push_of(score(np.column_stack([raw[:, 0], middle]), goalposts))
        uppers = np.array([c.upper for c in self.definitions.legend.classes[:-1]])
        classed, bands = (scored, score_bands(self.definitions.legend)) if indicator.goalposts else (pressed, uppers)
        # People without any service are under more pressure than any number says: before all others, in the last class.
        without = self.results[indicator.id].no_service[self.of_month][:, None]
        figure, classed = (np.where(without, np.float32(np.inf), table) for table in (figure, classed))
        never = np.zeros(figure.shape, dtype=bool)
        drawn = self._drawn(indicator.id, figure, classed, bands, never, is_ratio=True)
        return drawn, np.where(without, np.float32(MAXIMUM_SCORE), scored)

    def _mean(self, members: Sequence[Indicator], scores: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Mean of the scores that weigh in each draw, of access alone the worst (``analytics.service_results``); and by how much
        errors push it."""
        table, pushed = np.stack([scores[i.id] for i in members]), np.stack([self._pushed[i.id] for i in members])
        if all(i.face is Face.ACCESS for i in members):
            raw, before = np.fmax.reduce(table), np.fmax.reduce(pushed)
        else:
            weights = np.array([i.weight for i in members], dtype=np.float32)[:, None, None]
            raw = weighted_mean(table, weights)
            before = weighted_mean(np.where(np.isnan(table[:, :, 0]), np.nan, pushed), weights[:, :, 0])
        push = push_of(raw)
        return recentre_score(raw, push), push + np.nan_to_num(before)

    def _combined(
        self, name: str, members: Sequence[Indicator], scores: dict[str, np.ndarray], classes: dict[str, np.ndarray]
    ) -> DrawnResult:
        """A service or one of its faces: its score, and its class by the rules that class the estimate."""
        loads = [i for i in members if i.face is Face.LOAD]
        missing = [self.results[i.id].no_service[self.of_month] & i.critical & (i.face is Face.LOAD) for i in members]
        absent = np.broadcast_to(np.stack(missing)[:, :, None], (len(members), *self.draws.shape))
        base = class_of_score(self._mean(loads or members, scores)[0], self.definitions.legend)
        lifted = lift_by_indicators(base, np.stack([classes[i.id] for i in members]), absent)
        figure, self._pushed[name] = self._mean(members, scores)
        return self._classed(name, figure, lifted)

    def _composite(
        self, services: Sequence[Sector], drawn: dict[str, DrawnResult], classes: dict[str, np.ndarray]
    ) -> DrawnResult:
        weights = np.array([self.definitions.sector_weights[s] for s in services], dtype=np.float32)
        table = np.stack([drawn[s.value].figure for s in services])
        raw = power_mean(table, weights, self.definitions.composite_power)
        push = push_of(raw)
        mean = recentre_score(raw, push)
        pushed = np.stack([np.where(np.isnan(drawn[s.value].figure[:, 0]), np.nan, self._pushed[s.value]) for s in services])
        self._pushed[COMPOSITE_ID] = push + np.nan_to_num(weighted_mean(pushed, weights[:, None]))
        critical = [(at, i) for at, s in enumerate(services) for i in self.definitions.counting(s) if i.critical]
        loads = [(at, classes[i.id]) for at, i in critical if i.face is Face.LOAD]
        lifted = lift_index(
            class_of_score(mean, self.definitions.legend),
            np.stack([drawn[s.value].classed for s in services]),
            np.array([table for _, table in loads]).reshape(len(loads), *self.draws.shape),
            np.array([at for at, _ in loads], dtype=int),
            np.array([classes[i.id] for _, i in critical if i.face is Face.ACCESS]).reshape(-1, *self.draws.shape),
        )
        return self._classed(COMPOSITE_ID, mean, lifted)

    def _classed(self, result_id: str, figure: np.ndarray, classes: np.ndarray) -> DrawnResult:
        """A result whose class in each draw is given."""
        never = np.zeros(figure.shape, dtype=bool)
        drawn = self._drawn(result_id, self._where_assessed(result_id, figure), classes, CLASS_BANDS, never)
        return replace(drawn, pushed=self._pushed[result_id])

    def _drawn(
        self, result_id: str, figure: np.ndarray, classed: np.ndarray, uppers: np.ndarray, lifted: np.ndarray,
        *, is_ratio: bool = False,
    ) -> DrawnResult:  # fmt: skip
        status = self.results[result_id].status[self.of_month]
        return DrawnResult(figure, classed, uppers, lifted, is_ratio, status, self._assessed(result_id))

    def _assessed(self, result_id: str) -> np.ndarray:
        return ~np.isnan(self.results[result_id].score[self.of_month])

    def _where_assessed(self, result_id: str, table: np.ndarray) -> np.ndarray:
        return np.where(self._assessed(result_id)[:, None], table, np.float32(np.nan))
