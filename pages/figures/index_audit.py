"""The audit of the index in a month, kept with the figures: its tables, what silence leaves, what moves the order, other choices."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np
import pandas as pd

from analytics.assessment import Assessment, assess
from analytics.index_alternatives import compare_alternatives
from analytics.index_audit import IndexAudit, audit_index, silence_each
from analytics.index_audit_variance import explain_order
from pages.figures.figures import Figures

# What is known from elsewhere, measured and no part of the index; outside of every band of intensity means below the least one.
OUTSIDE = ("mmi_intensity", "shelter_proxy_persons")
SAMPLES = 128


def read_audit(figures: Figures, month: pd.Timestamp) -> IndexAudit:
    """The tables of the audit; the named communes are those of the programme."""

    @cache
    def audit() -> IndexAudit:
        panel = figures.assessment.panel.of_month(month)
        outside = {name: np.nan_to_num(panel[name].value) for name in OUTSIDE if (panel[name].status == 0).any()}
        named = figures.communes["in_programme"].reindex(list(panel.commune_codes)).fillna(False).astype(bool).to_numpy()
        return audit_index(assess(panel, figures.definitions, figures.assumptions), figures.definitions, outside, named)

    def table(name: str) -> pd.DataFrame:
        return figures.keep(f"audit {name}", month, lambda: getattr(audit(), name))

    return IndexAudit(**{field.name: table(field.name) for field in fields(IndexAudit)})


def read_silence(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """What the silence of all communes on one indicator leaves (``silence_each``)."""
    return figures.keep("audit silence", month, lambda: silence_each(_assessed(figures, month), figures.definitions))


def read_order(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """Which choice moves the order (``explain_order``)."""
    build = lambda: explain_order(_assessed(figures, month), figures.definitions, SAMPLES)  # noqa: E731
    return figures.keep("audit order", month, build)


def read_alternatives(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """The index under each alternative of the definitions (``compare_alternatives``)."""
    panel, definitions = figures.assessment.panel.of_month(month), figures.definitions
    chosen = figures.definition_set.index_alternatives
    build = lambda: compare_alternatives(panel, definitions, chosen, figures.assumptions)  # noqa: E731
    return figures.keep("audit alternatives", month, build)


def _assessed(figures: Figures, month: pd.Timestamp) -> Assessment:
    return assess(figures.assessment.panel.of_month(month), figures.definitions, figures.assumptions)
