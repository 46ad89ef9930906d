"""Support against need in one month, worked out once a snapshot, month and set of assumptions."""

from __future__ import annotations

import pandas as pd

from analytics.assumptions import FigureKinds
from analytics.model import Provenance
from analytics.resource_gap import build_gap_table
from analytics.support import balance, count_once, read_needs, weigh
from analytics.support_units import unit_values
from data.loaders.today import load_today
from pages.figures.figures import Figures


def read_actions(figures: Figures) -> pd.DataFrame:
    """The actions that the reader's lens shows, each once (``analytics.support.count_once``)."""
    support = figures.records.support

    def build() -> pd.DataFrame:
        actions = support.actions
        if figures.assumptions.figures is FigureKinds.REAL:
            actions = actions[actions["provenance"] != Provenance.DEMONSTRATION.value]
        return count_once(actions)

    return _keep(figures, ("actions",), build)


def read_weighed(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """The same with ``need_units`` of the month (``analytics.support.weigh``)."""

    def worth() -> pd.DataFrame:
        units = figures.definition_set.support["units"] or load_today(figures.province).support["units"]
        means = figures.definition_set.means
        return unit_values(figures.assessment, figures.definitions, means, units, month, figures.assumptions)

    return _keep(
        figures, ("weighed", str(month)), lambda: weigh(read_actions(figures), figures.keep("support worth", month, worth))
    )


def read_balance(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """Support against need by commune and need (``analytics.support.balance``): of the observed figures of a month."""

    def needs() -> pd.DataFrame:
        means = figures.definition_set.means
        rows = build_gap_table(figures.assessment, figures.definitions, means, month, assumptions=figures.assumptions)
        return read_needs(rows)

    return _keep(
        figures,
        ("balance", str(month)),
        lambda: balance(figures.keep("support needs", month, needs), read_weighed(figures, month)),
    )


def _keep(figures: Figures, name: tuple[str, ...], build) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    kept = figures.records.support.kept
    if name not in kept:
        kept[name] = build()
    return kept[name]
