"""The topics of the method, each drawn by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analytics.faces import ClassKind
from pages.screens.methods import difference
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words import baseline, index_audit, methods


def _pressure(screen: Screen) -> None:
    t, definitions = screen.t, screen.figures.definitions
    show("paragraphs", t, key="methods.pressure", values={})
    show("classes", t, rows=methods.list_scale(definitions, t), kinds=[kind.value for kind in ClassKind])


def _scales(screen: Screen) -> None:
    t = screen.t
    st.caption(t("class.scales_lead", news=t.percent(screen.figures.definition_set.triggers.news_above)))
    show("alert_levels", t, rows=methods.list_alert_levels(screen), indicators=methods.list_alerting(screen))


def _composite(screen: Screen) -> None:
    points = methods.write_goalposts(screen.figures.definitions.legend.goalposts, screen.t)
    show("paragraphs", screen.t, key="methods.composite", values={"points": points})


def _audit(screen: Screen) -> None:
    """What the index of the chosen month rests on: what to read first, then the tables."""
    t = screen.t
    st.caption(t("audit.lead"))
    if not index_audit.has_audit(screen):
        st.info(t("audit.too_few"))
        return
    show("audit_findings", t, sentences=index_audit.write_findings(screen))
    for at, table in enumerate(index_audit.list_tables(screen)):
        # The plainest table stands open.
        with st.expander(table.title, expanded=at == 0):
            show("audit_table", t, table=table)


def _province(screen: Screen) -> None:
    st.caption(screen.t("methods.province_lead"))
    show("method_indicators", screen.t, rows=methods.list_province(screen))


def _extensions(screen: Screen) -> None:
    st.caption(screen.t("methods.extensions_lead"))
    show("method_indicators", screen.t, rows=methods.list_extensions(screen.figures.definitions, screen.t))


def _baseline(screen: Screen) -> None:
    """The starting point: what it is made of and why, and how it compares with a choice made elsewhere."""
    t = screen.t
    show("paragraphs", t, key="methods.baseline", values={})
    with st.expander(t("baseline.parts"), expanded=True):
        show("method_indicators", t, rows=baseline.list_definitions(screen))
    lines = baseline.write_check(screen)
    if lines:
        st.markdown(f"**{t('baseline.check_title')}**")
        show("lines", t, lines=lines)


def _norms(screen: Screen) -> None:
    st.caption(screen.t("methods.norms_lead"))
    show("method_norms", screen.t, rows=methods.list_norms(screen.figures.definitions, screen.t))


def _rules(topic: str, screen: Screen) -> None:
    values = methods.write_rules(screen.figures.definitions, screen.t)
    show("paragraphs", screen.t, key=f"methods.{topic}", values=values)


def _presets(screen: Screen) -> None:
    st.caption(screen.t("methods.presets_lead"))
    show("method_presets", screen.t, rows=methods.list_presets(screen), months=methods.PRESET_MONTHS)


def _plain(topic: str, screen: Screen) -> None:
    show("paragraphs", screen.t, key=f"methods.{topic}", values={})


def _review(screen: Screen) -> None:
    show("paragraphs", screen.t, key="methods.review", values=methods.write_review(screen))


def _sources(screen: Screen) -> None:
    figures = screen.figures
    rows = methods.list_reference_tables(figures.province, screen.t)
    show("method_sources", screen.t, rows=rows, attribution=figures.attribution)


def list_topics(screen: Screen) -> dict[str, tuple[str, Callable[[Screen], None]]]:
    """Title and what draws it, by the name that the address gives a topic; those that the territory has."""
    t = screen.t
    topics: dict[str, tuple[str, Callable[[Screen], None]]] = {
        "pressure": (t("methods.pressure"), _pressure),
        "scales": (t("class.scales"), _scales),
        "composite": (t("methods.composite"), _composite),
        "audit": (t("audit.title"), _audit),
        "province": (t("methods.province"), _province),
        "extensions": (t("methods.extensions"), _extensions),
        "baseline": (t("baseline.title"), _baseline),
        "norms": (t("methods.norms"), _norms),
        **{name: (t(f"methods.{name}"), partial(_rules, name)) for name in methods.RULE_TOPICS},
        "difference": (t("difference.title"), difference.render_difference),
        "presets": (t("methods.presets"), _presets),
        "demonstration": (t("methods.demonstration"), partial(_plain, "demonstration")),
        "limits": (t("methods.limits"), partial(_plain, "limits")),
        "review": (t("methods.review"), _review),
        "sources": (t("methods.sources"), _sources),
    }
    if screen.figures.definitions.baseline is None:
        del topics["baseline"]
    if not screen.figures.province.demonstration.exists():
        del topics["demonstration"]
    return topics
