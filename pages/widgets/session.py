"""What the reader is looking at: one value, kept in the session and mirrored in the address, so that a link reopens the view."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analytics.assessment import COMPOSITE_ID
from analytics.assumptions import DEFAULTS, Assumptions
from analytics.baseline_rules import BASELINE_ID
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES
from data.province import Province, default_province, find_province, offered_provinces
from pages.address import choosing
from pages.address.assumptions import KNOWN, LENS, OPTIONS, opening_choices, read_assumptions, write_assumptions
from pages.address.province import PARAMETER
from pages.address.selection import WALKED, Selection, read_selection
from pages.figures import opening
from pages.figures.figures import Figures

# What the Scenarios screen keeps in the address besides: the scenario, the one beside it, the month looked at, what was edited.
SCENARIO_KEYS = ("scenario", "compare", "ahead", "edit")

# What the Means screen keeps besides: the scenario that gaps and plans rest on, and its month ahead.
BASIS_KEYS = ("on", "at")

# And the need or the commune that is looked at alone.
MEANS_KEYS = ("only",)

# What the Council screen keeps: on what the session is held, and the question on the wall (none outside of the mode).
COUNCIL_KEYS = ("subject", "question")

# What the Plan screen keeps: the chapter that is open, and the version (none for the draft).
PLAN_KEYS = ("chapter", "version", "definitions")

# What the screen of the ground keeps: the part that is open.
PLACES_KEYS = ("part",)

# What the Compare screen keeps: the other date, and the rules of the choice of communes; that of the ground has the rules too.
COMPARE_KEYS = ("since", *choosing.KEYS)

# Of which places the rules of a choice are that the session holds: communes and douars have the same parameters.
RULES_OF = "_rules_of"

# What the Map screen keeps: the layers, what the douars show, what stands beside, and whether as a change.
MAP_KEYS = ("layers", "douars", "beside", "change")

# What the Methods screen keeps: the topic or indicator that is open.
METHODS_KEYS = ("topic",)

# What the Support screen keeps: the part that is open, and the need that its title is about.
SUPPORT_KEYS = ("support", "need", "support_map")

# Parameter of the address that the screen of activities and results adds: which part of it is open.
RESULTS_KEYS = ("results",)

# How often the slider of the map was moved.
_SLIDES = "_slides"

# What every screen is on.
CHOSEN_KEYS = ("territory", "month", "indicator", "commune")

KEYS = (
    PARAMETER, "lang", *CHOSEN_KEYS, *OPTIONS, "card", *SCENARIO_KEYS, *BASIS_KEYS, *MEANS_KEYS, *COUNCIL_KEYS, *PLAN_KEYS,
    *PLACES_KEYS, *COMPARE_KEYS, *MAP_KEYS, *METHODS_KEYS, *SUPPORT_KEYS, *RESULTS_KEYS,
)  # fmt: skip


# What means the same in every territory.
KEPT_ELSEWHERE = frozenset((PARAMETER, "lang", "month", "indicator", "all_indicators", *OPTIONS, "_address_read", "_asked"))


def read_address() -> None:
    """Copy the address's parameters into session_state, once per session and when the reader went back or forward; values that are
    not known are left to their defaults."""
    if WALKED in st.query_params:
        _read_walked()
        return
    if st.session_state.get("_address_read"):
        return
    for key in KEYS:
        if key in st.query_params:
            st.session_state[key] = st.query_params[key]
    st.session_state["_card_asked"] = "commune" in st.query_params and "card" not in st.query_params
    st.session_state["_commune_asked"] = st.query_params.get("commune", "")
    st.session_state["_asked"] = frozenset(st.query_params)
    st.session_state["_address_read"] = True


def _read_walked() -> None:
    """An address that this session wrote is shown again: what it holds is chosen, what it does not hold is chosen no more."""
    for key in KEYS:
        if key in st.query_params:
            st.session_state[key] = st.query_params[key]
        elif key not in (PARAMETER, "lang", *OPTIONS):
            st.session_state.pop(key, None)
    # They are of the screen that is gone back to.
    st.session_state.pop(RULES_OF, None)
    st.session_state["_address_read"] = True


def open_card_asked(*, shows_card: bool) -> None:
    """Where a visit arrives on the map with a commune and not a word of a card, open that commune's; on any other screen the
    commune is that screen's, and the map opens no card when it is gone to."""
    if st.session_state.pop("_card_asked", False) and shows_card:
        st.session_state["card"] = st.session_state["commune"]
    if opened := st.session_state.pop("_card_opened", ""):
        st.session_state["card"] = opened


