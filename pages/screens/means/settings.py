"""What the reader chooses on the Means screen; kept for the session, whichever part or screen is shown meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from analytics.allocation_problem import Limits
from analytics.model import Sector
from analytics.resources import Competence, Means, Response
from data.i18n import Translator
from pages.widgets.screen import Screen
from pages.words.money import MILLION

PARTS = ("gap", "allocation", "mobile", "costs")
MONTHS = (3, 6, 12, 24)
TARGETS = (1.0, 1.1, 1.2, 1.5)
FLOORS = tuple(range(0, 105, 5))
LARGEST_BUDGET = 2000.0
LARGEST_WEIGHT = 100.0
MODES = ("budget", "units")
UNITS_AT_FIRST = 10

_KEPT = "_means_kept"
_DEFAULTS: dict[str, Any] = {
    "means_part": "gap",
    "means_response": Response.QUICK.value,
    "means_months": 12,
    "means_beyond": False,
    "means_without": False,
    "means_mode": "budget",
    "means_budget": 10.0,
    "means_ceiling": 0,
    "means_floor": 0,
    "means_target": 1.2,
    "means_competences": [c.value for c in Competence],
    "means_plan": "fairness",
    "means_whom": "far",
    "means_places": "communes",
    "means_walk": 3,
    "means_cycle": 4,
    "means_units": 3,
    "means_radius": 25,
    "means_days": 5,
    "means_visits": 1.0,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """Resources that may be given, whose decision they may be, the limits, and what a day of each service counts."""

    resources: tuple[str, ...]
    competences: tuple[str, ...]
    limits: Limits
    service_weights: tuple[tuple[Sector, float], ...] = ()


def restore(means: Means) -> None:
    """Give every choice the value last chosen, or its default; a widget that was not drawn meanwhile has forgotten its own."""
    defaults = {**_DEFAULTS, "means_resources": [r.id for r in means.resources.values() if r.offered]}
    for key, value in {**defaults, **st.session_state.get(_KEPT, {})}.items():
        st.session_state[key] = value


def kept(key: str) -> dict[str, Any]:
    """Arguments of a widget whose value outlives it."""
    return {"key": key, "on_change": _keep, "args": (key,)}


def _keep(key: str) -> None:
    st.session_state[_KEPT] = {**st.session_state.get(_KEPT, {}), key: st.session_state[key]}


def choose_part(t: Translator) -> str:
    """Which question of the screen is looked at."""
    return str(
        st.segmented_control(
            t("means.part"),
            PARTS,
            format_func=lambda part: t(f"means.part_{part}"),
            **kept("means_part"),
            required=True,
            label_visibility="collapsed",
        )
    )


def choose_answer(t: Translator) -> None:
    """Quick or durable, and the months that recurring costs run."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options = [r.value for r in Response]
        st.radio(
            t("means.response"),
            options,
            format_func=lambda r: t(f"response.{r}"),
            **kept("means_response"),
            horizontal=True,
            help=t("means.response_help"),
        )
        st.selectbox(
            t("means.months"),
            MONTHS,
            format_func=lambda m: t.quantity(m, "months"),
            **kept("means_months"),
            width=300,
        )


def choose_support(screen: Screen) -> None:
    """Whether support that is funded, under way or done is left in what is missing."""
    st.toggle(screen.t("support.without"), help=screen.t("support.without_help"), **kept("means_without"))


def choose_limits(screen: Screen, means: Means) -> Choices:
    """Budget or units, resources, and the constraints."""
    t = screen.t
    left, right = st.columns([1, 2], gap="large")
    with left:
        mode = st.radio(
            t("means.mode"), MODES, format_func=lambda m: t(f"means.mode_{m}"), **kept("means_mode"), horizontal=True
        )
        if mode == "budget":
            st.number_input(
                t("means.budget"),
                0.0,
                LARGEST_BUDGET,
                step=1.0,
                format="%.1f",
                **kept("means_budget"),
                help=t("means.budget_help"),
            )
    with right:
        resources = st.multiselect(
            t("means.resources"), list(means.resources), format_func=lambda r: t.label(means.resources[r].labels),
            **kept("means_resources"), help=t("means.resources_help"),
        )  # fmt: skip
    stocks = _choose_stocks(means, resources, t) if mode == "units" else ()
    with st.expander(t("means.constraints")):
        limits = _choose_constraints(t)
        competences = st.multiselect(
            t("means.competences"),
            [c.value for c in Competence],
            format_func=lambda c: t(f"competence.{c}"),
            **kept("means_competences"),
            help=t("means.competences_help"),
        )
        weights = _choose_weights(screen, means)
    budget = float(st.session_state["means_budget"]) * MILLION if mode == "budget" else None
    ceiling, floor, target = limits
    return Choices(tuple(resources), tuple(competences), Limits(budget, stocks, ceiling, floor, target), weights)


def _choose_weights(screen: Screen, means: Means) -> tuple[tuple[Sector, float], ...]:
    """What a day on which one person is served counts, service by service."""
    t, chosen = screen.t, []
    st.markdown(t("means.weights"), help=t("means.weights_help"))
    with st.container(horizontal=True):
        for sector, weight in means.service_weights.items():
            key = f"means_weight_{sector.value}"
            st.session_state.setdefault(key, float(weight))
            label = t.label(screen.figures.definitions.sector_labels[sector])
            value = st.number_input(label, 0.0, LARGEST_WEIGHT, step=0.5, format="%.1f", width=190, **kept(key))
            chosen.append((sector, float(value)))
    return tuple(chosen)


def _choose_stocks(means: Means, resources: list[str], t: Translator) -> tuple[tuple[str, int], ...]:
    stocks = []
    with st.container(horizontal=True):
        for resource in resources:
            key = f"means_stock_{resource}"
            st.session_state.setdefault(key, UNITS_AT_FIRST)
            units = st.number_input(t.label(means.resources[resource].labels), 0, 10_000, width=190, **kept(key))
            stocks.append((resource, int(units)))
    return tuple(stocks)


def _choose_constraints(t: Translator) -> tuple[int | None, float, float]:
    """Ceiling (None without one), equity floor as a share, target of the plan at least cost."""
    one, two, three = st.columns(3, gap="medium")
    with one:
        ceiling = int(st.number_input(t("means.ceiling"), 0, 1000, **kept("means_ceiling"), help=t("means.ceiling_help")))
    with two:
        floor = st.select_slider(
            t("means.floor"),
            FLOORS,
            format_func=lambda f: t.percent(f / 100),
            **kept("means_floor"),
            help=t("means.floor_help"),
        )
    with three:
        target = st.selectbox(
            t("means.target"), TARGETS, format_func=lambda p: t("pressure.times", times=t.number(p, 1)), **kept("means_target"),
            help=t("means.target_help"),
        )  # fmt: skip
    return ceiling or None, float(floor) / 100, float(target)
