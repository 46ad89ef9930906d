"""The rules of a choice of places on a screen: held in the session, mirrored in the address, moved by controls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from pages.address.choosing import KEYS, MOST_WEIGHT, Rules, write_rules
from pages.print.choosing import write_choice_csv, write_choice_note, write_choice_workbook
from pages.print.media_types import DOCX, XLSX
from pages.widgets.screen import Screen
from pages.widgets.session import RULES_OF
from pages.words.choosing import Choice, Places


@dataclass(frozen=True, slots=True)
class Controls:
    """How rules are moved: criteria, their units, sizes of the list, which places may be left out by hand, and some texts."""

    places: Places
    criteria: Sequence[str]
    unit: Callable[[str], str]
    sizes: tuple[int, int]
    excludable: Sequence[str]
    size_label: str
    placeholder: str


def address(about: str) -> dict[str, str]:
    """The rules, where the reader or an address gave any."""
    _hold(about)
    return {key: str(st.session_state[key]) for key in KEYS if st.session_state.get(key)}


def asked(about: str) -> dict[str, str]:
    """The rules as the session holds them, empty where nobody gave any."""
    _hold(about)
    return {key: str(st.session_state.get(key) or "") for key in KEYS}


def take(about: str, rules: dict[str, str]) -> None:
    """Have the session hold some rules as an address writes them."""
    st.session_state.update({RULES_OF: about} | dict.fromkeys(KEYS, "") | rules)


def _hold(about: str) -> None:
    """Rules of communes and of douars have the same parameters: those of the other screen are put aside until it is opened again."""
    state, held = st.session_state, st.session_state.get(RULES_OF, about)
    if held != about:
        state[f"_rules_{held}"] = {key: state.get(key, "") for key in KEYS}
        state.update(dict.fromkeys(KEYS, "") | state.get(f"_rules_{about}", {}))
    state[RULES_OF] = about


def render_controls(screen: Screen, controls: Controls, rules: Rules) -> None:
    """Weights and size; thresholds and exclusions folded."""
    t, about, smallest = screen.t, controls.places.about, controls.sizes[0]
    for name in controls.criteria:
        key = f"{about}_weight_{name}"
        st.session_state[key] = rules.weights[name]
        label = controls.places.label(screen, name)
        st.slider(label, 0, MOST_WEIGHT, key=key, on_change=_keep, args=(controls,))
    st.session_state[f"{about}_size"] = min(max(rules.size, smallest), controls.sizes[1])
    st.slider(controls.size_label, *controls.sizes, key=f"{about}_size", on_change=_keep, args=(controls,))
    with st.expander(t("choose.thresholds"), expanded=bool(rules.least or rules.excluded)):
        _render_thresholds(screen, controls, rules)


def _render_thresholds(screen: Screen, controls: Controls, rules: Rules) -> None:
    """The least value of a criterion in its unit, and the places that are left out by hand."""
    t, places = screen.t, controls.places
    for name in controls.criteria:
        key = f"{places.about}_least_{name}"
        st.session_state[key] = rules.least.get(name)
        label = t("choose.least", criterion=places.label(screen, name), unit=controls.unit(name))
        st.number_input(label, value=None, key=key, on_change=_keep, args=(controls,), placeholder=t("choose.no_threshold"))
    key = f"{places.about}_without"
    st.session_state[key] = list(rules.excluded)
    st.multiselect(
        places.say(screen, "without"),
        list(dict.fromkeys((*rules.excluded, *controls.excludable))),
        format_func=lambda code: places.name(screen, code),
        key=key,
        on_change=_keep,
        args=(controls,),
        placeholder=controls.placeholder,
    )


def _keep(controls: Controls) -> None:
    """What was moved becomes the rules of the address."""
    state, about, names = st.session_state, controls.places.about, controls.criteria
    least = {name: state[f"{about}_least_{name}"] for name in names if state.get(f"{about}_least_{name}") is not None}
    weights = {name: int(state[f"{about}_weight_{name}"]) for name in names}
    excluded = tuple(state.get(f"{about}_without", ()))
    written = write_rules(Rules(weights, least, excluded, int(state[f"{about}_size"])))
    # No weight at all is a choice too, not the default.
    take(about, {"weights": f"{names[0]}:0"} | written)


def offer_files(screen: Screen, choice: Choice, parts: Sequence[str]) -> None:
    """The note for the file of a decision, the workbook, the table, named by some parts."""
    t = screen.t
    forms = {
        "docx": (t("choose.note"), DOCX, lambda: write_choice_note(screen, choice, date.today())),
        "xlsx": (t("table.xlsx"), XLSX, lambda: write_choice_workbook(screen, choice)),
        "csv": (t("table.csv"), "text/csv", lambda: write_choice_csv(screen, choice)),
    }
    with st.container(horizontal=True):
        for form, (label, media_type, write) in forms.items():
            name, key = screen.name_file(*parts, form=form), f"{choice.places.about}-{form}"
            st.download_button(label, write, name, media_type, on_click="ignore", key=key)
