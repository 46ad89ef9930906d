"""What one unit of capacity does, where that depends on the commune and on norms: how many requests a clerk handles by their mix,
how many classes a room serves in turn (method note 1.1 and 1.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from analytics.model import PROVENANCE_ORDER, STATUS_ORDER, Provenance, Status
from analytics.norms import Norm
from analytics.panel import Column, Panel, combine
from analytics.ratios import NormValues, divide

PACE, TURNS = "registry_pace", "room_turns"
# Arithmetic on norms and on shares: no error of measurement is drawn for them.
FACTORS = frozenset((PACE, TURNS))
ACTS, EXTRACTS, REQUESTS = "registry_full_acts", "registry_extracts", "registry_requests"
_PACE_NORMS = ("acts_per_agent_day", "extracts_per_agent_day", "full_acts_share")
# Two shifts at most: a third is no capacity.
MOST_TURNS = 2.0


def add_capacity_factors(panel: Panel, norms: Mapping[str, Norm], norm: NormValues) -> Panel:
    """Add ``registry_pace`` and ``room_turns``; definitions from before they were known have neither."""
    extra: dict[str, Column] = {}
    if _knows(norms, _PACE_NORMS):
        extra[PACE] = registry_pace(panel, norm)
    if _knows(norms, ("double_shift_counted",)):
        extra[TURNS] = room_turns(panel, norm)
    return panel.with_columns(extra)


def complete_requests(panel: Panel) -> Panel:
    """The total of the requests where acts and extracts alone were sent."""
    total, parts = panel[REQUESTS], [panel[ACTS], panel[EXTRACTS]]
    added = combine(parts[0].value + parts[1].value, parts)
    use = np.isnan(total.value) & ~np.isnan(added.value)
    fields = {name: np.where(use, getattr(added, name), getattr(total, name)) for name in Column.__slots__}
    return panel.with_columns({REQUESTS: Column(**fields)}) if use.any() else panel


def registry_pace(panel: Panel, norm: NormValues) -> Column:
    """Requests that one clerk handles in a day, by the commune's own mix of full acts and extracts: 1 ÷ (a ÷ acts + (1 − a) ÷
    extracts), a the share of acts. Where a commune does not tell them apart, the share is that of the norm, an estimate."""
    acts, extracts = panel[ACTS].value, panel[EXTRACTS].value
    told = divide(acts, acts + extracts)
    share = np.where(np.isnan(told), norm("full_acts_share"), told)
    pace = 1 / (share / norm("acts_per_agent_day") + (1 - share) / norm("extracts_per_agent_day"))
    return _factor(pace, np.isnan(told))


def room_turns(panel: Panel, norm: NormValues) -> Column:
    """Classes that a room serves in turn: 1, and as much more as the share of schools in double shift, where the profile of norms
    counts a second shift as capacity. A commune that says nothing of shifts is not taken to have any."""
    share = divide(panel["schools_double_shift"].value, panel["schools_open"].value)
    turns = 1 + norm("double_shift_counted") * np.nan_to_num(share)
    return _factor(np.minimum(turns, MOST_TURNS), np.zeros(panel.rows, dtype=bool))


def _factor(value: np.ndarray, assumed: np.ndarray) -> Column:
    """A column as firm as can be: what it multiplies says how firm the result is, an assumed share that it is an estimate."""
    estimate = PROVENANCE_ORDER.index(Provenance.ESTIMATE)
    return Column(
        value,
        np.full(len(value), STATUS_ORDER.index(Status.REPORTED), dtype=np.int8),
        np.where(assumed, estimate, 0).astype(np.int8),
        np.zeros(len(value), dtype=np.int8),
        np.zeros(len(value)),
    )


def _knows(norms: Mapping[str, Norm], names: Collection[str]) -> bool:
    return all(name in norms for name in names)
