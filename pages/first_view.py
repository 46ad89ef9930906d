"""What a page carries with it: the finding, the map and the figures of the screen that its address names.

Streamlit's own code takes a second to start on a good line and twenty on a bad one. Until then a reader has what the page itself
says, in HTML alone; as soon as the screen stands, it takes that place (the script at the end of the template sees to it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from data.i18n import Translator
from data.loaders.slips import DefinitionsError
from data.loaders.today import require_sound
from data.people.viewer import EVERYTHING, Person, Viewer
from data.store import StoreError
from pages.address.assumptions import opening_choices, read_assumptions
from pages.address.province import read_province
from pages.address.selection import read_selection
from pages.figures.load import load_figures, published
from pages.html import fill
from pages.screens.commune import screen as commune
from pages.screens.overview import screen as overview
from pages.widgets import lens, notices
from pages.widgets.screen import Screen

# The screens that people arrive on by a link; the bare address opens the first one of their role.
CONTENTS: dict[str, Callable[[Screen], Markup]] = {
    "overview": overview.fill_first_view,
    "commune": commune.fill_first_view,
}


def fill_first_view(screen_name: str, asked: Mapping[str, str], viewer: Viewer = EVERYTHING) -> Markup:
    """The first view of a screen in the selection that the address asks for, as a viewer sees it; empty for a screen that has none
    or that the role has not, and where no figure can be read: the application says then what to do."""
    named = screen_name or next(iter(viewer.screens), "")
    contents = CONTENTS.get(named) if viewer.opens(named) else None
    province = read_province(asked)
    snapshot_id = published(province)
    if contents is None or snapshot_id is None:
        return Markup()
    looked_at = {**opening_choices(screen_name, asked), **asked}
    try:
        require_sound(province)
        figures = load_figures(snapshot_id, read_assumptions(looked_at), province, viewer=viewer)
    except (StoreError, DefinitionsError):
        return Markup()
    if not figures.territory:
        return Markup()
    chosen = read_selection(figures, looked_at)
    t = Translator(chosen.lang, province)
    screen = Screen(figures, chosen, t, {}, Person(viewer))
    said_first = [notices.fill_read_only(t), notices.fill_demonstration_notice(figures, t)]
    lens_links = lens.fill_lens(figures, t, chosen.address())
    return fill("first_view", t, lens=lens_links, notices=said_first, contents=contents(screen))
