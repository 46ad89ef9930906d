"""A second shock: its epicentre on a map or by numbers, magnitude, depth, month; what it does to each commune, shaded at once; how far
the equation holds."""

from __future__ import annotations

from dataclasses import replace

import folium
import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from analytics.scenario import Scenario, ScenarioError
from analytics.scenario_application import shock_effects
from analytics.shock import ResidualCheck, Shock, check_residuals
from analytics.shock_effects import ShockEffects
from data.source_words import write_source
from geo.map_styles import build_styles, write_styles
from geo.palette import INK, WHITE
from pages.widgets import store_action
from pages.widgets.html import show
from pages.widgets.live_map import base_map
from pages.widgets.screen import Screen
from pages.words.shock_map import BANDS, ShockMap, shade_shock

HEIGHT = 380
FIRST_MAGNITUDE = 6.0
FIELDS = ("latitude", "longitude", "magnitude", "depth_km")
STEPS = {"latitude": 0.05, "longitude": 0.05, "magnitude": 0.1, "depth_km": 1.0}
WORST_SHOWN = 8


def render_switch(screen: Screen, scenario: Scenario) -> Scenario:
    """The switch that adds an earthquake to a scenario or takes it away."""
    edition = store_action.edition("scenario")
    on = st.toggle(screen.t("scenario.shock"), value=scenario.shock is not None, key=f"shock-{edition}")
    return replace(scenario, shock=(scenario.shock or _first(screen)) if on else None)


def _first(screen: Screen) -> Shock:
    """Where the territory's own second shock strikes, a little weaker and at once."""
    return replace(screen.figures.province.second_shock, magnitude=FIRST_MAGNITUDE, month=1)


def render_shock(screen: Screen, scenario: Scenario) -> Scenario:
    """Where the earthquake strikes and what it does; drawn in sight, since a folded map has no size to be drawn in."""
    if scenario.shock is None:
        return scenario
    st.subheader(screen.t("shock.place"))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        clicked = _place_on_map(screen, scenario.shock, _shade(screen, scenario))
    with right:
        struck = replace(scenario, shock=_numbers(screen, scenario, clicked or scenario.shock, moved=clicked is not None))
        _effects(screen, struck)
        _residuals(screen)
    return struck


def _shade(screen: Screen, scenario: Scenario) -> ShockMap | None:
    """The communes in the colours of the measure that is chosen; None for a shock that cannot be."""
    effects = _read_effects(screen, scenario)
    measure = st.segmented_control(
        screen.t("shock.shade"),
        list(BANDS),
        default=next(iter(BANDS)),
        required=True,
        format_func=lambda name: screen.t(f"shock.shade_{name}"),
        key="shock-shade",
    )
    return shade_shock(screen, effects, str(measure)) if effects else None


def _place_on_map(screen: Screen, shock: Shock, shaded: ShockMap | None) -> Shock | None:
    """The map with the epicentre over the shaded communes, and what the colours mean; the shock moved to where a place was clicked."""
    drawn = build_styles(write_styles(shaded.styles if shaded else {}), None)
    # Above the communes, which are fetched and may come later.
    folium.CircleMarker(
        (shock.latitude, shock.longitude),
        radius=10,
        color=INK,
        weight=4,
        fill=True,
        fill_color=WHITE,
        fill_opacity=1,
        pane="places",
    ).add_to(drawn)
    answer = st_folium(
        base_map(screen),
        key=f"epicentre-{screen.figures.province.id}-{screen.t.language}",
        feature_group_to_add=drawn,
        returned_objects=["last_clicked"],
        use_container_width=True,
        height=HEIGHT,
    )
    if shaded:
        show("shock_legend", screen.t, legend=shaded.legend)
    place = (answer or {}).get("last_clicked")
    if not place or place == st.session_state.get("_epicentre_clicked"):
        return None
    st.session_state["_epicentre_clicked"] = place
    return replace(shock, latitude=round(float(place["lat"]), 2), longitude=round(float(place["lng"]), 2))


