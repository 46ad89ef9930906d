"""Figures computed before anybody asks: when the server starts, and between the writing of a snapshot and its publication."""

from __future__ import annotations

from data.loaders.slips import DefinitionsError
from data.people.viewer import EVERYTHING
from data.province import offered_provinces
from data.store import Store
from data.store_error import StoreError
from pages.figures.following import FOLLOWING
from pages.figures.load import load_figures
from pages.figures.recent import RECENT

# Commune-months: of a country over ten years the sources of all months take a quarter of a minute of the processor, those of one a
# quarter of a second; who looks at another month waits for its own.
MOST_ROWS = 50_000


def compute_ahead(store: Store, snapshot_id: str) -> None:
    """Compute the figures of a snapshot under the assumptions that its readers look at, with the intervals of their month and what
    every screen asks of all figures: whether any is of the demonstration, and where the months have them from."""
    for assumptions in RECENT.list(store.province):
        figures = load_figures(snapshot_id, assumptions, store.province, viewer=EVERYTHING)
        figures.intervals(figures.default_month)
        _ = figures.origins.freshness
        is_large = figures.assessment.panel.rows > MOST_ROWS
        figures.origins.read_sources_ahead([figures.default_month] if is_large else figures.months)
    FOLLOWING.stands(store, snapshot_id)


def warm() -> None:
    """Compute the figures that the first visitors of each offered territory ask for; nothing where a store cannot be read."""
    for province in offered_provinces():
        store = Store(province=province)
        try:
            if snapshot_id := store.snapshot_id():
                compute_ahead(store, snapshot_id)
        except (StoreError, DefinitionsError):
            # Whoever opens a screen is told in words.
            continue
