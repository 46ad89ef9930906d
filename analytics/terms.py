"""The terms of an indicator side by side: the school cycle under most pressure, and those that a commune does not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.ratios import EvaluatedTerm, Ratio, divide
from analytics.result import Result


@dataclass(frozen=True, slots=True)
class WorstTerm:
    """The term that gives an indicator its class, over the rows of a panel.

    ``name`` its label ("" where no term has demand); ``pressure`` the highest pressure among the terms with demand and capacity, NaN
    where there is none; ``is_absent`` where a term has demand and no capacity at all, worse than any pressure; ``absent_names`` the
    labels of the terms with neither: a commune without a lycée whose pupils go elsewhere. The fields ending in ``_without`` leave
    displaced persons out.
    """

    name: np.ndarray
    pressure: np.ndarray
    pressure_without: np.ndarray
    is_absent: np.ndarray
    is_absent_without: np.ndarray
    absent_names: np.ndarray


def read_worst_term(ratio: Ratio) -> WorstTerm:
    """The term of a ratio under most pressure; of equals, the first."""
    terms = list(ratio.terms.values())
    pressures = np.array([_served(t, t.demand) for t in terms])
    absent = np.array([_absent(t, t.demand) for t in terms])
    weigh = np.where(absent, np.inf, np.nan_to_num(pressures, nan=-1.0))
    labels = np.array(list(ratio.terms), dtype=object)
    return WorstTerm(
        name=np.where(weigh.max(axis=0) >= 0, labels[weigh.argmax(axis=0)], ""),
        pressure=np.fmax.reduce(pressures),
        pressure_without=np.fmax.reduce([_served(t, t.demand_without) for t in terms]),
        is_absent=np.any(absent, axis=0),
        is_absent_without=np.any([_absent(t, t.demand_without) for t in terms], axis=0),
        absent_names=_join({label: (t.demand == 0) & (t.at_norm == 0) for label, t in ratio.terms.items()}),
    )


def _served(term: EvaluatedTerm, demand: np.ndarray) -> np.ndarray:
    """Pressure where anyone asks for the service; a cycle without pupils presses on nothing."""
    return np.where(term.demand > 0, divide(demand, term.at_norm), np.nan)


def _absent(term: EvaluatedTerm, demand: np.ndarray) -> np.ndarray:
    return (term.at_norm == 0) & (demand > 0)


def _join(marked: Mapping[str, np.ndarray]) -> np.ndarray:
    """The labels that are marked in each row, in order; each combination of them is one number and is written once."""
    labels = list(marked)
    chosen = [[label for at, label in enumerate(labels) if number >> at & 1] for number in range(2 ** len(labels))]
    written = np.array([" ".join(some) for some in chosen], dtype=object)
    return np.asarray(written[sum(mark.astype(np.intp) << at for at, mark in enumerate(marked.values()))])


def write_terms(result: Result) -> np.ndarray:
    """The pressure of each term as ``label=pressure``, separated by spaces; empty for an indicator of one term."""
    rows = len(result.status)
    if not result.terms:
        return np.full(rows, "", dtype=object)
    listed = {label: values.tolist() for label, values in result.terms.items()}
    written = (
        " ".join(f"{label}={values[row]!r}" for label, values in listed.items() if values[row] == values[row])
        for row in range(rows)
    )
    return np.array(list(written), dtype=object)


def read_terms(written: str) -> dict[str, float]:
    """The pressures that ``write_terms`` wrote, by label."""
    return {label: float(pressure) for label, _, pressure in (part.partition("=") for part in written.split())}
