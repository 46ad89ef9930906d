"""Support against need in one month, worked out once a snapshot, month and set of assumptions."""

from __future__ import annotations

import pandas as pd

from analytics.assumptions import FigureKinds
from analytics.model import Provenance
from analytics.situation import observed_situation
from analytics.support import STOPPED, after_support, balance, count_once, find_twice, read_needs, weigh
from analytics.support_units import unit_values
from data.records.action_rules import units_of
from pages.figures.figures import Figures
from pages.figures.gap_tables import read_gap_table
from pages.figures.support_records import CERCLE, COMMUNE, DOUAR, PROVINCE


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
        units = units_of(figures.definition_set)
        means = figures.definition_set.means
        return unit_values(figures.assessment, figures.definitions, means, units, month, figures.assumptions)

    return _keep(
        figures, ("weighed", str(month)), lambda: weigh(read_actions(figures), figures.keep("support worth", month, worth))
    )


def read_gaps(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """The gap table of every commune (``analytics.resource_gap.build_gap_table``: quick answers, costs of the definitions) less what
    is funded, under way or done (``analytics.support.after_support``)."""

    return _keep(
        figures, ("gaps", str(month)), lambda: after_support(_quick_gaps(figures, month), read_balance(figures, month))
    )


def read_balance(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """Support against need by commune and need (``analytics.support.balance``): of the observed figures of a month."""
    return _keep(
        figures,
        ("balance", str(month)),
        lambda: balance(read_needs(_quick_gaps(figures, month)), read_weighed(figures, month)),
    )


def _quick_gaps(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """The gap table before support, the same in every snapshot that differs in what people wrote only."""
    observed = observed_situation(figures.assessment, month, figures.assumptions)
    return read_gap_table(figures, figures.definition_set.means, observed)


def read_twice(figures: Figures) -> pd.DataFrame:
    """Communes that several organisations help for the same need (``analytics.support.find_twice``)."""
    return _keep(figures, ("twice",), lambda: find_twice(read_actions(figures)))


def read_around(figures: Figures, month: pd.Timestamp, codes: tuple[str, ...]) -> pd.DataFrame:
    """The actions in some communes, then those of their cercles, then those of the whole province; stopped ones last of each
    (``is_stopped``)."""

    def build() -> pd.DataFrame:
        actions = _in_order(figures, month)
        mine = set(figures.communes.loc[list(codes), "cercle_code"]) - {""}
        is_wide = actions["commune_code"] == ""
        inside = actions["commune_code"].isin(codes) | (is_wide & actions["cercle_code"].isin(mine))
        inside |= actions["level"] == PROVINCE
        return actions[inside]

    return _keep(figures, ("around", str(month), *codes), build)


def _in_order(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """Every action in the order in which the places around are told of: sorted once, for each commune takes its own of them."""

    def build() -> pd.DataFrame:
        actions = read_weighed(figures, month)
        order = actions["level"].map({DOUAR: 0, COMMUNE: 0, CERCLE: 1, PROVINCE: 2})
        found = actions.assign(order=order, is_stopped=actions["action_status"] == STOPPED)
        return found.sort_values(["order", "is_stopped", "commune_code", "need_id", "action_id"], kind="stable")

    return _keep(figures, ("in order", str(month)), build)


def _keep(figures: Figures, name: tuple[str, ...], build) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    kept = figures.records.support.kept
    if name not in kept:
        kept[name] = build()
    return kept[name]
