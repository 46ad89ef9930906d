"""What people wrote besides figures in one snapshot: saved scenarios, decisions, notes, plans; read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import duckdb
import pandas as pd

from analytics.last_asked import LastAsked
from data import queries
from data.people.roles import Right
from data.people.viewer import EVERYTHING, Viewer
from data.queries import Territory
from data.records.commune_notes import CommuneNote, list_notes
from data.records.decisions import Decision, list_decisions
from data.records.figure_corrections import FigureCorrection, list_corrections
from data.records.figure_proofs import FigureProof, list_proofs
from data.records.plan_texts import PlanText, list_texts
from data.records.plan_versions import PlanVersion, list_versions
from data.records.reconstruction_facts import list_added
from data.records.register import Register, read_register, read_states
from data.records.scenarios import SavedScenario, list_scenarios
from data.records.sign_offs import Month, SignOff, list_sign_offs
from pages.figures.support_records import SupportRecords, resolve

# Signs: two maps side by side have some 100,000, all that a commune's screen keeps as many. What is no text counts as so many.
WRITTEN_KEPT, _NO_TEXT = 8_000_000, 10_000


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str) else _NO_TEXT


@dataclass(frozen=True)
class Records:
    """What people wrote besides figures in a snapshot, that one viewer may see."""

    connection: duckdb.DuckDBPyConnection
    territory: Territory
    viewer: Viewer = EVERYTHING
    # What was last worked out from figures and these records, with all that it depends on besides as its key: support and words are
    # written without any figure moving, so that it stands here and not with the figures.
    asked: LastAsked[Any] = field(default_factory=LastAsked, repr=False, compare=False)
    # The same of what was written from them (``pages.words.view.View.keep``), bounded by its length.
    written: LastAsked[Any] = field(default_factory=lambda: LastAsked(WRITTEN_KEPT, _length), repr=False, compare=False)
    _kept: dict[tuple[str, date | None], pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @property
    def _is_told(self) -> bool:
        """Whether the role reads decisions, scenarios and plans; notes are for everybody, like the figures that they answer."""
        return self.viewer.may(Right.RECORDS)

    @cached_property
    def scenarios(self) -> dict[str, SavedScenario]:
        """Scenarios saved by name, by id."""
        return list_scenarios(self.connection.cursor()) if self._is_told else {}

    @cached_property
    def decisions(self) -> list[Decision]:
        """Decisions of councils that are in force, oldest first."""
        about = None if self.viewer.sees_everything else self.territory
        return list_decisions(self.connection.cursor(), about) if self._is_told else []

    @cached_property
    def notes(self) -> dict[str, CommuneNote]:
        """What communes say of their figures (right of reply), by commune code."""
        return list_notes(self.connection.cursor(), self.territory)

    @cached_property
    def sign_offs(self) -> Mapping[Month, SignOff]:
        """The last step of each commune's month: for everybody, like the figures that are signed off."""
        return list_sign_offs(self.connection.cursor(), self.territory)

    @cached_property
    def corrections(self) -> list[FigureCorrection]:
        """Corrections of published figures, the newest first, for whoever is told of files and cells."""
        return list_corrections(self.connection.cursor(), self.territory) if self.viewer.may(Right.CELLS) else []

    @cached_property
    def proofs(self) -> list[FigureProof]:
        """The documents that prove figures, the newest first, for whoever is told of files and cells."""
        return list_proofs(self.connection.cursor(), self.territory) if self.viewer.may(Right.CELLS) else []

    @cached_property
    def plan_texts(self) -> tuple[PlanText, ...]:
        """What communes wrote into their plans, oldest first."""
        return list_texts(self.connection.cursor(), self.territory if self._is_told else ())

    @cached_property
    def plan_versions(self) -> dict[str, tuple[PlanVersion, ...]]:
        """The saved versions of plans by commune code."""
        return list_versions(self.connection.cursor(), self.territory if self._is_told else ())

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Dated facts of reconstruction that people added, oldest first: published already, everybody is told."""
        return list_added(self.connection.cursor())

    @cached_property
    def support(self) -> SupportRecords:
        """Who helps, and who does what where: for everybody, like the gaps that they answer."""
        communes = queries.read_communes(self.connection.cursor(), self.territory)
        return resolve(*queries.read_support(self.connection.cursor(), self.territory), communes)

    def register(self, kind: Register, until: date | None = None) -> pd.DataFrame:
        """The rows of a register in force on a day (``data.records.register.read_register``): those of the viewer's communes; none for
        a role that is not told of records, unless it writes them itself."""
        key = kind.id, until
        if key not in self._kept:
            self._kept[key] = read_register(self.connection.cursor(), kind, until, self._about(kind))
        return self._kept[key]

    def states(self, kind: Register) -> pd.DataFrame:
        """Every row of a register that the viewer is told of, oldest first."""
        return read_states(self.connection.cursor(), kind, self._about(kind))

    def tells(self, kind: Register) -> bool:
        """Whether the viewer is told of a register at all."""
        return self._is_told or self.viewer.role in kind.writers

    def _about(self, kind: Register) -> Territory | None:
        """The communes whose rows are read; all where None; a register without communes is read by whoever is told of it."""
        is_told = self.tells(kind)
        return None if is_told and self.viewer.sees_everything else self.territory if is_told else ()