def open_card(commune: str) -> None:
    """Have the next run open the card of a commune: in this one the list with the same choice is drawn already."""
    st.session_state["_card_opened"] = commune


def write_address(selection: Selection, further: Mapping[str, str] | None = None) -> None:
    """Mirror the selection, and what the screen keeps besides, in the address, so that it can be copied."""
    wanted = selection.address() | dict(further or {})
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def current_language() -> str:
    """Language of the session, French at first."""
    return keep_valid("lang", list(LANGUAGES), DEFAULT_LANGUAGE)


def current_province() -> Province:
    """Territory of the session, the default one at first."""
    return find_province(keep_valid(PARAMETER, [p.id for p in offered_provinces()], default_province().id))


def leave_province() -> None:
    """Have the next run begin anew in another territory: only what means the same there is kept."""
    for key in [k for k in st.session_state if k not in KEPT_ELSEWHERE]:
        del st.session_state[key]


def settle_lens(screen: str) -> None:
    """Where neither the address nor the reader said which figures to look at, those that the screen opens on."""
    for name, choice in opening_choices(screen, st.session_state.get("_asked", ())).items():
        st.session_state.setdefault(name, choice)


def follow_lens() -> None:
    """After another lens was put on: the month and the result that were only what the screen opened on are opened anew."""
    st.session_state.pop("month", None)
    if st.session_state.get("indicator") in (COMPOSITE_ID, BASELINE_ID):
        del st.session_state["indicator"]


def current_assumptions() -> Assumptions:
    """How displaced persons are counted, on which base and against which norms in this session."""
    defaults = write_assumptions(DEFAULTS) | {
        "basis": DEFAULTS.basis.value,
        "norms": DEFAULTS.profile.value,
        LENS: DEFAULTS.figures.value,
        KNOWN: DEFAULTS.known.value,
    }
    return read_assumptions({name: keep_valid(name, list(known), defaults[name]) for name, known in OPTIONS.items()})


def current_selection(figures: Figures) -> Selection:
    """The session's selection, every part replaced by its default where it does not exist in these figures."""
    _move_to_next_month([f"{m:%Y-%m}" for m in figures.months])
    current_assumptions()
    chosen = read_selection(figures, {key: st.session_state[key] for key in KEYS if key in st.session_state})
    # Streamlit deletes a widget's session_state key when the widget is not drawn in a rerun.
    # Assigning the keys again, even to the same values, keeps the choice when the reader changes screen.
    st.session_state.update({key: value for key, value in chosen.address().items() if key in CHOSEN_KEYS})
    return chosen


def month_key() -> str:
    """Key of the month in the sidebar: another one after each move of the map's slider. The page sends the values of all widgets with
    each move; what the sidebar showed before it heard of the last move is under the old key, and is not taken for a choice."""
    return f"sidebar_month_{st.session_state.get(_SLIDES, 0)}"


def take_month(key: str, *, is_slid: bool = False) -> None:
    """Look at the month that a widget holds."""
    st.session_state["month"] = st.session_state[key]
    st.session_state[_SLIDES] = st.session_state.get(_SLIDES, 0) + is_slid


def ask_for_next_month() -> None:
    """Have the next rerun move on by one month, and from the last one to the first."""
    st.session_state["_next_month_asked"] = True


def _move_to_next_month(months: list[str]) -> None:
    if st.session_state.pop("_next_month_asked", False) and st.session_state.get("month") in months:
        st.session_state["month"] = months[(months.index(st.session_state["month"]) + 1) % len(months)]


def keep_valid(key: str, options: list[str], default: str) -> str:
    """The session's value of a key, replaced by the default when it is not among the options."""
    value = st.session_state.get(key)
    # Streamlit deletes a widget's session_state key when the widget is not drawn in a rerun.
    # Assigning the key again, even to the same value, keeps the choice when the reader changes screen.
    st.session_state[key] = value if value in options else default
    return str(st.session_state[key])


def look_at(figures: Figures, observations: pd.DataFrame) -> None:
    """Have the next rerun show what was just written: the month with most of its figures, on the result that shows them best."""
    figures_by_month = observations["reference_date"].dt.to_period("M").dt.to_timestamp().value_counts()
    months = figures_by_month[figures_by_month.index.isin(figures.months)]
    if months.empty:
        return
    month = months[months == months.max()].index.max()
    imported = observations[observations["reference_date"] == month]
    st.session_state["month"] = f"{month:%Y-%m}"
    st.session_state["indicator"] = opening.clearest_result(
        figures, month, set(imported["commune_code"]), set(imported["variable"])
    )


def keep_valid_or_none(key: str, options: list[str]) -> None:
    """Forget the session's value of a key when it is not among the options."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = None
