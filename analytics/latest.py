"""The latest known figure of each commune in the last month of a panel, with its age; every other month holds its own figures only."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from analytics.model import STATUS_ORDER, Status
from analytics.panel import Column, Panel

_ESTIMATED = STATUS_ORDER.index(Status.ESTIMATED)


def carry_to_last(panel: Panel, monthly: Collection[str]) -> Panel:
    """The panel whose last month has, where a commune did not report a monthly variable, the one it reported last.

    What is carried is an estimate of its month, as old as it is (``age_months``), of the kind that it was. What was never reported
    stays missing, and where a commune says that a figure is missing no older one takes its place.
    """
    shape = (len(panel.commune_codes), len(panel.months))
    if shape[1] < 2:
        return panel
    months = np.array([month.year * 12 + month.month for month in panel.months], dtype=float)
    carried = {name: _carried(panel[name], shape, months) for name in panel.columns if name in monthly}
    return panel.with_columns(carried)


def _carried(column: Column, shape: tuple[int, int], months: np.ndarray) -> Column:
    values, provenance = column.value.reshape(shape), column.provenance.reshape(shape)
    known = ~np.isnan(values)
    position = shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    # A row of the last month that somebody sent, a missing figure too, is what is known of it.
    taken = known.any(axis=1) & ~known[:, -1] & (provenance[:, -1] < 0)
    rows = np.flatnonzero(taken)
    source = rows * shape[1] + position[rows]
    target = rows * shape[1] + shape[1] - 1

    def moved(array: np.ndarray) -> np.ndarray:
        changed = array.copy()
        changed[target] = array[source]
        return changed

    status, age = moved(column.status), moved(column.age_months)
    status[target] = np.maximum(status[target], _ESTIMATED)
    age[target] += months[-1] - months[position[rows]]
    return Column(moved(column.value), status, moved(column.provenance), moved(column.reliability), age)
