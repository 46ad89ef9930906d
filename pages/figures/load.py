"""Which snapshot readers are on, and its figures: computed once for all snapshots that differ in what people wrote only."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from analytics.assessment import assess
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.demand import add_flows
from analytics.disclosure import protect_panel
from analytics.displacement import build_flows
from analytics.panel import build_panel
from analytics.population import add_resident_population
from data import queries
from data.catalogue import load_variables
from data.definitions_files import load_definitions
from data.disclosure_rules import load_disclosure_rules
from data.province import Province
from data.records.table import actions_without_figures
from data.store import Snapshot, Store
from pages.figures.figures import Figures
from pages.figures.frames import ResultFrames

SNAPSHOTS_KEPT, COMPUTED_KEPT = 16, 8


def published(province: Province | None = None) -> str | None:
    """Id of the snapshot that readers of a territory (the default one unless given) are on; cheap, asked at every interaction."""
    return Store(province=province).snapshot_id()


def load_figures(snapshot_id: str, assumptions: Assumptions = DEFAULTS, province: Province | None = None) -> Figures:
    """Figures of a snapshot of a territory (the default one unless given), computed at the first call and kept for the next ones;
    a note, a decision, a plan or a scenario that is written meanwhile computes nothing again.

    Raises:
        StoreError: the snapshot is no longer kept.
    """
    store = Store(province=province)
    return _load_figures(store.root, store.province, snapshot_id, assumptions)


def load_history(province: Province) -> list[Snapshot]:
    """Snapshots of a territory that are kept, newest first."""
    return Store(province=province).history()


@dataclass(frozen=True)
class _ComputedFrom:
    """The snapshot that last changed a figure, and how it is assessed; read through any snapshot that came after it."""

    snapshot_id: str
    assumptions: Assumptions
    province: Province
    connection: duckdb.DuckDBPyConnection = field(compare=False)


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def _load_figures(root: Path, province: Province, snapshot_id: str, assumptions: Assumptions) -> Figures:
    connection = Store(root, province=province).open(snapshot_id)
    basis = queries.read_figures_basis(connection.cursor(), actions_without_figures())
    return _compute(_ComputedFrom(basis, assumptions, province, connection)).at_snapshot(snapshot_id, connection)


@lru_cache(maxsize=COMPUTED_KEPT)
def _compute(basis: _ComputedFrom) -> Figures:
    cursor = basis.connection.cursor()
    # No roles yet: every viewer sees the whole territory.
    territory = queries.whole_territory(cursor)
    months = tuple(queries.read_months(cursor, territory)) or (_current_month(),)
    census = frozenset(v.id for v in load_variables().values() if not v.monthly)
    communes = queries.read_communes(cursor, territory).set_index("commune_code", drop=False)
    observations = queries.read_observations(cursor, territory)
    panel = build_panel(observations, territory, months, census)
    panel = add_resident_population(panel, observations, communes["group_code"])
    panel = add_flows(panel, build_flows(queries.read_movements(cursor, territory), territory, months))
    definitions = load_definitions()
    panel = protect_panel(panel, load_disclosure_rules())
    assessment = assess(panel, definitions, basis.assumptions)
    return Figures(
        snapshot_id=basis.snapshot_id,
        territory=territory,
        assumptions=basis.assumptions,
        communes=communes,
        months=months,
        definitions=definitions,
        assessment=assessment,
        connection=basis.connection,
        results=ResultFrames(assessment),
        province=basis.province,
    )


def _current_month() -> pd.Timestamp:
    return pd.Timestamp.now().normalize().replace(day=1)
