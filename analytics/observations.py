"""Long observations as arrays of ranks: what a panel is laid out from, a hundred times smaller than the texts that they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, STATUS_ORDER, Provenance


@dataclass(frozen=True, slots=True)
class Observations:
    """One position an observation, the same in every array; of two of one commune, day and variable the later one holds.

    ``commune`` is a rank in the territory, ``variable`` one in ``names``, ``status``, ``provenance`` and ``reliability`` are ranks
    in the vocabulary of ``model``; -1 where a text is none of them. ``value`` is NaN where there is none.
    """

    names: tuple[str, ...]
    commune: np.ndarray
    variable: np.ndarray
    day: np.ndarray
    value: np.ndarray
    status: np.ndarray
    provenance: np.ndarray
    reliability: np.ndarray

    def without(self, provenance: Provenance) -> Observations:
        """Those of any other kind."""
        kept = self.provenance != PROVENANCE_ORDER.index(provenance)
        arrays = {f.name: getattr(self, f.name)[kept] for f in fields(self) if f.name != "names"}
        return Observations(self.names, **arrays)

    def of_variable(self, name: str, commune_codes: Sequence[str]) -> pd.DataFrame:
        """What holds of one variable: ``commune_code, reference_date, variable, value``."""
        rows = np.flatnonzero(self.variable == self.names.index(name)) if name in self.names else np.array([], dtype=int)
        frame = pd.DataFrame(
            {
                "commune_code": np.asarray(commune_codes, dtype=object)[self.commune[rows]],
                "reference_date": pd.DatetimeIndex(self.day[rows]),
                "variable": name,
                "value": self.value[rows],
            }
        )
        return frame.drop_duplicates(["commune_code", "reference_date"], keep="last")

    def in_force(self) -> np.ndarray:
        """Positions of those that hold: of each commune, variable and day the later one. Nothing is sorted."""
        day, days = pd.factorize(self.day)
        shape = (int(self.commune.max(initial=-1)) + 1, len(self.names), len(days))
        place = np.full(shape, -1, dtype=np.int64)
        # Of positions that stand twice the last one is kept.
        place[self.commune, self.variable, day] = np.arange(len(self.value))
        return place[place >= 0]

    def count_by_sheet(self, sheets: Mapping[str, str]) -> pd.DataFrame:
        """Values in force by sheet (variable -> sheet), in order of sheet: ``sheet, figures_count, demonstration_count,
        latest_real_date, communes_with_real_count``; real is what is no demonstration."""
        order = sorted(set(sheets.values()))
        sheet = np.array([order.index(sheets[name]) if name in sheets else -1 for name in self.names], dtype=np.int64)
        rows = self.in_force()
        rows = rows[~np.isnan(self.value[rows]) & (sheet[self.variable[rows]] >= 0)]
        is_real = self.provenance[rows] != PROVENANCE_ORDER.index(Provenance.DEMONSTRATION)
        of_sheet, real = sheet[self.variable[rows]], rows[is_real]
        held = pd.DataFrame({"sheet": of_sheet[is_real], "day": self.day[real], "commune": self.commune[real]}).groupby(
            "sheet"
        )
        return pd.DataFrame(
            {
                "sheet": order,
                "figures_count": np.bincount(of_sheet, minlength=len(order)),
                "demonstration_count": np.bincount(of_sheet[~is_real], minlength=len(order)),
                "latest_real_date": held["day"].max().reindex(range(len(order))).to_numpy(),
                "communes_with_real_count": held["commune"].nunique().reindex(range(len(order)), fill_value=0).to_numpy(),
            }
        )

    def days_of(self, names: frozenset[str]) -> pd.DatetimeIndex:
        """Days for which any of some variables is known, oldest first."""
        chosen = np.array([name in names for name in self.names], dtype=bool)
        return pd.DatetimeIndex(np.unique(self.day[chosen[self.variable]])) if len(self.names) else pd.DatetimeIndex([])


def observe(frame: pd.DataFrame, commune_codes: Sequence[str]) -> Observations:
    """Observations from rows (``commune_code, reference_date, variable, value, status, provenance, reliability``); a commune that
    is not in the territory is left out."""
    frame = frame[frame["commune_code"].isin(commune_codes)]
    codes, names = pd.factorize(frame["variable"])
    return Observations(
        tuple(str(name) for name in names),
        pd.Index(commune_codes).get_indexer(frame["commune_code"]),
        codes,
        pd.DatetimeIndex(frame["reference_date"]).to_numpy(),
        frame["value"].to_numpy(dtype=float),
        _ranks(frame["status"], STATUS_ORDER),
        _ranks(frame["provenance"], PROVENANCE_ORDER),
        _ranks(frame["reliability"], RELIABILITY_ORDER),
    )


def _ranks(column: pd.Series, order: Sequence[str]) -> np.ndarray:
    return pd.Categorical(column.astype(object), categories=[str(v) for v in order]).codes.astype(np.int8)
