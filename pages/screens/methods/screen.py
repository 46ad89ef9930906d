"""Methods: how each figure is made, every indicator and norm with source, date and status, from the definitions that compute."""

from __future__ import annotations

import streamlit as st

from analytics.faces import ClassKind
from pages.figures.load import todays_definitions
from pages.screens.methods import difference
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words import baseline, index_audit, methods


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, definitions = screen.t, screen.figures.definitions
    st.title(t("methods.title"))
    st.caption(t("methods.lead", version=screen.method))
    if screen.figures.definition_set.digest != todays_definitions(screen.figures.province):
        st.warning(t("definition.not_published"))
        st.code("python -m data init --if-missing", language="bash")
    st.subheader(t("methods.pressure"))
    show("paragraphs", t, key="methods.pressure", values={})
    show("classes", t, rows=methods.list_scale(definitions, t), kinds=[kind.value for kind in ClassKind])
    st.subheader(t("class.scales"))
    st.caption(t("class.scales_lead", news=t.percent(screen.figures.definition_set.triggers.news_above)))
    show("alert_levels", t, rows=methods.list_alert_levels(screen), indicators=methods.list_alerting(screen))
    st.subheader(t("methods.composite"))
    show(
        "paragraphs",
        t,
        key="methods.composite",
        values={"points": methods.write_goalposts(definitions.legend.goalposts, t)},
    )
    _render_audit(screen)
    _render_indicators(screen)
    _render_baseline(screen)
    st.subheader(t("methods.norms"))
    st.caption(t("methods.norms_lead"))
    show("method_norms", t, rows=methods.list_norms(definitions, t))
    for topic in ("counting", "reliability", "uncertainty", "disclosure", "access"):
        st.subheader(t(f"methods.{topic}"))
        show("paragraphs", t, key=f"methods.{topic}", values=methods.write_rules(definitions, t))
    difference.render_difference(screen)
    st.subheader(t("methods.presets"))
    st.caption(t("methods.presets_lead"))
    show("method_presets", t, rows=methods.list_presets(screen), months=methods.PRESET_MONTHS)
    explained = ["demonstration"] if screen.figures.province.demonstration.exists() else []
    for topic in (*explained, "limits"):
        st.subheader(t(f"methods.{topic}"))
        show("paragraphs", t, key=f"methods.{topic}", values={})
    st.subheader(t("methods.sources"))
    show(
        "method_sources",
        t,
        rows=methods.list_reference_tables(screen.figures.province, t),
        attribution=screen.figures.attribution,
    )


def _render_audit(screen: Screen) -> None:
    """What the index of the chosen month rests on: what to read first, then the tables."""
    t = screen.t
    st.subheader(t("audit.title"))
    st.caption(t("audit.lead"))
    if not index_audit.has_audit(screen):
        st.info(t("audit.too_few"))
        return
    show("audit_findings", t, sentences=index_audit.write_findings(screen))
    for at, table in enumerate(index_audit.list_tables(screen)):
        # The plainest table stands open.
        with st.expander(table.title, expanded=at == 0):
            show("audit_table", t, table=table)


def _render_indicators(screen: Screen) -> None:
    """Every indicator by service, those of the province as a whole, and those that are switched off."""
    t, definitions = screen.t, screen.figures.definitions
    st.subheader(t("methods.indicators"))
    for sector in definitions.sectors:
        with st.expander(screen.result_label(sector.value), expanded=True):
            show("method_indicators", t, rows=methods.list_indicators(definitions, sector, t))
    with st.expander(t("methods.province"), expanded=True):
        st.caption(t("methods.province_lead"))
        show("method_indicators", t, rows=methods.list_province(screen))
    with st.expander(t("methods.extensions")):
        st.caption(t("methods.extensions_lead"))
        show("method_indicators", t, rows=methods.list_extensions(definitions, t))


def _render_baseline(screen: Screen) -> None:
    """The starting point: what it is made of and why, and how it compares with a choice made elsewhere."""
    t, rules = screen.t, screen.figures.definitions.baseline
    if rules is None:
        return
    st.subheader(t("baseline.title"))
    show("paragraphs", t, key="methods.baseline", values={})
    with st.expander(t("baseline.parts")):
        show("method_indicators", t, rows=baseline.list_definitions(screen))
    lines = baseline.write_check(screen)
    if lines:
        st.markdown(f"**{t('baseline.check_title')}**")
        show("lines", t, lines=lines)
