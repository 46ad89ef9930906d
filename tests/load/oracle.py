"""What a reader must be told, worked out in this process from the same store: titles of screens by commune and month."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import pandas as pd

from data.i18n import Translator
from data.store import Store
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.words import titles
from pages.words.view import View


@dataclass(frozen=True, slots=True)
class Change:
    """A choice that a reader makes: the label of the list, the option, and the title that must follow."""

    label: str
    option: str
    title: str


class Oracle:
    """Titles in French, from the figures as the store publishes them.

    Args:
        store: what the servers serve; it must not change meanwhile.
    """

    def __init__(self, store: Store) -> None:
        self._figures = load_figures(store.snapshot_id())
        self._t = Translator("fr")
        self._selection = read_selection(self._figures, {"lang": "fr", "figures": "all"})
        self.communes = list(self._figures.territory)
        self.months = list(self._figures.months)

    def change_commune(self, chance: random.Random, month: pd.Timestamp) -> Change:
        """Another commune on its screen."""
        return self.to_commune(chance.choice(self.communes), month)

    def to_commune(self, code: str, month: pd.Timestamp) -> Change:
        """A commune on its screen."""
        view = self._view(month)
        title = titles.head_commune(view, code, self._figures.of_commune(code, month))
        return Change(self._t("commune.choose"), view.name(code), title)

    def change_month(self, chance: random.Random) -> Change:
        """Another month on the map."""
        return self.to_month(chance.choice(self.months))

    def to_month(self, month: pd.Timestamp) -> Change:
        """A month on the map."""
        view = self._view(month)
        return Change(self._t("sidebar.month"), self._t.month(month), titles.head_territory(view, view.month_results())[0])

    def _view(self, month: pd.Timestamp) -> View:
        return View(self._figures, replace(self._selection, month=month), self._t)
