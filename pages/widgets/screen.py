"""What a screen is given: a view of the figures, the pages that it may lead to, and whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.people import permissions
from data.people.roles import Right
from data.people.viewer import ONE_PERSON, Person
from data.records.kind import Kind
from data.store import Store
from pages.words.view import View


@dataclass(frozen=True, slots=True)
class Screen(View):
    """Arguments of every screen's ``render``."""

    pages: dict[str, st.Page]
    person: Person = ONE_PERSON

    @property
    def store(self) -> Store:
        """The store of the territory, as this person may write to it."""
        return Store(province=self.figures.province, writer=self.person)

    def may(self, right: Right) -> bool:
        """Whether the person has a right."""
        return self.person.may(right)

    def writes(self, kind: Kind, commune: str = "") -> bool:
        """Whether the person writes a kind of record; of a commune where one is named."""
        own = self.person.viewer.communes
        return permissions.writes(self.person, kind) and (not commune or own is None or commune in own)

    def link(self, name: str, label: str, icon: str, address: dict[str, str] | None = None) -> None:
        """A way to another screen; nothing where the person's role has it not."""
        if name in self.pages:
            st.page_link(self.pages[name], label=label, icon=icon, query_params=address)

    def open_commune(self, commune_code: str | None) -> None:
        """Go to the profile of a commune that was clicked; nothing when none was."""
        if commune_code in self.figures.territory:
            st.session_state["commune"] = commune_code
            st.switch_page(self.pages["commune"], query_params={**self.chosen.address(), "commune": commune_code})
