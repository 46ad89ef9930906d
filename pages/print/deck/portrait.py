"""The slide of a deck with the portrait of the commune: what is measured, beside its cercle, the province and communes like it."""

from __future__ import annotations

from pages.print.deck.page import CONTENT, MARGIN, MUTED, WIDTH, Box, Deck, Look, widths_within
from pages.print.fitting import table_fits
from pages.words.portrait import build_portrait
from pages.words.view import View

# What fits a table that is read from the back of a room.
SHOWN = (
    "population", "change", "under_15_pct", "age_65_plus_pct", "people_per_room", "illiteracy_women", "college", "health_centre",
    "without_booklet", "other_now",
)  # fmt: skip
# A figure that the census publishes of some people only says of how many: it takes more room than the words before it.
_SHARES = (0.27, 0.22, 0.17, 0.17, 0.17)


# What is left out first where words of the others take several lines.
_LEFT_OUT = ("people_per_room", "age_65_plus_pct", "under_15_pct")
_BOX, _END = Box(MARGIN, 1.6, CONTENT.width, 4.5), 6.15


def add_portrait(deck: Deck, view: View, commune: str) -> None:
    """One slide, complete without any monthly figure."""
    t, portrait = view.t, build_portrait(view, commune)
    by_label = {line.label: line for section in portrait.sections for line in section.lines}
    lines = [by_label[label] for label in (t(f"portrait.{name}") for name in SHOWN) if label in by_label]
    heading = (
        t("portrait.figure"),
        portrait.name,
        portrait.group,
        t("portrait.column_province"),
        t("portrait.column_peers"),
    )
    rows = {line.label: (line.label, line.value, line.group, line.province, line.peers) for line in lines}
    widths = widths_within(_BOX, _SHARES)
    for name in _LEFT_OUT:
        if not table_fits([heading, *rows.values()], widths, _END - _BOX.top, t.direction):
            rows.pop(t(f"portrait.{name}"), None)
    page = deck.add_page()
    page.write_title(portrait.title)
    page.add_table(_BOX, [heading, *rows.values()], _SHARES, t("portrait.heading"), _END)
    peers = t("portrait.peers", names=t("sign.comma").join(portrait.peers), rule=portrait.rule)
    page.add_text(Box(MARGIN, 6.2, WIDTH - 2 * MARGIN, 0.5), peers, Look(13, color=MUTED))
    page.add_small_line(portrait.sources)
    said = " ".join(portrait.apart) or t("portrait.none_apart")
    page.add_notes(
        t("deck.notes_say", text=f"{portrait.title}. {said}"),
        t("deck.notes_from", text=portrait.sources),
        t("deck.notes_sure", text=t("portrait.aggregate")),
    )
