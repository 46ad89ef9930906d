"""All definitions of one moment, from files or from the store, each kind structured when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from analytics.access_profile import AccessRule
from analytics.baseline_rules import BaselineRules
from analytics.disclosure import DisclosureRule
from analytics.displacement import DecayPreset
from analytics.index_alternatives import Alternative
from analytics.model import Definitions, Indicator, Level, Sector
from analytics.norms import Norm
from analytics.resources import Means
from analytics.scenario import Scenario
from analytics.shock import ShockModel
from analytics.triggers import TriggerRules
from data.loaders import legend as legends
from data.loaders.access import ACCESS
from data.loaders.baseline import BASELINE
from data.loaders.ceilings import CEILINGS, CeilingsFile
from data.loaders.demonstration import DEMONSTRATION
from data.loaders.digest import digest_of
from data.loaders.disclosure import DISCLOSURE, build_rules
from data.loaders.displacement_presets import PRESETS
from data.loaders.files import DefinitionFiles
from data.loaders.index_alternatives import INDEX_ALTERNATIVES
from data.loaders.indicators import INDICATORS
from data.loaders.kind import Kind
from data.loaders.means import COSTS, MEASURES
from data.loaders.norms import NORMS
from data.loaders.personal_data import PERSONAL_DATA, PersonalDataFile
from data.loaders.plan_outline import PLAN_OUTLINE, PlanOutline
from data.loaders.record_sheets import RECORD_SHEETS
from data.loaders.reliability import RELIABILITY, UNCERTAINTY
from data.loaders.scenarios import SCENARIOS, SECOND_SHOCK
from data.loaders.shock import SHOCK, build_model
from data.loaders.slips import DefinitionsError, Fault, SlipsError
from data.loaders.source_words import SOURCE_WORDS
from data.loaders.support import SUPPORT, SupportFile
from data.loaders.territory import TERRITORY, TerritoryFile
from data.loaders.triggers import TRIGGERS
from data.loaders.variables import ORDER, VARIABLES, Sheet, Variable, asked_of
from data.loaders.word_lists import TOTAL_WORDS
from data.records.layout import SheetLayout

KINDS: tuple[Kind, ...] = (
    INDICATORS, NORMS, legends.LEGEND, RELIABILITY, UNCERTAINTY, VARIABLES, MEASURES, COSTS, ACCESS, DISCLOSURE, PRESETS,
    SCENARIOS, SHOCK, TRIGGERS, PLAN_OUTLINE, SOURCE_WORDS, CEILINGS, RECORD_SHEETS, PERSONAL_DATA, TOTAL_WORDS,
    DEMONSTRATION, TERRITORY, INDEX_ALTERNATIVES, BASELINE, SUPPORT,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class DefinitionSet:
    """What computes and what prints, together; ``contents`` are the plain values of every file by name.

    Raises:
        DefinitionsError: on first use of a kind, everything that is wrong in its files.
    """

    contents: Mapping[str, Any]

    @cached_property
    def definitions(self) -> Definitions:
        """All indicators, norms, legend and weights; an indicator is a file of ``indicators``, nothing else."""
        legend: legends.LegendFile = self._one(legends.LEGEND)
        of_sector = {sector: [i for i in self._indicators if i.sector is sector] for sector in Sector}
        ordered = [i for sector in Sector for i in of_sector[sector]]
        sectors = legend["sectors"]
        return Definitions(
            indicators={i.id: i for i in ordered if i.enabled and i.level is Level.COMMUNE},
            norms=self._norms,
            legend=legends.build_legend(legend, self.baseline),
            sector_weights={s: entry["weight"] for s, entry in sectors.items() if "weight" in entry},
            headlines={s: entry["headline"] for s, entry in sectors.items() if "headline" in entry},
            sector_labels={s: entry["labels"] for s, entry in sectors.items()},
            composite_labels=legend["composite"]["labels"],
            method_version=legend["method_version"],
            face_labels=legends.build_face_labels(legend),
            extensions={i.id: i for i in ordered if not i.enabled},
            province_indicators={i.id: i for i in ordered if i.enabled and i.level is Level.PROVINCE},
            reliability=self._one(RELIABILITY),
            uncertainty=self._one(UNCERTAINTY),
            composite_power=legend["composite"]["power"],
            baseline=self.baseline,
        )

    @cached_property
    def baseline(self) -> BaselineRules | None:
        """The starting point of communes; None in sets kept from before there was one."""
        return self._one(BASELINE) if BASELINE.files in self.contents else None

    @cached_property
    def digest(self) -> str:
        """Digest of the content of every file."""
        return digest_of(self.contents)

    @property
    def method_version(self) -> str:
        """Version of the method, raised whenever an answer or a definition moves."""
        return self.definitions.method_version

    @cached_property
    def means(self) -> Means:
        """Every need, resource and cost, in the order of their files."""
        return Means(**self._one(MEASURES), costs=self._one(COSTS))

    @cached_property
    def plan_outline(self) -> PlanOutline:
        """The outline of a contingency plan."""
        outline: PlanOutline = self._one(PLAN_OUTLINE)
        return outline

    @cached_property
    def support(self) -> SupportFile:
        """Units of supports; none in sets kept from before there were any."""
        if SUPPORT.files not in self.contents:
            return {"units": {}}
        file: SupportFile = self._one(SUPPORT)
        return file

    @cached_property
    def library(self) -> dict[str, Scenario]:
        """The scenarios that ship, by id, in the order of their files; one that says ``shock: second_shock`` strikes where the
        territory says."""
        placed = (self._place(name, scenario) for name, scenario in self._all(SCENARIOS).items())
        return {scenario.id: scenario for scenario in placed}

    def _place(self, name: str, scenario: Scenario) -> Scenario:
        is_placed_by_territory = self.contents[name].get("shock") == SECOND_SHOCK
        return replace(scenario, shock=self.territory.second_shock) if is_placed_by_territory else scenario

    @cached_property
    def shock_model(self) -> ShockModel:
        """Equation, fragility, reference event and limits of a second shock."""
        return build_model(self._one(SHOCK), self.territory)

    @cached_property
    def territory(self) -> TerritoryFile:
        """What the territory's own file says."""
        file: TerritoryFile = self._one(TERRITORY)
        return file

    @cached_property
    def triggers(self) -> TriggerRules:
        """Levels, thresholds, actions and the deactivation."""
        rules: TriggerRules = self._one(TRIGGERS)
        return rules

    @cached_property
    def index_alternatives(self) -> dict[str, Alternative]:
        """Other choices of norms, weights and rule that are shown beside those in force, by id."""
        found: dict[str, Alternative] = self._one(INDEX_ALTERNATIVES) if INDEX_ALTERNATIVES.files in self.contents else {}
        return found

    @cached_property
    def access(self) -> dict[Sector, AccessRule]:
        """How access to each service is measured."""
        rules: dict[Sector, AccessRule] = self._one(ACCESS)
        return rules

    @cached_property
    def presets(self) -> dict[str, DecayPreset]:
        """Decay presets of a displaced stock by id, from the fastest return to the slowest."""
        presets: dict[str, DecayPreset] = self._one(PRESETS)
        return presets

    @cached_property
    def disclosure(self) -> dict[str, DisclosureRule]:
        """Which counts are withheld and how the others are rounded, by variable or flow."""
        return build_rules(self._one(DISCLOSURE), self.variables)

    @cached_property
    def enabled_sectors(self) -> frozenset[str]:
        """Sectors with an indicator that is switched on."""
        return frozenset(i.sector.value for i in self._indicators if i.enabled)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The monthly sheets in workbook order, then the census. The sheet of the extension sectors holds what the sectors that
        are switched on need; it is not there when none is."""
        found = self._all(VARIABLES)
        sheets = (asked_of(found[f"variables/{name}"], self.enabled_sectors) for name in ORDER)
        return tuple(sheet for sheet in sheets if sheet.variables)

    @cached_property
    def variables(self) -> dict[str, Variable]:
        """All variables by id, in catalogue order."""
        return {v.id: v for sheet in self.sheets for v in sheet.variables}

    @cached_property
    def source_words(self) -> dict[str, dict[str, str]]:
        """Titles, publishers and dates that are our own words, in the two other languages."""
        words: dict[str, dict[str, str]] = self._one(SOURCE_WORDS)
        return words

    @cached_property
    def ceilings(self) -> CeilingsFile:
        """How many people a commune can report beside its census."""
        file: CeilingsFile = self._one(CEILINGS)
        return file

    @cached_property
    def record_sheets(self) -> dict[str, SheetLayout]:
        """Layouts of the sheets whose rows are no figures of one commune and month, by id."""
        return {name.rpartition("/")[2]: layout for name, layout in self._all(RECORD_SHEETS).items()}

    @cached_property
    def personal_data(self) -> PersonalDataFile:
        """What makes a heading, a cell or a sentence personal."""
        file: PersonalDataFile = self._one(PERSONAL_DATA)
        return file

    @cached_property
    def total_words(self) -> tuple[str, ...]:
        """What a row of a total bears where a commune should stand."""
        words: tuple[str, ...] = self._one(TOTAL_WORDS)
        return words

    @cached_property
    def demonstration(self) -> dict[str, Any]:
        """Parameters of the demonstration figures."""
        parameters: dict[str, Any] = self._one(DEMONSTRATION)
        return parameters

    @cached_property
    def is_readable(self) -> bool:
        """Whether all that computes and prints can be made of them: a set that was kept may be older than the application."""
        try:
            _ = (self.definitions, self.means, self.plan_outline, self.library, self.shock_model, self.triggers, self.access)
            _ = (self.presets, self.disclosure, self.record_sheets, self.source_words)
        except DefinitionsError:
            return False
        return True

    @cached_property
    def _indicators(self) -> tuple[Indicator, ...]:
        return tuple(self._all(INDICATORS).values())

    @cached_property
    def _norms(self) -> dict[str, Norm]:
        return {key: norm for norms in self._all(NORMS).values() for key, norm in norms.items()}

    def _one(self, kind: Kind) -> Any:
        return self._read(kind, kind.files)

    def _all(self, kind: Kind) -> dict[str, Any]:
        """Every file of a kind by name."""
        return {name: self._read(kind, name) for name in self.contents if kind.is_in(name)}

    def _read(self, kind: Kind, name: str) -> Any:
        try:
            return kind.build(kind.read(self.contents[name]))
        except SlipsError as error:
            raise DefinitionsError(locate(self.contents, name, s) for s in error.slips) from error
        except KeyError as error:
            raise DefinitionsError([lost(self.contents, name)]) from error


def locate(contents: Mapping[str, Any], name: str, slip: Any) -> Fault:
    """A slip with its line where the contents are files; what the store kept has none."""
    return contents.locate(name, slip) if isinstance(contents, DefinitionFiles) else Fault(name, 0, slip)


def lost(contents: Mapping[str, Any], name: str) -> Fault:
    """The fault of a file that is not there."""
    return (contents if isinstance(contents, DefinitionFiles) else DefinitionFiles()).lost(name)
