"""Choices of places saved by name with the role and the reason: listed, reopened, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from data.records.entry_checks import read_places
from data.records.place_choices import LONGEST_NAME, LONGEST_REASON, PLACE_CHOICES
from data.records.register import first_problem, tidy, write_row
from pages.address.choosing import Rules, write_rules
from pages.widgets import choosing, store_action
from pages.widgets.confirm import confirmed
from pages.widgets.html import plain_markdown, show
from pages.widgets.screen import Screen
from pages.words.choosing import Places
from pages.words.saved_choices import SavedChoice, list_saved


def render_saved(screen: Screen, places: Places, rules: Rules) -> None:
    """What was saved, and the form that saves what stands on the screen, for whoever may."""
    t, saved, writes = screen.t, list_saved(screen, places), screen.writes(PLACE_CHOICES)
    store_action.show_outcome(_key(places))
    if not saved and not writes:
        return
    with st.expander(t("saved_choice.title", count=len(saved)), icon=":material/bookmarks:", expanded=bool(saved)):
        for choice in saved:
            _render_one(screen, places, choice, writes=writes)
        if writes:
            _render_form(screen, places, rules)


def _render_one(screen: Screen, places: Places, choice: SavedChoice, *, writes: bool) -> None:
    """A choice with its reason and rules; the buttons that open it again and withdraw it."""
    t, key = screen.t, f"{places.about}-{choice.name}"
    show("saved_choice", t, choice=choice)
    with st.container(horizontal=True):
        st.button(
            t("saved_choice.reopen"), icon=":material/open_in_browser:", key=f"reopen-{key}", on_click=_reopen,
            args=(places.about, choice),
        )  # fmt: skip
        gone = writes and confirmed(
            t,
            f"withdraw-{key}",
            t("saved_choice.withdraw"),
            t("saved_choice.withdraw_sure", name=plain_markdown(choice.name)),
            icon=":material/undo:",
        )
    if gone:

        def withdraw() -> str:
            write_row(screen.store, PLACE_CHOICES, _today(choice.entry), withdrawn=True)
            return t("saved_choice.withdrawn", name=choice.name)

        store_action.do(screen, _key(places), withdraw)


def _reopen(about: str, choice: SavedChoice) -> None:
    """The rules, the territory and the month become those of the screen, and of its address."""
    choosing.take(about, dict(choice.rules))
    st.session_state.update({"territory": choice.territory, "month": choice.month})


def _render_form(screen: Screen, places: Places, rules: Rules) -> None:
    t, edition = screen.t, store_action.edition(_key(places))
    with st.form(f"save-{places.about}-{edition}", border=False):
        name = st.text_input(t("register.choice_name"), max_chars=LONGEST_NAME, key=f"save-name-{places.about}-{edition}")
        reason = st.text_area(
            t("register.justification"), max_chars=LONGEST_REASON, help=t("council.no_names"), height=80,
            key=f"save-reason-{places.about}-{edition}",
        )  # fmt: skip
        if st.form_submit_button(t("saved_choice.save"), icon=":material/save:"):
            _save(screen, places, rules, name, reason)


def _save(screen: Screen, places: Places, rules: Rules, name: str, reason: str) -> None:
    """Refused with the field and the remedy by the checks that a file goes through."""
    t, chosen = screen.t, screen.chosen
    if not any(rules.weights.values()):
        st.error(t("compare.no_weight"))
        return
    values = {
        "about": places.about, "choice_name": name, "role": screen.person.viewer.role.value, "justification": reason,
        "territory": chosen.territory, "month": f"{chosen.month:%Y-%m}",
    }  # fmt: skip
    entry = _today(tidy(PLACE_CHOICES, values | write_rules(rules)))
    if problem := first_problem(PLACE_CHOICES, entry, read_places(screen.figures.communes)):
        st.error(t("register.refused", field=t(f"register.{problem.field}"), why=t(f"check.{problem.key}")))
        return

    def save() -> str:
        write_row(screen.store, PLACE_CHOICES, entry)
        return t("saved_choice.saved", name=entry["choice_name"])

    store_action.do(screen, _key(places), save)


def _today(entry: Mapping[str, str]) -> dict[str, str]:
    """An entry of today: the newest of a name is in force."""
    return {**entry, "reference_date": date.today().isoformat()}


def _key(places: Places) -> str:
    return f"place_choice_{places.about}"
