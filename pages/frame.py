"""The frame around every screen: language, shared choices, navigation, notices; then the screen that the address names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import streamlit as st

from data.i18n import Translator
from data.loaders.slips import DefinitionsError
from data.loaders.today import require_sound
from pages import commune, compare, council, import_data, map, means, methods, overview, plan, scenarios
from pages.figures import Figures
from pages.memory import set_apart
from pages.snapshots import load_figures, published
from pages.ui import notices, selection, sidebar, theme
from pages.ui.screen import Screen

# Wide enough for the longest name of a service in its list.
SIDEBAR_PIXELS = 345
ICON = str(Path(__file__).parent / "static" / "icon.svg")

SCREENS: dict[str, tuple[ModuleType, str]] = {
    "overview": (overview, ":material/dashboard:"),
    "map": (map, ":material/map:"),
    "commune": (commune, ":material/location_city:"),
    "compare": (compare, ":material/leaderboard:"),
    "scenarios": (scenarios, ":material/alt_route:"),
    "means": (means, ":material/balance:"),
    "plan": (plan, ":material/assignment:"),
    "council": (council, ":material/groups:"),
    "data": (import_data, ":material/upload_file:"),
    "methods": (methods, ":material/menu_book:"),
}


def main() -> None:
    """Read the address, draw the frame, run the screen."""
    selection.read_address()
    t = Translator(selection.current_language())
    st.set_page_config(page_title=t("frame.title"), page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR_PIXELS)
    theme.apply_theme(t)
    try:
        require_sound()
    except DefinitionsError as error:
        notices.render_broken_definitions(error.faults, t)
        return
    snapshot_id = published()
    if snapshot_id is None:
        notices.render_empty_store(t)
        return
    figures = load_figures(snapshot_id, selection.current_assumptions())
    # By now the screens are loaded as well, and the figures stay until others take their place.
    set_apart(id(figures.assessment))
    st.navigation(list(_pages(t, figures).values())).run()


def _pages(t: Translator, figures: Figures) -> dict[str, st.Page]:
    pages: dict[str, st.Page] = {}
    for name, (module, icon) in SCREENS.items():
        run = _run(name, module, t, figures, pages)
        pages[name] = st.Page(run, title=t(f"screen.{name}"), icon=icon, url_path=name, default=name == "overview")
    return pages


def _run(name: str, module: ModuleType, t: Translator, figures: Figures, pages: dict[str, st.Page]) -> Callable[[], None]:
    def run() -> None:
        selection.open_card_asked(shows_card=module is map)
        chosen = selection.current_selection(figures)
        # A screen that keeps more than the selection in the address says so by a function of that name.
        selection.write_address(chosen, getattr(module, "address", dict)())
        notices.render_demonstration_notice(figures, t)
        module.render(Screen(figures, chosen, t, pages))
        # After the screen: what a person came for is drawn first, and the session holds the choices already.
        sidebar.render_sidebar(figures, t)

    run.__name__ = name
    return run


main()
