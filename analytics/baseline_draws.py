"""How sure the baseline is: the people whom the census withholds may be anywhere, and nothing else is drawn.

The HCP withholds distances, dwellings and the booklet of douars under 30 households. Their mean score is drawn anywhere from 0 to 100,
for each commune and theme: what is withheld of one douar is withheld of it altogether, so that the parts of one theme err together.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np
import pandas as pd

from analytics.baseline import ScoredPart, assess_baseline, score_parts, theme_means
from analytics.baseline_rules import BASELINE_ID, BaselineFace, BaselineRules, baseline_face_id
from analytics.composite import power_mean
from analytics.drawing_rules import UncertaintyRules
from analytics.drawn_results import CENTRE, CLASS_COLUMNS, DrawnResult, above_each_other, order_columns, place, summarise
from analytics.draws import recentre_score
from analytics.panel import Panel
from analytics.pressure import MAXIMUM_SCORE
from analytics.result import Result


def draw_baseline(
    panel: Panel, results: Mapping[str, Result], rules: BaselineRules, drawing: UncertaintyRules
) -> dict[str, DrawnResult]:
    """The baseline and its faces in every draw, by result id.

    Args:
        panel: one month.
        results: those of the baseline over the rows of that panel.
    """
    parts = score_parts(panel, rules)
    drawn = {face: _face([p for p in parts if p.part.face is face], panel.rows, drawing) for face in BaselineFace}
    known = {face: table for face, table in drawn.items() if table is not None}
    whole = power_mean(np.stack(list(known.values())), np.ones(len(known)), rules.power)
    tables = {BASELINE_ID: whole} | {baseline_face_id(face): table for face, table in known.items()}
    return {name: _drawn_result(results[name], table, rules) for name, table in tables.items()}


def describe_baseline(drawn: Mapping[str, DrawnResult], panel: Panel, drawing: UncertaintyRules) -> pd.DataFrame:
    """Interval, classes and place of each commune, in the columns of ``analytics.uncertainty.simulate``."""
    names = (*CENTRE, "probability_high", *CLASS_COLUMNS, *order_columns(drawing))
    codes = np.asarray(panel.commune_codes, dtype=object)
    tables = []
    for name, result in drawn.items():
        columns = summarise(result, drawing) | place(result, drawing)
        tables.append(pd.DataFrame({"commune_code": codes, "indicator_id": name, **{n: columns[n] for n in names}}))
    return pd.concat(tables, ignore_index=True)


def _face(parts: list[ScoredPart], rows: int, drawing: UncertaintyRules) -> np.ndarray | None:
    """Scores of a face, communes × (1 + draws), the first column those of the people of whom something is known."""
    if not parts:
        return None
    withheld = {theme: _anywhere(theme, rows, drawing) for theme in {p.part.theme for p in parts}}
    scores = [np.where(p.applies[:, None], _drawn(p, withheld[p.part.theme]), np.nan) for p in parts]
    return recentre_score(theme_means(parts, scores))


def _drawn(part: ScoredPart, withheld: np.ndarray) -> np.ndarray:
    known, share = part.score[:, None], part.known_share[:, None]
    table = known * share + withheld * (1 - share)
    table[:, :1] = known
    return table


def _anywhere(theme: str, rows: int, drawing: UncertaintyRules) -> np.ndarray:
    generator = np.random.Generator(np.random.SFC64([drawing.seed, crc32(f"baseline {theme}".encode())]))
    return generator.uniform(0, MAXIMUM_SCORE, (rows, 1 + drawing.draws))


def _drawn_result(result: Result, table: np.ndarray, rules: BaselineRules) -> DrawnResult:
    assessed = ~np.isnan(result.score)
    figure = np.where(assessed[:, None], table, np.nan).astype(np.float32)
    never = np.zeros(figure.shape, dtype=bool)
    return DrawnResult(figure, figure, np.asarray(rules.uppers), never, False, result.status, assessed)


def simulate_baseline(panel: Panel, rules: BaselineRules, drawing: UncertaintyRules) -> pd.DataFrame:
    """Interval, classes and place of each commune in one month (``describe_baseline``)."""
    return describe_baseline(draw_baseline(panel, assess_baseline(panel, rules), rules, drawing), panel, drawing)


def compare_baseline(panel: Panel, result_id: str, rules: BaselineRules, drawing: UncertaintyRules) -> pd.DataFrame:
    """Probability that each commune (row) stands above each other one (column) on a result of the baseline."""
    drawn = draw_baseline(panel, assess_baseline(panel, rules), rules, drawing)[result_id]
    codes = np.asarray(panel.commune_codes, dtype=object)[drawn.is_assessed]
    return pd.DataFrame(above_each_other(drawn), index=codes, columns=codes)
