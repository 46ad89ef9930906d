"""Unit costs with the edits of this session."""

from __future__ import annotations

import streamlit as st

from analytics.resources import Means
from data.loaders.today import load_means

_EDITED = "_means_costs"


def current_means() -> Means:
    """Needs and resources with the costs of this session."""
    return load_means().with_costs(st.session_state.get(_EDITED, {}))
