"""Corrections of published figures, in words: which figure, what it was and became, why, by which role, when, whether it holds."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.disclosure import is_small, round_count
from analytics.model import Provenance
from data.records.figure_corrections import CorrectionState, FigureCorrection
from pages.words.view import View

COLUMNS = ("when", "who", "commune", "month", "figure", "before", "after", "reason", "state")


def list_corrections(view: View) -> list[dict[str, str]]:
    """One row a correction of the chosen territory, the newest first."""
    return [_row(view, one) for one in view.figures.records.corrections if one.commune_code in set(view.codes)]


def build_corrections_table(view: View) -> pd.DataFrame:
    """The list as a table in the reader's words."""
    rows = pd.DataFrame(list_corrections(view), columns=list(COLUMNS))
    return rows.rename(columns={name: view.t(f"corrections.{name}") for name in COLUMNS})


def in_force(view: View) -> dict[str, FigureCorrection]:
    """The corrections of the chosen territory that hold, by upload."""
    codes = set(view.codes)
    return {
        one.upload_id: one
        for one in view.figures.records.corrections
        if one.state is CorrectionState.IN_FORCE and one.commune_code in codes
    }


def describe(view: View, one: FigureCorrection) -> str:
    """A correction in one line."""
    row = _row(view, one)
    return view.t("sign.between").join((row["commune"], row["month"], row["figure"]))


def list_reported(view: View, commune: str) -> pd.DataFrame:
    """What a commune itself reported for the chosen month, as it may be shown: ``variable, value, status``, in the order of the
    variables; nothing simulated."""
    monthly = [name for name, variable in view.variables.items() if variable.monthly]
    trace = view.figures.origins.trace(commune, monthly)
    if trace.empty:
        return trace
    own = trace[(trace["reference_date"] == view.chosen.month) & (trace["provenance"] != Provenance.DEMONSTRATION.value)]
    return own.set_index("variable").reindex([name for name in monthly if name in set(own["variable"])])


def write_reported(view: View, row: pd.Series) -> str:
    """A reported figure, or why none is shown."""
    return view.t.number(row["value"]) if pd.notna(row["value"]) else view.t(f"observation.{row['status']}")


def _row(view: View, one: FigureCorrection) -> dict[str, str]:
    t = view.t
    return {
        "when": t.moment(one.noted_at),
        "who": t(f"role.{one.role}"),
        "commune": view.name(one.commune_code),
        "month": t.month(one.reference_date),
        "figure": t.label(view.variables[one.variable].labels) if one.variable in view.variables else one.variable,
        "before": _write(view, one, one.before),
        "after": t("corrections.is_withdrawn") if one.is_withdrawn else _write(view, one, one.value),
        "reason": one.reason,
        "state": t(f"corrections.state_{one.state}"),
    }


def _write(view: View, one: FigureCorrection, value: float | None) -> str:
    """A figure as it may be shown: small counts are not, the others rounded as everywhere else; shares of a count not at all, nor what
    is withheld because a small count follows from it."""
    t, rule = view.t, view.figures.definition_set.disclosure.get(one.variable)
    if value is None:
        return t("observation.missing")
    if rule is None:
        return t.number(value)
    if rule.share_of or _protects(view, one):
        return t("observation.suppressed")
    if is_small(np.array([value]), rule)[0]:
        return t("disclosure.under", threshold=rule.threshold)
    return t.number(float(round_count(np.array([value]), rule)[0]))


def _protects(view: View, one: FigureCorrection) -> bool:
    """Whether the figure is withheld today beside another one that is small."""
    figures, month = view.figures, pd.Timestamp(one.reference_date)
    if month not in figures.months or one.variable not in figures.assessment.panel.columns:
        return False
    withheld, shown = (read(one.variable, month)[one.commune_code] for read in (figures.withheld, figures.column))
    return bool(withheld) and pd.isna(shown)
