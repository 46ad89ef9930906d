"""Two dates: the chosen month beside another one, or beside another version of the data; what changed, where, by how much and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.store_error import StoreError
from pages.figures.figures import Figures
from pages.figures.load import load_figures, load_history
from pages.html import fill
from pages.print.charts.catalogue import dates_chart
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.widgets.two_maps import Side, fill_two_maps
from pages.words import two_dates
from pages.words.titles import mark_simulated

SINCE = "since"


def address() -> dict[str, str]:
    """The date that is compared with, where one was chosen."""
    return {SINCE: str(st.session_state[SINCE])} if st.session_state.get(SINCE) else {}


def render_two_dates(screen: Screen) -> None:
    """Draw the choice, both maps under one legend, and the list of changes."""
    t, options = screen.t, _options(screen)
    if not options:
        st.caption(t("dates.none"))
        return
    if st.session_state.get(SINCE) not in options:
        st.session_state[SINCE] = next(iter(options))
    since = str(st.selectbox(t("dates.since_label"), list(options), format_func=options.__getitem__, key=SINCE))
    found = _read(screen, since)
    if found is None:
        st.info(t("dates.gone"))
        return
    other, month, recomputed = found
    changes = two_dates.read_changes(screen, other, month, recomputed)
    finding = screen.keep(
        "changed", lambda: two_dates.state_changes(screen, changes, t("dates.from", since=options[since])), since
    )
    st.markdown(f"**{mark_simulated(screen, finding)}**")
    result, chosen = screen.chosen.indicator, screen.chosen.month
    month_of_version = "" if other is screen.figures else t.month(month)
    sides = [
        Side(
            other.of_month(result, month).reindex(screen.codes),
            options[since],
            month_of_version,
            "since",
        ),
        Side(screen.month_results(), t("dates.now"), t.month(chosen), "until"),
    ]
    provenance = screen.figures.provenance_of_result(result, chosen)
    html = screen.keep("two-dates", lambda: fill_two_maps(screen, sides, provenance), since)
    frames, names = [side.results for side in sides], [f"{side.name} {side.month}".strip() for side in sides]
    show_places(screen, html, [dates_chart(screen, finding, frames, names)], key="two-dates")
    st.html(screen.keep("changes", lambda: fill("two_dates", t, rows=two_dates.list_changes(screen, changes)), since))


def _options(screen: Screen) -> dict[str, str]:
    """Every other month, the one a year before first, then the versions of the data before this one."""
    t, chosen = screen.t, screen.chosen.month
    months = [m for m in reversed(screen.figures.months) if m != chosen]
    months.sort(key=lambda m: m != chosen - pd.DateOffset(years=1))
    kept = [s for s in load_history(screen.figures.province) if s.id != screen.figures.snapshot_id]
    versions = {s.id: t("dates.version", moment=t.moment(s.created_at)) for s in kept}
    return {f"{m:%Y-%m}": t.month(m) for m in months} | versions


def _read(screen: Screen, since: str) -> tuple[Figures, pd.Timestamp, Figures | None] | None:
    """Figures and month of the first date, and the same under today's definitions where they are another version's; None where
    that version is gone or lacks the month."""
    figures, chosen = screen.figures, screen.chosen.month
    if len(since) == len("2026-01"):
        return figures, pd.Timestamp(since), None
    asked = (figures.assumptions, figures.province)
    try:
        other = load_figures(since, *asked, viewer=figures.viewer)
        recomputed = load_figures(since, *asked, figures.definition_set.digest, viewer=figures.viewer)
    except StoreError:
        return None
    has_all = chosen in other.months and screen.chosen.indicator in other.results
    return (other, chosen, recomputed) if has_all else None
