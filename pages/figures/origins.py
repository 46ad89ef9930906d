"""Where the figures of a snapshot come from: files, cells, digests, demonstration; read from the store when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

import duckdb
import pandas as pd

from analytics.assumptions import FigureKinds
from analytics.disclosure import protect_observations
from analytics.last_asked import LastAsked
from analytics.panel import Panel
from data import queries
from data.ingest import SENT, count_demonstration
from data.loaders.definition_set import DefinitionSet
from data.people.roles import Right
from data.people.viewer import Viewer
from data.queries import Territory
from pages.figures.cache import ComputedTables

# So many choices of a month and of communes: a screen has two or three, a tour of all communes 89.
_PLACES_KEPT = 64


class Origin(NamedTuple):
    """Where some figures of a variable come from: their kind, source and file, and a day that they are of."""

    provenance: str
    source: str
    file_name: str
    reference_date: pd.Timestamp


@dataclass(frozen=True, eq=False)
class Origins:
    """Where the figures that one viewer may see come from; files and cells are named to the roles that are told of them only."""

    connection: duckdb.DuckDBPyConnection
    territory: Territory
    kinds: FigureKinds
    viewer: Viewer
    panel: Panel
    definitions: DefinitionSet
    cache: ComputedTables

    def trace(self, commune_code: str, variables: list[str]) -> pd.DataFrame:
        """Observations behind a figure, with file and cell; small counts withheld. No row for a role that is not told of files."""
        told = variables if self.viewer.may(Right.CELLS) else []
        observed = queries.read_trace(self.connection.cursor(), self.territory, commune_code, told, kinds=self.kinds)
        if observed.empty:
            return observed
        return protect_observations(observed, commune_code, self.panel, self.definitions.disclosure)

    @property
    def freshness(self) -> pd.DataFrame:
        """Figures, demonstration share and latest real date by sheet; read once for all snapshots with the same figures."""
        read = lambda: queries.read_freshness(self.connection.cursor(), self.territory)  # noqa: E731
        return self.cache.table("freshness", self.panel.months[-1], read)

    @property
    def holds_demonstration(self) -> bool:
        """Whether the snapshot holds demonstration figures, looked at or not."""
        return bool(self.freshness["demonstration_count"].sum())

    def count_demonstration(self) -> int:
        """How many figures and records of demonstration the store holds, for whoever may remove them; 0 for everybody else."""
        return self._demonstration if self.viewer.may(Right.DROP) else 0

    @cached_property
    def _demonstration(self) -> int:
        return count_demonstration(self.connection.cursor())

    def uploads(self) -> pd.DataFrame:
        """Files that the figures come from; those that were sent in are named to the roles that are told of files."""
        files = self._uploads
        return files if self.viewer.may(Right.CELLS) else files[~files["kind"].isin(SENT)]

    @cached_property
    def _uploads(self) -> pd.DataFrame:
        return queries.read_uploads(self.connection.cursor(), self.territory)

    def month_figures(self, month: pd.Timestamp) -> dict[str, str]:
        """A digest of each commune's own figures of a month (``data.queries.read_month_figures``)."""
        if month not in self._month_figures:
            self._month_figures[month] = queries.read_month_figures(self.connection.cursor(), self.territory, month.date())
        return self._month_figures[month]

    @cached_property
    def _month_figures(self) -> dict[pd.Timestamp, dict[str, str]]:
        return {}

    def sources(self, month: pd.Timestamp) -> pd.DataFrame:
        """Where a month's figures come from (``data.queries.read_sources``), by commune code; no name of a file for a role that
        is not told of them."""
        return self._told(self._sources(month))

    def _sources(self, month: pd.Timestamp) -> pd.DataFrame:
        return self.cache.table("sources", month, lambda: self._read_sources(month))

    def _read_sources(self, month: pd.Timestamp) -> pd.DataFrame:
        found = queries.read_sources(self.connection.cursor(), self.territory, month, kinds=self.kinds)
        return pd.concat([found, self._sources_not_monthly], ignore_index=True).set_index("commune_code")

    def sources_of_all(self, month: pd.Timestamp) -> pd.DataFrame:
        """The same of all communes together: the latest date of each variable, kind, source and file."""
        read = lambda: self._read_sources_of_all((month,))[month]  # noqa: E731
        return self._told(self.cache.table("sources of all", month, read))

    def read_sources_ahead(self, months: Sequence[pd.Timestamp]) -> None:
        """Read those of some months at once: 24 of a province take the time of five that are read one by one."""
        if new := [month for month in months if not self.cache.has_table("sources of all", month)]:
            read = self._read_sources_of_all(new)
            for month in new:
                self.cache.table("sources of all", month, partial(read.__getitem__, month))

    def _read_sources_of_all(self, months: Sequence[pd.Timestamp]) -> dict[pd.Timestamp, pd.DataFrame]:
        found = queries.read_sources_together(self.connection.cursor(), self.territory, months, kinds=self.kinds)
        monthly = {pd.Timestamp(day): rows for day, rows in found.groupby("reference_date", sort=False)}
        return {
            month: pd.concat([monthly.get(month, found[:0]), self._sources_of_all_not_monthly], ignore_index=True)
            for month in months
        }

    def sources_of(self, month: pd.Timestamp, codes: frozenset[str] | None = None) -> dict[str, list[Origin]]:
        """Where the figures of each variable come from, of some communes (of all unless ``codes`` are given); those asked for last
        are kept, for a screen cites the same communes under each of its cards and pictures."""
        return self._asked.get((month, codes), lambda: self._sources_of(month, codes))

    def _sources_of(self, month: pd.Timestamp, codes: frozenset[str] | None) -> dict[str, list[Origin]]:
        rows = self.sources_of_all(month) if codes is None else self.sources(month)
        rows = rows if codes is None else rows[rows.index.isin(codes)]
        found: dict[str, list[Origin]] = {}
        columns = (rows[name] for name in ("variable", *Origin._fields))
        # Of many communes nearly all rows are the same.
        for variable, *origin in dict.fromkeys(zip(*columns, strict=True)):
            found.setdefault(variable, []).append(Origin(*origin))
        return found

    @cached_property
    def _asked(self) -> LastAsked[dict[str, list[Origin]]]:
        return LastAsked(_PLACES_KEPT)

    def _told(self, found: pd.DataFrame) -> pd.DataFrame:
        return found if self.viewer.may(Right.CELLS) else found.assign(file_name="")

    @cached_property
    def _sources_not_monthly(self) -> pd.DataFrame:
        """Read once for all months."""
        return queries.read_sources_not_monthly(self.connection.cursor(), self.territory, kinds=self.kinds)

    @cached_property
    def _sources_of_all_not_monthly(self) -> pd.DataFrame:
        names = ["variable", "provenance", "source", "file_name"]
        return self._sources_not_monthly.groupby(names, as_index=False, sort=False, dropna=False)["reference_date"].max()
