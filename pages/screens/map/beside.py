"""What stands beside the map: another month, result, scenario or commune; or the change since then, on a diverging scale."""

from __future__ import annotations

import streamlit as st

from analytics.summary import class_counts
from geo.map_layers import Beside
from pages.html import fill
from pages.screens.map.styles import style_communes
from pages.widgets.screen import Screen
from pages.widgets.two_maps import list_legend
from pages.words import map_pair
from pages.words.map_change import MapOfChange
from pages.words.map_pair import COMMUNE, KINDS, MONTH, RESULT, SCENARIO, AskedPair, Other

_ASKED, _CHANGE = "beside", "change"


def address() -> dict[str, str]:
    """What stands beside, and whether as a change; nothing where one map stands alone."""
    asked = asked_beside()
    return {_ASKED: asked, **({_CHANGE: "1"} if shows_change() else {})} if asked else {}


def asked_beside() -> str:
    """What stands beside, as the address says it (``month:2024-08``); empty where one map stands alone."""
    return str(st.session_state.get(_ASKED, ""))


def shows_change() -> bool:
    """Whether the change stands in the place of the second map."""
    return str(st.session_state.get(_CHANGE, "")) == "1" and asked_beside().partition(":")[0] in (MONTH, SCENARIO)


def own_commune(screen: Screen) -> str:
    """The commune on the first map, where communes stand against each other."""
    return map_pair.read_own(screen, st.session_state.get("card"))


def choose(screen: Screen) -> None:
    """In a row of the screen: of which kind, and what; for a month or a scenario whether the change is shown in its place."""
    t = screen.t
    kind, _, value = asked_beside().partition(":")
    kinds = [k for k in KINDS if not k or _options(screen, k)]
    st.session_state["map_beside_kind"] = kind if kind in kinds else ""
    st.segmented_control(
        t("beside.title"), kinds, format_func=lambda k: t(f"beside.{k or 'nothing'}"), key="map_beside_kind",
        required=True, on_change=_take_kind, args=(screen,),
    )  # fmt: skip
    options = _options(screen, kind)
    if not options:
        return
    st.session_state["map_beside_value"] = value if value in options else next(iter(options))
    st.selectbox(
        t(f"beside.{kind}"), list(options), format_func=options.__getitem__, key="map_beside_value", width=240,
        on_change=_take_value, args=(kind,),
    )  # fmt: skip
    if kind in (MONTH, SCENARIO):
        st.session_state["map_change"] = shows_change()
        st.toggle(t("beside.change"), key="map_change", on_change=_take_change)


def _options(screen: Screen, kind: str) -> dict[str, str]:
    return map_pair.list_others(screen, kind, own_commune(screen))


def _take_kind(screen: Screen) -> None:
    kind = st.session_state["map_beside_kind"]
    st.session_state[_ASKED] = f"{kind}:{next(iter(_options(screen, kind)))}" if kind else ""


def _take_value(kind: str) -> None:
    st.session_state[_ASKED] = f"{kind}:{st.session_state['map_beside_value']}"


def _take_change() -> None:
    st.session_state[_CHANGE] = "1" if st.session_state["map_change"] else ""


def read_other(screen: Screen) -> Other | None:
    """What stands beside; None where nothing does, or what the address asks for is not there."""
    return map_pair.read_other(screen, asked_beside(), own_commune(screen))


def asked_pair(screen: Screen) -> AskedPair:
    """Both maps as they stand, for a picture of them."""
    return AskedPair(asked_beside(), own_commune(screen), shows_change())


def to_send(screen: Screen, other: Other | None) -> Beside | None:
    """What the page draws beside."""
    if other is None:
        return None
    own, change = own_commune(screen), read_change(screen, other)
    names = map_pair.name_maps(screen, other, own, is_change=change is not None)
    styles = change.styles if change else style_communes(other.view, other.results, is_observed=other.ahead is None)
    return Beside(styles, names, (own, other.value) if other.kind == COMMUNE else None)


def read_change(screen: Screen, other: Other | None) -> MapOfChange | None:
    """The change between both sides, where it is asked for."""
    return map_pair.read_change(screen, other) if other is not None and shows_change() else None


def render_legend(screen: Screen, other: Other) -> None:
    """One legend for both maps, with the counts of each where they differ; below it the scale of the change."""
    names = [screen.t("dates.now") if other.kind != RESULT else screen.result_label(screen.chosen.indicator), other.name]
    counts = [class_counts(screen.month_results()), class_counts(other.results)]
    change = read_change(screen, other)
    if change is not None or other.kind == COMMUNE:
        names, counts = names[:1], counts[:1]
    st.html(fill("beside_legend", screen.t, names=names, rows=list_legend(screen, counts), change=change))
