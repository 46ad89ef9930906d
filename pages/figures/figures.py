"""The figures of one snapshot as screens, routes and printed pages read them, computed once per snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import duckdb
import pandas as pd

from analytics.assessment import COMPOSITE_ID, Assessment
from analytics.assumptions import Assumptions, FigureKinds, Recency
from analytics.baseline_rules import BASELINE_ID
from analytics.disclosure import is_withheld
from analytics.model import PROVENANCE_ORDER, Definitions, Sector
from analytics.projected_range import StartingRange
from analytics.projection import Projection, project, starting_range
from analytics.provenance import least_firm
from analytics.ratios import NormValues, norm_values
from analytics.scenario import Scenario, ScenarioSetting
from analytics.summary import Coverage, coverage_of, group_medians, largest_gap
from data import queries
from data.loaders.definition_set import DefinitionSet
from data.people.viewer import EVERYTHING, NOBODY, Viewer
from data.province import Province
from data.queries import Territory
from data.store import Store
from geo.boundaries import neighbours_of
from pages.figures import computed, opening
from pages.figures.cache import ComputedTables
from pages.figures.frames import ResultFrames
from pages.figures.origins import Origins
from pages.figures.records import Records
from pages.figures.setting import scenario_setting


@dataclass(frozen=True)
class Figures:
    """Everything that one viewer may see of one snapshot; immutable, shared by all people of that role and those communes.

    ``territory`` are the communes of the viewer: every query is bound to them, and no table has a row of another one.
    """

    snapshot_id: str
    territory: Territory
    assumptions: Assumptions
    communes: pd.DataFrame
    months: tuple[pd.Timestamp, ...]
    definition_set: DefinitionSet
    assessment: Assessment
    connection: duckdb.DuckDBPyConnection
    province: Province
    results: ResultFrames
    census_month: pd.Timestamp
    viewer: Viewer = EVERYTHING
    cache: ComputedTables = field(default_factory=ComputedTables, repr=False, compare=False)

    @property
    def store(self) -> Store:
        """The store of the territory, to read of: whoever writes has one of their own."""
        return Store(province=self.province, writer=NOBODY)

    @property
    def services(self) -> tuple[Sector, ...]:
        """The sectors that weigh in the index, in order."""
        return self.definitions.services

    @property
    def attribution(self) -> str:
        """What must be said wherever the boundaries are shown."""
        return self.province.layer.attribution

    def at_snapshot(self, snapshot_id: str, connection: duckdb.DuckDBPyConnection) -> Figures:
        """The same figures in another snapshot, which differs in what people wrote only: both share results and cache."""
        return replace(self, snapshot_id=snapshot_id, connection=connection)

    def read(self, query: Callable[..., pd.DataFrame], *arguments: object) -> pd.DataFrame:
        """What a query of ``data.queries`` says of figures in this snapshot: of the reader's territory, through the reader's lens."""
        return query(self.connection.cursor(), self.territory, *arguments, kinds=self.assumptions.figures)

    @property
    def definitions(self) -> Definitions:
        """Indicators, norms, legend and weights that the figures were computed with."""
        return self.definition_set.definitions

    @cached_property
    def cercles(self) -> dict[str, dict[str, str]]:
        """Name of each cercle in French and Arabic, by code, in order of code."""
        rural = self.communes[self.communes["cercle_code"] != ""].drop_duplicates("cercle_code").sort_values("cercle_code")
        return {row.cercle_code: {"fr": row.cercle_fr, "ar": row.cercle_ar} for row in rural.itertuples()}

    @cached_property
    def cercle_of(self) -> dict[str, str]:
        """Code of the cercle of each commune, empty for a town."""
        return self.communes["cercle_code"].astype(str).to_dict()

    def of_month(self, result_id: str, month: pd.Timestamp) -> pd.DataFrame:
        """Results of every commune in one month, indexed by commune code."""
        return self.results.of_month(result_id, month)

    @cached_property
    def default_month(self) -> pd.Timestamp:
        """The last month where it holds the latest known figures; otherwise the latest one in which the index is known for half as
        many communes as in its fullest month, so that one early workbook empties nobody's first map."""
        if self.assumptions.known is Recency.LATEST:
            return self.months[-1]
        return opening.first_month(self.assessment)

    @cached_property
    def default_result(self) -> str:
        """What a screen opens on: the index where it is known for enough communes to be told, the starting point where it is not."""
        known = coverage_of(self.of_month(COMPOSITE_ID, self.default_month)).share
        enough = known >= self.definitions.uncertainty.lowest_coverage or BASELINE_ID not in self.results
        return COMPOSITE_ID if enough else BASELINE_ID

    def of_commune(self, commune_code: str, month: pd.Timestamp) -> pd.DataFrame:
        """Every result of one commune in one month, indexed by result id."""
        return self.results.of_commune(commune_code, month)

    def history(self, commune_code: str, result_id: str) -> pd.DataFrame:
        """One result of one commune over all months, oldest first."""
        frame = self.results[result_id]
        return frame[frame["commune_code"] == commune_code].sort_values("reference_date")

    def column(self, variable: str, month: pd.Timestamp) -> pd.Series:
        """One observed or derived variable of a month, by commune code."""
        panel = self.assessment.panel
        position = panel.months.index(month)
        return pd.Series(panel[variable].value[position :: len(panel.months)], index=panel.commune_codes)

    def over_time(self, variable: str, commune_code: str) -> pd.Series:
        """One observed or derived variable of a commune over all months."""
        panel = self.assessment.panel
        first = panel.commune_codes.index(commune_code) * len(panel.months)
        return pd.Series(panel[variable].value[first : first + len(panel.months)], index=panel.months)

    def norm_values(self, month: pd.Timestamp) -> NormValues:
        """The norms in force in a month under the reader's profile, one value a commune."""
        panel = self.assessment.panel.of_month(month)
        return norm_values(self.definitions.norms, panel, self.assumptions.profile)

    def withheld(self, variable: str, month: pd.Timestamp) -> pd.Series:
        """Whether the count of a month is withheld, by commune code."""
        panel = self.assessment.panel.of_month(month)
        return pd.Series(is_withheld(panel[variable]), index=panel.commune_codes)

    def provenance(self, variable: str, month: pd.Timestamp, commune_code: str | None = None) -> str:
        """The kind of a variable's figure for a commune in a month, or the least firm kind among all communes; empty when
        there is none."""
        panel = self.assessment.panel
        position = panel.months.index(month)
        kinds = pd.Series(panel[variable].provenance[position :: len(panel.months)], index=panel.commune_codes)
        worst = int(kinds.max() if commune_code is None else kinds[commune_code])
        return PROVENANCE_ORDER[worst].value if worst >= 0 else ""

    def provenance_of_result(self, result_id: str, month: pd.Timestamp) -> str:
        """The least firm kind of figure among the communes' results in a month; empty when there is none."""
        return least_firm(self.of_month(result_id, month)["provenance"])

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Names of the communes by code, in each script: a list of 89 asks for each of them."""
        return {script: self.communes[script].astype(str).to_dict() for script in ("name_fr", "name_ar")}

    def of_whole(self, name: str, month: pd.Timestamp, build: Callable[[Figures], pd.DataFrame]) -> pd.DataFrame:
        """A table by commune that needs all communes to be worked out, built once from the figures of all: the viewer's rows of it."""
        return self.keep(name, month, lambda: build(self))

    def medians(self, result_id: str, figure: str) -> pd.DataFrame:
        """Medians of a result by month over all communes and each group (``analytics.summary.group_medians``)."""
        groups = self.communes["group_code"]
        return self.keep(
            f"medians {result_id} {figure}", self.months[-1], lambda: group_medians(self.results[result_id], groups, figure)
        )

    def kept_for(self, viewer: Viewer, build: Callable[[Figures, Viewer], Figures]) -> Figures:
        """These figures as a viewer sees them, made at the first call."""
        if viewer not in self._views:
            self._views[viewer] = build(self, viewer)
        return self._views[viewer]

    @cached_property
    def _views(self) -> dict[Viewer, Figures]:
        return {}

    def keep(self, name: str, month: pd.Timestamp, build: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A table of a month that takes a while to build: built at the first call, then read from the cache."""
        return self.cache.table(name, month, build)

    def intervals(self, month: pd.Timestamp) -> pd.DataFrame:
        """Interval and probability of each class of every result (``analytics.uncertainty``), by result and commune; the index and
        the services with the place of each commune in their order."""
        return self._computed("intervals", month, computed.intervals)

    def has_intervals(self, month: pd.Timestamp) -> bool:
        """Whether the intervals of a month are at hand: to draw them is not worth the wait for what merely stands beside a figure."""
        return self.cache.has_table("intervals", month)

    def ranking(self, result_id: str, month: pd.Timestamp) -> pd.DataFrame:
        """The rows of ``intervals`` of one result with the place of each commune in its order, by commune."""
        if result_id not in self.definitions.indicators:
            return self.intervals(month).loc[result_id]
        return self._computed(f"ranking {result_id}", month, computed.ranking, result_id)

    def ranked_communes(self, result_id: str, month: pd.Timestamp) -> int:
        """How many communes of the whole territory have a rank on a result."""
        return int(self.ranking(result_id, month)["rank"].notna().sum())

    def coverage(self, result_id: str, month: pd.Timestamp) -> Coverage:
        """How many of the communes concerned, in the whole territory, have a result."""
        return coverage_of(self.of_month(result_id, month))

    def pairs(self, result_id: str, month: pd.Timestamp) -> pd.DataFrame:
        """Probability that one commune is under more pressure than another (``analytics.uncertainty.compare_pairs``)."""
        return self._computed(f"pairs {result_id}", month, computed.pairs, result_id)

    def worth(self, month: pd.Timestamp) -> pd.DataFrame:
        """What each monthly figure is worth for the index (``analytics.worth``), the worthiest first."""
        return self.keep("worth", month, lambda: computed.worth(self.assessment, self.definition_set, month))

    def sensitivity(self, month: pd.Timestamp) -> pd.DataFrame:
        """What moves the ranking (``analytics.sensitivity``)."""
        return self._computed("sensitivity", month, computed.sensitivity, self.assumptions)

    def reasons(self, month: pd.Timestamp) -> pd.DataFrame:
        """The three parts of each indicator's pressure (``analytics.reasons.explain``), by commune and indicator."""
        event = pd.Timestamp(self.province.event.day)
        return self._computed("reasons", month, computed.reasons, self.assumptions, event)

    def bases(self, month: pd.Timestamp) -> pd.DataFrame:
        """Pressures counted by presence, by residence, and at the bounds of the double count (``analytics.bases``)."""
        return self._computed("bases", month, computed.bases, self.assumptions)

    def _computed(
        self, name: str, month: pd.Timestamp, compute: Callable[..., pd.DataFrame], *further: object
    ) -> pd.DataFrame:
        return self.of_whole(name, month, lambda whole: compute(whole.assessment, whole.definitions, month, *further))

    def people_above_norm(self, result_id: str, month: pd.Timestamp) -> pd.Series:
        """People above the norm by commune: an indicator's own, a sector's by its headline, the largest of the sectors for the
        composite."""
        if result_id != COMPOSITE_ID:
            return self.of_month(result_id, month)["gap_to_norm"]
        return largest_gap([self.of_month(s.value, month)["gap_to_norm"] for s in self.definitions.sector_weights])

    def neighbours(self, commune_code: str) -> tuple[str, ...]:
        """The communes that share an edge with one, of those that the viewer sees."""
        return tuple(c for c in neighbours_of(self.province.layer, commune_code) if c in self.territory)

    def facilities(self) -> pd.DataFrame:
        """What is known of the facilities of the viewer's communes (``data.queries.read_facilities``)."""
        return self.read(queries.read_facilities)

    @cached_property
    def scenario_setting(self) -> ScenarioSetting:
        """What scenarios act on besides the panel."""
        return scenario_setting(self.communes, self.months[-1], self.definition_set)

    def projection(self, scenario: Scenario) -> Projection:
        """A scenario over its horizon, computed at the first call.

        Raises:
            ScenarioError: a change that cannot be, with the nearest feasible choice in its values.
        """
        return self.cache.projection(
            scenario,
            lambda: project(self.assessment.panel, scenario, self.scenario_setting, self.assumptions, self._starting_range),
        )

    def _starting_range(self, assumptions: Assumptions) -> StartingRange:
        """How well the last month's figures are known and how that fades ahead: the same for every scenario."""
        build = lambda: starting_range(self.assessment.panel, self.definitions, assumptions)  # noqa: E731
        return self.cache.starting_range(assumptions, build)

    @cached_property
    def records(self) -> Records:
        """What people wrote besides figures, in this snapshot."""
        return Records(self.connection, self.territory, self.viewer)

    @cached_property
    def origins(self) -> Origins:
        """Where the figures come from: files, cells, demonstration."""
        seen = self.connection, self.territory, self.assumptions.figures, self.viewer
        return Origins(*seen, self.assessment.panel, self.definition_set, self.cache)

    @property
    def has_demonstration(self) -> bool:
        """Whether any figure that is looked at is a demonstration figure."""
        return self.assumptions.figures is FigureKinds.ALL and self.holds_demonstration

    @property
    def holds_demonstration(self) -> bool:
        """Whether the snapshot holds demonstration figures, looked at or not."""
        return self.origins.holds_demonstration
