"""When to act: the levels that a scenario raises, with action, responsible and delay, and the text of one SMS."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analytics.model import Sector
from analytics.projection import Projection
from analytics.scenario_triggers import levels_ahead
from data.i18n import LANGUAGES, isolate
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.messages import SMS_LANGUAGES, write_message

SHOWN_BY_LEVEL = 12


def render_triggers(screen: Screen, mine: Projection) -> None:
    """The rules, the services that reach a higher level and when, then the message of one of them."""
    t, rules = screen.t, screen.figures.definition_set.triggers
    st.caption(t("scenario.rules", **_thresholds(screen)))
    figures = screen.figures
    build = lambda: levels_ahead(figures.assessment, mine, figures.definitions, rules)  # noqa: E731
    found = figures.cache.recent(("levels ahead", mine.scenario), build)
    found = found[found["commune_code"].isin(screen.codes)]
    if found.empty:
        st.info(t("scenario.no_trigger"))
        return
    rows = list(found.itertuples())
    reached = sorted({row.rank for row in rows}, reverse=True)
    show("scenario_triggers", t, levels=[_level(screen, rank, [r for r in rows if r.rank == rank]) for rank in reached])
    _render_message(screen, rows)


def _thresholds(screen: Screen) -> dict[str, str]:
    rules = screen.figures.definition_set.triggers
    named = {rule.id: screen.t.number(rule.above, 1) for rule in rules.levels}
    months = {f"{rule.id}_months": screen.t.number(rule.periods) for rule in rules.levels}
    return {**named, **months, "news": screen.t.percent(rules.news_above)}


def _level(screen: Screen, rank: int, rows: list[Any]) -> dict[str, object]:
    """One level: what it asks of whom, and the first services that reach it."""
    t, rule = screen.t, screen.figures.definition_set.triggers.levels[rank - 1]
    return {
        "rank": rank,
        "name": t.label(dict(rule.labels)),
        "action": t.label(dict(rule.actions)),
        "responsible": t.label(dict(rule.responsible)),
        "delay": t.label(dict(rule.delay)),
        "reached": [_reached(screen, row) for row in rows[:SHOWN_BY_LEVEL]],
        "left_out": max(0, len(rows) - SHOWN_BY_LEVEL),
    }


def _reached(screen: Screen, row: Any) -> dict[str, str]:
    t = screen.t
    return {
        "name": screen.name(row.commune_code),
        "service": t.label(screen.figures.definitions.sector_labels[Sector(row.sector)]),
        "month": t.short_month(row.month),
        "held": t("scenario.held") if row.is_held else "",
    }


def _render_message(screen: Screen, rows: list[Any]) -> None:
    """Choose one of the triggers; its message in both languages, ready to copy."""
    t, definitions = screen.t, screen.figures.definitions
    chosen = st.selectbox(
        t("scenario.sms"),
        range(len(rows)),
        format_func=lambda i: (
            f"{screen.name(rows[i].commune_code)} · {t.label(definitions.sector_labels[Sector(rows[i].sector)])}"
        ),
        key="scenario_sms",
    )
    for column, language in zip(st.columns(len(SMS_LANGUAGES), gap="medium"), SMS_LANGUAGES, strict=True):
        message = write_message(screen, rows[chosen or 0], language)
        # The widget key carries the direction for the style sheet: a message runs as its own language does, not as the screen's.
        with column.container(key=f"sms-{language}"):
            st.markdown(f"**{isolate(LANGUAGES[language])}** · {t('scenario.sms_length', count=len(message))}")
            st.code(message, language=None, wrap_lines=True)
