"""The frame around every screen: language, shared choices, navigation, notices; then the screen that the address names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from data.i18n import Translator
from data.loaders.slips import DefinitionsError
from data.loaders.today import require_sound
from data.people.viewer import Person
from data.province import Province
from pages.figures.figures import Figures
from pages.figures.load import load_figures, published, trouble
from pages.memory import freeze_objects
from pages.screens.accounts import screen as accounts
from pages.screens.commune import screen as commune
from pages.screens.compare import screen as compare
from pages.screens.council import screen as council
from pages.screens.data import screen as data
from pages.screens.map import screen as map
from pages.screens.means import screen as means
from pages.screens.methods import screen as methods
from pages.screens.overview import screen as overview
from pages.screens.places import screen as places
from pages.screens.plan import screen as plan
from pages.screens.quality import screen as quality
from pages.screens.results import screen as results
from pages.screens.scenarios import screen as scenarios
from pages.screens.support import screen as support
from pages.widgets import lens, link, notices, sent_files, session, sidebar, theme, who
from pages.widgets.screen import Screen

# Wide enough for the longest name of a service in its list.
SIDEBAR_PIXELS = 345
ICON = str(Path(__file__).parent / "static" / "icon.svg")


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen in the navigation: what draws it, its icon, the section that it stands in (``section.<name>``), and the parameters
    that it keeps in the address besides the selection."""

    render: Callable[[Screen], None]
    icon: str
    section: str
    address: Callable[[], dict[str, str]] = dict


SCREENS = {
    "overview": Entry(overview.render, ":material/dashboard:", "see"),
    "map": Entry(map.render, ":material/map:", "see", map.address),
    "commune": Entry(commune.render, ":material/location_city:", "see"),
    "places": Entry(places.render, ":material/holiday_village:", "see", places.address),
    "compare": Entry(compare.render, ":material/leaderboard:", "see", compare.address),
    "scenarios": Entry(scenarios.render, ":material/alt_route:", "plan", scenarios.address),
    "means": Entry(means.render, ":material/balance:", "plan", means.address),
    "plan": Entry(plan.render, ":material/assignment:", "plan", plan.address),
    "support": Entry(support.render, ":material/handshake:", "act", support.address),
    "results": Entry(results.render, ":material/task_alt:", "act", results.address),
    "council": Entry(council.render, ":material/groups:", "act", council.address),
    "data": Entry(data.render, ":material/upload_file:", "data"),
    "quality": Entry(quality.render, ":material/fact_check:", "data"),
    "methods": Entry(methods.render, ":material/menu_book:", "data", methods.address),
    "accounts": Entry(accounts.render, ":material/key:", "data"),
}


def main() -> None:
    """Read the address, draw the frame, run the screen."""
    session.read_address()
    language = session.current_language()
    try:
        province = session.current_province()
        require_sound(province)
    except DefinitionsError as error:
        notices.render_broken_definitions(error.faults, Translator(language))
        return
    t = Translator(language, province)
    title = t("frame.title", province=t.place)
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR_PIXELS)
    theme.apply_theme(t)
    snapshot_id = published(province)
    if snapshot_id is None:
        problem = trouble(province)
        if problem is None:
            notices.render_empty_store(t)
        else:
            notices.render_unreadable_store(problem, t)
        with st.sidebar:
            sidebar.choose_province(t)
        return
    person = who.current_person()
    if not person.viewer.screens:
        who.render_nobody(person, t)
        return
    # Expanded: with more than twelve screens Streamlit folds the last ones away, in words of its own.
    st.navigation(_in_sections(t, _pages(t, snapshot_id, province, person)), expanded=True).run()


def _in_sections(t: Translator, pages: dict[str, st.Page]) -> dict[str, list[st.Page]]:
    """The screens under the heading of their section, in the order of ``SCREENS``."""
    sections: dict[str, list[st.Page]] = {}
    for name, page in pages.items():
        sections.setdefault(t(f"section.{SCREENS[name].section}"), []).append(page)
    return sections


def _pages(t: Translator, snapshot_id: str, province: Province, person: Person) -> dict[str, st.Page]:
    """The screens of the person's role, the first one at the bare address."""
    pages: dict[str, st.Page] = {}
    first = person.viewer.screens[0]

    def read(name: str) -> Figures:
        session.settle_lens(name)
        return load_figures(snapshot_id, session.current_assumptions(), province, viewer=person.viewer)

    for name in (name for name in SCREENS if person.viewer.opens(name)):
        run = _run(name, SCREENS[name], t, read, person, pages)
        icon = SCREENS[name].icon
        pages[name] = st.Page(run, title=t(f"screen.{name}"), icon=icon, url_path=name, default=name == first)
    return pages


def _run(
    name: str, entry: Entry, t: Translator, read: Callable[[str], Figures], person: Person, pages: dict[str, st.Page]
) -> Callable[[], None]:
    def run() -> None:
        sent_files.leave_others(name)
        figures = read(name)
        if not figures.territory:
            who.render_nobody(person, t)
            return
        # All modules are imported by now.
        freeze_objects("screens")
        session.open_card_asked(shows_card=name == "map")
        chosen = session.current_selection(figures)
        further = entry.address()
        session.write_address(chosen, further)
        head = st.container(key="page-head", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        with head:
            lens.render_lens(figures, t)
            link.render_link(t, name, chosen.address() | further)
        notices.render_foreign_commune(figures, chosen, t)
        notices.render_read_only(t)
        notices.render_demonstration_notice(figures, t)
        entry.render(Screen(figures, chosen, t, pages, person))
        # Drawn after the screen so that its content is sent first; session_state already holds the sidebar's choices.
        sidebar.render_sidebar(figures, t)
        with st.sidebar:
            who.render_way_out(person, t)

    run.__name__ = name
    return run


main()
