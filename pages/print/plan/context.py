"""What a commune's plan rests on: figures, scenario, means and the commune's own words; each part worked out once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.bounds import CENTRAL
from analytics.model import Provenance, Sector
from analytics.projection import Projection
from analytics.resource_gap import MAIN
from analytics.resources import Means
from analytics.response_phases import design_month, is_over, next_sessions
from analytics.scenario import Scenario
from analytics.situation import scenario_situation
from data.i18n import Translator
from data.loaders.plan_outline import PlanOutline
from data.records.plan_versions import PlanVersion
from pages.figures.figures import Figures
from pages.words.gaps import of_index, read_answers
from pages.words.outlooks import Outlook, read_outlook
from pages.words.scenario import label
from pages.words.view import View


@dataclass(frozen=True)
class PlanContext:
    """One commune under one scenario, written in the language of ``view.t``; ``texts`` are the commune's words by language and
    chapter; without a version it is a draft; ``today`` is the day on which it is read or printed."""

    view: View
    commune: str
    scenario: Scenario
    means: Means
    today: date
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    version: PlanVersion | None = None

    def in_language(self, language: str) -> PlanContext:
        """The same plan in another language."""
        return replace(self, view=replace(self.view, t=self.view.t.into(language)))

    @property
    def key(self) -> tuple[Hashable, ...]:
        """All that its chapters depend on besides the figures and records of its snapshot."""
        costs = tuple((cost.id, cost.low_mad, cost.central_mad, cost.high_mad) for cost in self.means.costs.values())
        chosen, texts = tuple(self.view.chosen.address().items()), tuple(sorted(self.texts.items()))
        named, number = label(self.view, self.scenario), self.version.number if self.version else None
        return (self.t.language, chosen, self.commune, self.scenario, named, costs, self.today, texts, number)

    @property
    def t(self) -> Translator:
        """Words, numbers and dates of the document."""
        return self.view.t

    @property
    def figures(self) -> Figures:
        """The figures of the plan's snapshot."""
        return self.view.figures

    @property
    def name(self) -> str:
        """Name of the commune in the script of the document."""
        return self.view.name(self.commune)

    def next_sessions(self, count: int) -> list[pd.Timestamp]:
        """Months of the next ordinary sessions of the council: after the figures, and after the day on which the plan is read or
        printed, a version too: a session that is over cannot be proposed."""
        return next_sessions(max(self.view.chosen.month, pd.Timestamp(self.today)), self.outline.sessions, count)

    @property
    def is_over(self) -> bool:
        """Whether the months that the plan is for have all passed."""
        return is_over(self.projection.months[-1], self.today)

    @property
    def rests_on_census(self) -> bool:
        """Whether nobody has reported a month yet: what is known dates from the census, and no period has begun."""
        return self.figures.months == (self.figures.census_month,)

    @property
    def outline(self) -> PlanOutline:
        """Chapters, responsibilities and standing measures."""
        return self.figures.definition_set.plan_outline

    @cached_property
    def results(self) -> pd.DataFrame:
        """Every result of the commune in the chosen month, by result id."""
        return self.figures.of_commune(self.commune, self.view.chosen.month)

    @property
    def composite(self) -> pd.Series:
        """The composite in the chosen month."""
        return self.results.loc[COMPOSITE_ID]

    @cached_property
    def outlook(self) -> Outlook:
        """The headline pressures of the commune under the scenario, month by month.

        Raises:
            ScenarioError: the scenario cannot be.
        """
        return read_outlook(self.view, self.commune, self.scenario)

    @property
    def projection(self) -> Projection:
        """The scenario over its horizon."""
        return self.outlook.projection

    @cached_property
    def row(self) -> int:
        """Position of the commune in every table of the projection."""
        return self.projection.commune_codes.index(self.commune)

    @cached_property
    def at(self) -> int:
        """Position of the month ahead that the plan is made for."""
        return design_month(self.projection, self.commune)

    @property
    def month(self) -> pd.Timestamp:
        """The month ahead that the plan is made for."""
        return self.projection.months[self.at]

    def ahead(self, table: np.ndarray) -> float:
        """The commune's figure of a table of the projection in the month that the plan is made for."""
        return float(table[self.row, self.at])

    @cached_property
    def answers(self) -> pd.DataFrame:
        """Needs of the index in that month less support, main answers and others (``pages.figures.gap_tables``)."""
        basis = scenario_situation(self.projection, self.at + 1, self.figures.assumptions)
        return of_index(self.view, self.means, read_answers(self.view, self.means, basis, [self.commune]))

    @cached_property
    def needs(self) -> pd.DataFrame:
        """One row a need: the main answers."""
        return self.answers[self.answers["role"] == MAIN]

    @cached_property
    def has_demonstration(self) -> bool:
        """Whether a figure of the plan is a demonstration figure, today's or one that the scenario starts from."""
        observed = self.figures.of_commune(self.commune, self.projection.observed)
        kinds = {*self.results["provenance"], *observed["provenance"]}
        return Provenance.DEMONSTRATION.value in kinds

    def headline(self, sector: Sector) -> str:
        """Label of the indicator that stands for a service."""
        return self.view.result_label(self.figures.definitions.headlines[sector])

    def pressures(self, indicator_id: str, bound: str = CENTRAL) -> np.ndarray:
        """The commune's pressure of an indicator, month by month ahead."""
        return self.projection.table(indicator_id, "pressure", bound)[self.row]
