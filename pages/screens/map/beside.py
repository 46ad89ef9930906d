"""What stands beside the map: another month, result, scenario or commune; or the change since then, on a diverging scale."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analytics.scenario import ScenarioError
from analytics.summary import class_counts
from geo.map_layers import Beside
from geo.map_styles import CommuneStyle
from pages.html import fill
from pages.screens.map.styles import style_communes
from pages.widgets.screen import Screen
from pages.widgets.two_maps import list_legend
from pages.words import map_change
from pages.words.labels import result_options
from pages.words.map_change import MapOfChange
from pages.words.scenario import all_scenarios, label

KINDS = ("", "month", "result", "scenario", "commune")
_ASKED, _CHANGE = "beside", "change"


@dataclass(frozen=True, slots=True)
class Other:
    """The other side: of which kind and what, in words; as it is seen (``screen``), its result rows, those of its indicators."""

    kind: str
    value: str
    name: str
    screen: Screen
    results: pd.DataFrame
    parts: dict[str, pd.DataFrame]


def address() -> dict[str, str]:
    """What stands beside, and whether as a change; nothing where one map stands alone."""
    asked = st.session_state.get(_ASKED, "")
    return {_ASKED: asked, **({_CHANGE: "1"} if _shows_change() else {})} if asked else {}


def _shows_change() -> bool:
    return str(st.session_state.get(_CHANGE, "")) == "1"


def choose(screen: Screen) -> None:
    """In a row of the screen: of which kind, and what; for a month or a scenario whether the change is shown in its place."""
    t = screen.t
    kind, _, value = str(st.session_state.get(_ASKED, "")).partition(":")
    kinds = [k for k in KINDS if not k or _options(screen, k)]
    st.session_state["map_beside_kind"] = kind if kind in kinds else ""
    st.segmented_control(
        t("beside.title"), kinds, format_func=lambda k: t(f"beside.{k or 'nothing'}"), key="map_beside_kind",
        required=True, on_change=_take_kind, args=(screen,),
    )  # fmt: skip
    if not kind:
        return
    options = _options(screen, kind)
    st.session_state["map_beside_value"] = value if value in options else next(iter(options))
    st.selectbox(
        t(f"beside.{kind}"), list(options), format_func=options.__getitem__, key="map_beside_value", width=240,
        on_change=_take_value, args=(kind,),
    )  # fmt: skip
    if kind in ("month", "scenario"):
        st.session_state["map_change"] = _shows_change()
        st.toggle(t("beside.change"), key="map_change", on_change=_take_change)


def _take_kind(screen: Screen) -> None:
    kind = st.session_state["map_beside_kind"]
    st.session_state[_ASKED] = f"{kind}:{next(iter(_options(screen, kind)))}" if kind else ""


def _take_value(kind: str) -> None:
    st.session_state[_ASKED] = f"{kind}:{st.session_state['map_beside_value']}"


def _take_change() -> None:
    st.session_state[_CHANGE] = "1" if st.session_state["map_change"] else ""


def _options(screen: Screen, kind: str) -> dict[str, str]:
    figures, chosen = screen.figures, screen.chosen
    if kind == "month":
        months = [m for m in reversed(figures.months) if m != chosen.month]
        months.sort(key=lambda m: m != chosen.month - pd.DateOffset(years=1))
        return {f"{m:%Y-%m}": screen.t.month(m) for m in months}
    if kind == "result":
        return {r: screen.result_label(r) for r in result_options(figures) if r != chosen.indicator}
    if kind == "scenario":
        is_open = figures.viewer.opens("scenarios") and len(figures.months) > 1
        return {key: label(screen, scenario) for key, scenario in all_scenarios(figures).items()} if is_open else {}
    codes, own = screen.codes, _own(screen)
    return {code: screen.name(code) for code in codes if code != own} if len(codes) > 1 else {}


def _own(screen: Screen) -> str:
    """The commune on the first side, where communes stand against each other."""
    card = st.session_state.get("card")
    return (
        str(card)
        if card in screen.codes
        else screen.chosen.commune
        if screen.chosen.commune in screen.codes
        else screen.codes[0]
    )


def read_other(screen: Screen) -> Other | None:
    """What stands beside; None where nothing does, or what the address asks for is not there."""
    kind, _, value = str(st.session_state.get(_ASKED, "")).partition(":")
    options = _options(screen, kind) if kind in KINDS and kind else {}
    if value not in options:
        return None
    if kind == "scenario":
        return _read_scenario(screen, value, options[value])
    chosen = screen.chosen
    if kind == "month":
        chosen = replace(chosen, month=pd.Timestamp(value))
    elif kind == "result":
        chosen = replace(chosen, indicator=value)
    seen = replace(screen, chosen=chosen)
    parts = {i: screen.figures.of_month(i, chosen.month) for i in map_change.parts_of(screen)} if kind == "month" else {}
    return Other(kind, value, options[value], seen, seen.month_results(), parts)


def _read_scenario(screen: Screen, value: str, name: str) -> Other | None:
    try:
        projection = screen.figures.projection(all_scenarios(screen.figures)[value])
    except ScenarioError:
        return None
    month = projection.months[-1]
    rows = projection.of_month(screen.chosen.indicator, month).loc[screen.codes]
    parts = {i: projection.of_month(i, month) for i in map_change.parts_of(screen)}
    return Other("scenario", value, f"{name}, {screen.t.month(month)}", screen, rows, parts)


def to_send(screen: Screen, other: Other | None) -> Beside | None:
    """What the page draws beside."""
    if other is None:
        return None
    first = screen.result_label(screen.chosen.indicator) if other.kind == "result" else screen.t.month(screen.chosen.month)
    if other.kind == "commune":
        own = _own(screen)
        styles: dict[str, CommuneStyle] = style_communes(other.screen, other.results)
        return Beside(styles, (screen.name(own), other.name), (own, other.value))
    if change := read_change(screen, other):
        key = "beside.change_since" if other.kind == "month" else "beside.change_to"
        return Beside(change.styles, (first, screen.t(key, name=other.name)))
    return Beside(style_communes(other.screen, other.results), (first, other.name))


def read_change(screen: Screen, other: Other | None) -> MapOfChange | None:
    """The change between both sides, where it is asked for: since a month; from the observed month to the scenario's."""
    if other is None or other.kind not in ("month", "scenario") or not _shows_change():
        return None
    now = {i: screen.figures.of_month(i, screen.chosen.month) for i in other.parts}
    mine = (screen.month_results(), map_change.known_indicators(screen, now))
    theirs = (other.results, map_change.known_indicators(screen, other.parts))
    (before, set_before), (after, set_after) = (theirs, mine) if other.kind == "month" else (mine, theirs)
    return map_change.read_change(screen, before, after, (set_before, set_after))


def render_legend(screen: Screen, other: Other) -> None:
    """One legend for both maps, with the counts of each where they differ; below it the scale of the change."""
    names = [screen.t("dates.now") if other.kind != "result" else screen.result_label(screen.chosen.indicator), other.name]
    counts = [class_counts(screen.month_results()), class_counts(other.results)]
    change = read_change(screen, other)
    if change is not None or other.kind == "commune":
        names, counts = names[:1], counts[:1]
    st.html(fill("beside_legend", screen.t, names=names, rows=list_legend(screen, counts), change=change))
