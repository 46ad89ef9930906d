"""Unit costs with the edits of this session."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.resources import Means
from pages.figures.figures import Figures

_EDITED = "_means_costs"


def current_costs() -> dict[str, tuple[float, float, float]]:
    """Low, central and high cost in MAD of what was edited in this session, by id."""
    return dict(st.session_state.get(_EDITED, {}))


def current_means(figures: Figures) -> Means:
    """Needs and resources of a snapshot with the costs of this session."""
    return with_edits(figures, current_costs())


def with_edits(figures: Figures, edited: Mapping[str, tuple[float, float, float]]) -> Means:
    """Needs and resources of a snapshot with other unit costs; a cost that it does not know stays out."""
    means = figures.definition_set.means
    return means.with_costs({name: bounds for name, bounds in edited.items() if name in means.costs})
