"""Which snapshot readers are on, and its figures: computed once for all snapshots that differ in what people wrote only."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from analytics.assumptions import DEFAULTS, Assumptions
from analytics.observations import Observations
from analytics.partition import add_up, assess_part, build_part, describe_whole, read_piece
from data import queries
from data.definition_rows import read_snapshot_digest
from data.kept_definitions import read_set
from data.loaders.definition_set import DefinitionSet
from data.loaders.rules import rules_of
from data.loaders.today import load_today
from data.people.viewer import EVERYTHING, Viewer
from data.province import Province
from data.records.table import actions_without_figures
from data.store import Snapshot, Store, StoreError
from pages.figures.figures import Figures
from pages.figures.following import FOLLOWING
from pages.figures.frames import ResultFrames
from pages.figures.own import restrict
from pages.figures.recent import RECENT
from pages.figures.turns import computed_once

# Sets of figures that are kept: sixteen of a province. A set of a hundred thousand commune-months has a third of a gigabyte and
# counts for a whole one, so that four of a country over ten years are kept; two whatever their size, for readers stay on one
# while the next is computed.
SETS_KEPT, ROWS_OF_A_SET = 8, 100_000
# Thirty readers who each change an assumption took 3.2 GB: so many sets of figures are computed at a time.
_AT_ONCE = threading.Semaphore(2)


def published(province: Province | None = None) -> str | None:
    """Id of the snapshot that readers of a territory (the default one unless given) are on; cheap, asked at every interaction.

    One that another process published is shown once its figures stand here (``pages.figures.following``).
    """
    return FOLLOWING.shown(Store(province=province))


def load_figures(
    snapshot_id: str,
    assumptions: Assumptions = DEFAULTS,
    province: Province | None = None,
    definitions: str | None = None,
    *,
    viewer: Viewer = EVERYTHING,
) -> Figures:
    """Figures of a snapshot of a territory (the default one unless given) as a viewer sees them, computed at the
    first call and kept for the next ones; a note, a decision, a plan or a scenario that is written meanwhile computes nothing again.

    Args:
        definitions: digest of the definitions to compute with, kept in that snapshot or in the published one; the snapshot's own
            where none is given, those of the files where these were not kept.
        viewer: whoever looks; everything else is shared, what is handed out is kept for each of them apart.

    Raises:
        StoreError: the snapshot is no longer kept.
    """
    store = Store(province=province)
    if definitions is None:
        RECENT.note(store.province, assumptions)
    whole = _load_figures(store.root, store.province, snapshot_id, assumptions, definitions)
    return whole if viewer == EVERYTHING else whole.kept_for(viewer, restrict)


def todays_definitions(province: Province) -> str:
    """Digest of the definitions that the files hold for a territory."""
    return load_today(province).digest


def definitions_in_force(province: Province) -> str:
    """Digest of the definitions of the published snapshot, those of the files where it kept none.

    A process reads the files once: another may have published newer ones since.

    Raises:
        StoreError: the store is empty.
    """
    return Store(province=province).current().definitions or todays_definitions(province)


def trouble(province: Province | None = None) -> StoreError | None:
    """Why a territory's store can only be read, or not even that, and what to do; None where nothing is wrong."""
    return Store(province=province).trouble()


def load_history(province: Province) -> list[Snapshot]:
    """Snapshots of a territory that are kept, newest first."""
    return Store(province=province).history()


@dataclass(frozen=True)
class _ComputedFrom:
    """The snapshot that last changed a figure, and how it is assessed; read through any snapshot that came after it."""

    snapshot_id: str
    assumptions: Assumptions
    province: Province
    digest: str
    connection: duckdb.DuckDBPyConnection = field(compare=False)


def weigh_figures(figures: Figures) -> float:
    """Which part of ``SETS_KEPT`` a set of figures counts for."""
    return min(max(figures.assessment.panel.rows / ROWS_OF_A_SET, 1 / 2), SETS_KEPT / 2)


@computed_once(SETS_KEPT, weigh=weigh_figures)
def _load_figures(
    root: Path, province: Province, snapshot_id: str, assumptions: Assumptions, definitions: str | None
) -> Figures:
    store = Store(root, province=province)
    connection = store.open(snapshot_id)
    cursor = connection.cursor()
    basis = queries.read_figures_basis(cursor, actions_without_figures())
    own = read_snapshot_digest(cursor, snapshot_id)
    used = find_definitions(store, definitions or own, cursor) or load_today(province)
    figures = _compute(_ComputedFrom(basis, assumptions, province, used.digest, connection), used)
    return figures.at_snapshot(snapshot_id, connection)


def find_definitions(
    store: Store, digest: str | None, cursor: duckdb.DuckDBPyConnection | None = None
) -> DefinitionSet | None:
    """The definitions of a digest, from a snapshot or from the published one; None where neither kept them."""
    if not digest:
        return None
    kept = _sets().get(digest) or (read_set(cursor, digest, store.province) if cursor else None)
    if kept is None:
        with store.open() as connection:
            kept = read_set(connection.cursor(), digest, store.province)
    if kept is not None:
        _sets()[digest] = kept
    return kept


@cache
def _sets() -> dict[str, DefinitionSet]:
    """Definitions by digest: one object each, so that what is worked out from them is worked out once."""
    return {}


@computed_once(SETS_KEPT, _AT_ONCE, weigh_figures)
def _compute(basis: _ComputedFrom, definitions: DefinitionSet) -> Figures:
    cursor = basis.connection.cursor()
    # Growth, groups and ranks need all communes; a viewer is handed theirs afterwards (``pages.figures.own``).
    territory = queries.whole_territory(cursor)
    kinds = basis.assumptions.figures
    observations = queries.read_coded(cursor, territory, kinds=kinds)
    rules = rules_of(definitions, basis.assumptions)
    described = _month_of_census(observations, rules.census)
    months = tuple(observations.days_of(queries.read_monthly(cursor))) or (described,)
    communes = queries.read_communes(cursor, territory).set_index("commune_code", drop=False)
    movements = queries.read_movements(cursor, territory, kinds=kinds)
    whole = describe_whole(territory, months, observations, movements, communes["group_code"])
    panel = build_part(whole, territory, observations, movements, rules)
    # One part that is the whole territory.
    assessment = assess_part(panel, add_up(whole, [read_piece(panel, rules)]), rules)
    return Figures(
        snapshot_id=basis.snapshot_id,
        territory=territory,
        assumptions=basis.assumptions,
        communes=communes,
        months=months,
        definition_set=definitions,
        assessment=assessment,
        connection=basis.connection,
        results=ResultFrames(assessment),
        province=basis.province,
        census_month=described,
    )


def _month_of_census(observations: Observations, census: frozenset[str]) -> pd.Timestamp:
    """The month of the newest census, which stands for months that nobody reported; today's where there is none either."""
    days = observations.days_of(census)
    newest = pd.Timestamp.now() if days.empty else pd.Timestamp(days[-1])
    return newest.normalize().replace(day=1)