def _numbers(screen: Screen, scenario: Scenario, shock: Shock, *, moved: bool) -> Shock:
    """The same choice for the keyboard."""
    t, limits = screen.t, screen.figures.scenario_setting.shock_model.limits
    edition = store_action.edition("scenario")
    values: dict[str, float] = {}
    for name in FIELDS:
        low, high = limits[name]
        key = f"shock-{name}-{edition}"
        asked = float(min(high, max(low, getattr(shock, name))))
        if moved or key not in st.session_state:
            st.session_state[key] = asked
        values[name] = float(st.number_input(t(f"scenario.shock_{name}_label"), low, high, step=STEPS[name], key=key))
    month = st.number_input(
        t("scenario.shock_month"),
        1,
        max(1, scenario.horizon_months),
        min(max(1, shock.month), max(1, scenario.horizon_months)),
        key=f"shock-month-{edition}",
    )
    return Shock(**{name: round(value, 2) for name, value in values.items()}, month=int(month))


def _read_effects(screen: Screen, scenario: Scenario) -> ShockEffects | None:
    """What the shock does; None for one that cannot be, which the screen says once, below the controls."""
    try:
        return shock_effects(screen.figures.assessment.panel, scenario, screen.figures.scenario_setting)
    except ScenarioError:
        return None


def _effects(screen: Screen, scenario: Scenario) -> None:
    """Where it shakes most, beside the numbers that move it; people displaced stand below (``shock_places``)."""
    t, effects = screen.t, _read_effects(screen, scenario)
    if effects is None:
        return
    strongest = effects.commune_codes[int(np.nanargmax(effects.intensity))]
    show(
        "scenario_shock",
        t,
        strongest=t(
            "scenario.shock_strongest",
            name=screen.name(strongest),
            intensity=t.number(float(np.nanmax(effects.intensity)), 1),
        ),
        assumption=t.label(dict(screen.figures.scenario_setting.shock_model.fragility.labels)),
    )


def _residuals(screen: Screen) -> None:
    """The equation against the intensities of the event that displaced people."""
    t, figures = screen.t, screen.figures
    setting, panel = figures.scenario_setting, figures.assessment.panel
    observed = panel["mmi_intensity"].value[:: len(panel.months)]
    centroids = np.array([setting.centroids[code] for code in panel.commune_codes])
    if np.isnan(observed).all():
        return
    check = check_residuals(observed, centroids, setting.shock_model)
    title = t("scenario.residuals", year=str(figures.province.event.day.year))
    with st.popover(title, icon=":material/query_stats:"):
        st.markdown(_residual_text(screen, check))
        order = np.argsort(-np.abs(np.nan_to_num(check.residual)))[:WORST_SHOWN]
        rows = [
            {
                "name": screen.name(panel.commune_codes[i]),
                "observed": t.number(float(observed[i]), 1),
                "predicted": t.number(float(check.predicted[i]), 1),
                "residual": t.number(float(check.residual[i]), 1),
            }
            for i in order
        ]
        censored = [
            {
                "name": screen.name(panel.commune_codes[i]),
                "observed": f"< {t.number(setting.shock_model.censored_below, 1)}",
                "predicted": t.number(float(check.predicted[i]), 1),
                "residual": f"< {t.number(setting.shock_model.censored_below - float(check.predicted[i]), 1)}",
            }
            for i in np.flatnonzero(check.is_censored)
        ]
        show(
            "scenario_residuals",
            t,
            title=title,
            rows=rows,
            censored=censored,
            source=write_source(setting.shock_model.equation.source, t),
        )


def _residual_text(screen: Screen, check: ResidualCheck) -> str:
    t = screen.t
    return t(
        "scenario.residual_text",
        day=t.date(screen.figures.province.event.day),
        limit=t.number(screen.figures.province.event.censored_below, 1),
        known=int((~check.is_censored).sum()),
        bias=t.number(check.bias, 2),
        rmse=t.number(check.rmse, 2),
        censored=int(check.is_censored.sum()),
        above=check.censored_predicted_above,
        with_censored=t.number(check.bias_with_censored, 2),
    )
