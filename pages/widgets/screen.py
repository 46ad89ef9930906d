"""What a screen is given: a view of the figures, and the pages that it may lead to."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.words.view import View


@dataclass(frozen=True, slots=True)
class Screen(View):
    """Arguments of every screen's ``render``."""

    pages: dict[str, st.Page]

    def open_commune(self, commune_code: str | None) -> None:
        """Go to the profile of a commune that was clicked; nothing when none was."""
        if commune_code in self.figures.territory:
            st.session_state["commune"] = commune_code
            st.switch_page(self.pages["commune"], query_params={**self.chosen.address(), "commune": commune_code})
