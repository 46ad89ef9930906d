"""Choosing communes by stated criteria: weights, thresholds, exclusions and size in the address; the list with its reasons."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from pages.address.choosing import KEYS, MOST_WEIGHT, SIZES, Rules, read_rules, write_rules
from pages.html import fill
from pages.print.charts.catalogue import short_list_chart
from pages.print.choosing import write_choice_csv, write_choice_note, write_choice_workbook
from pages.print.media_types import DOCX, XLSX
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words import choosing
from pages.words.choosing import CRITERIA, Choice, choose_communes
from pages.words.links import commune_link


def address() -> dict[str, str]:
    """The rules, where the reader or an address gave any."""
    return {key: str(st.session_state[key]) for key in KEYS if st.session_state.get(key)}


def render_criteria(screen: Screen) -> None:
    """Weights at one side, the short list at the other."""
    t = screen.t
    st.caption(t("compare.criteria_lead"))
    rules = _read(screen)
    left, right = st.columns([2, 3], gap="large")
    with left:
        for name in CRITERIA:
            _weight(screen, rules, name)
        st.session_state["compare_size"] = min(rules.size, len(screen.codes))
        st.slider(
            t("compare.size"), SIZES[0], max(2, len(screen.codes)), key="compare_size", on_change=_keep, args=(screen,)
        )
        with st.expander(t("choose.thresholds"), expanded=bool(rules.least or rules.excluded)):
            _thresholds(screen, rules)
    with right:
        if not any(rules.weights.values()):
            st.info(t("compare.no_weight"))
            return
        _render_choice(screen, choose_communes(screen, rules))


def _read(screen: Screen) -> Rules:
    asked = {key: str(st.session_state.get(key) or "") for key in KEYS}
    return read_rules(asked, CRITERIA, choosing.first_weights(screen), screen.codes)


def _weight(screen: Screen, rules: Rules, name: str) -> None:
    key = f"compare_weight_{name}"
    st.session_state[key] = rules.weights[name]
    st.slider(screen.t(f"compare.criterion_{name}"), 0, MOST_WEIGHT, key=key, on_change=_keep, args=(screen,))


def _thresholds(screen: Screen, rules: Rules) -> None:
    """The least value of a criterion in its unit, and the communes that are left out by hand."""
    t = screen.t
    for name in CRITERIA:
        key = f"compare_least_{name}"
        st.session_state[key] = rules.least.get(name)
        unit = t(f"unit.{choosing.UNITS[name]}") if name in choosing.UNITS else "0–100"
        label = t("choose.least", criterion=t(f"compare.criterion_{name}"), unit=unit)
        st.number_input(label, value=None, key=key, on_change=_keep, args=(screen,), placeholder=t("choose.no_threshold"))
    st.session_state["compare_without"] = list(rules.excluded)
    st.multiselect(
        t("choose.without"), screen.codes, format_func=screen.name, key="compare_without", on_change=_keep, args=(screen,),
        placeholder=t("draw.placeholder"),
    )  # fmt: skip


def _keep(screen: Screen) -> None:
    """What was moved becomes the rules of the address."""
    state = st.session_state
    least = {name: state[f"compare_least_{name}"] for name in CRITERIA if state.get(f"compare_least_{name}") is not None}
    weights = {name: int(state[f"compare_weight_{name}"]) for name in CRITERIA}
    excluded = tuple(code for code in screen.codes if code in state.get("compare_without", ()))
    written = write_rules(Rules(weights, least, excluded, int(state["compare_size"])))
    # No weight at all is a choice too, not the default.
    state.update(dict.fromkeys(KEYS, "") | {"weights": f"{CRITERIA[0]}:0"} | written)


def _render_choice(screen: Screen, choice: Choice) -> None:
    t, size = screen.t, choice.rules.size
    st.markdown(f"**{choosing.state_choice(screen, choice)}**")
    rows = [
        {**row, "href": commune_link(screen, str(row["code"]))}
        for row in choosing.list_rows(screen, choice, size + max(3, size // 2))
    ]
    criteria = [t(f"compare.criterion_{name}") for name in choice.points.columns]
    html = fill(
        "short_list",
        t,
        rows=rows,
        criteria=criteria,
        left_out=choosing.list_left_out(screen, choice),
        cercles=choosing.list_cercles(screen, choice),
        source=choosing.write_sources(screen, choice.rules),
    )
    shown = choice.listed.head(size + size // 2)
    show_places(screen, html, [short_list_chart(screen, shown, dict(choice.rules.weights))], key="compare-short-list")
    _offer_files(screen, choice)


def _offer_files(screen: Screen, choice: Choice) -> None:
    """The note for the file of a decision, the workbook, the table."""
    t = screen.t
    name = partial(screen.name_file, "criteres", f"{screen.chosen.month:%Y-%m}")
    forms = {
        "docx": (t("choose.note"), DOCX, lambda: write_choice_note(screen, choice, date.today())),
        "xlsx": (t("table.xlsx"), XLSX, lambda: write_choice_workbook(screen, choice)),
        "csv": (t("table.csv"), "text/csv", lambda: write_choice_csv(screen, choice)),
    }
    with st.container(horizontal=True):
        for form, (label, media_type, write) in forms.items():
            st.download_button(label, write, name(form=form), media_type, on_click="ignore", key=f"choice-{form}")
