"""Who is late: the table by commune and month, what may be written to one of them, the calendar of the days that figures are due."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.collection.rules import read_rules
from data.i18n import LANGUAGES, isolate
from pages.print.calendar import MEDIA_TYPE, write_calendar
from pages.widgets.downloads import offer_csv, offer_workbook
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.words.lateness import (
    ALL_SERVICES,
    MESSAGE_LANGUAGES,
    Reminder,
    build_lateness_table,
    list_lateness,
    months_offered,
    months_shown,
    service_labels,
    state_lateness,
    write_reminder,
)
from pages.words.worth import worth_rows

CALENDAR_MONTHS = 12


def render_late(screen: Screen, today: date) -> None:
    """Choose month and service; the table, its files, a message."""
    t, labels = screen.t, service_labels(screen)
    left, right = st.columns(2, gap="medium")
    last = left.selectbox(t("lateness.month"), months_offered(screen, today), format_func=t.month, key="late_month")
    service = right.selectbox(
        t("lateness.service"),
        [ALL_SERVICES, *labels],
        format_func=lambda name: labels.get(name, t("lateness.all_services")),
        key="late_service",
    )
    month = pd.Timestamp(last)
    st.write(state_lateness(screen, month, today))
    show("lateness", t, **list_lateness(screen, month, str(service), today))
    st.caption(t("lateness.how", count=read_rules().days_to_report))
    _offer_files(screen, month, today)
    _render_reminder(screen, month, today)


def _offer_files(screen: Screen, last: pd.Timestamp, today: date) -> None:
    t, name = screen.t, ("late", f"{last:%Y-%m}")
    days, services = read_rules().days_to_report, t("sign.comma").join(service_labels(screen).values())
    months = [m.date() for m in pd.date_range(pd.Timestamp(today).replace(day=1), periods=CALENDAR_MONTHS, freq="MS")]

    def table() -> pd.DataFrame:
        return build_lateness_table(screen, months_shown(last), today)

    with st.container(horizontal=True):
        offer_workbook(screen, lambda: {t("lateness.title"): table()}, [t("lateness.how", count=days)], *name)
        offer_csv(screen, table, *name)
        st.download_button(
            t("lateness.calendar"),
            lambda: write_calendar(t, months, days, services, today),
            f"{screen.figures.province.id}-calendar.ics",
            MEDIA_TYPE,
            on_click="ignore",
            icon=":material/event:",
        )


def _render_reminder(screen: Screen, last: pd.Timestamp, today: date) -> None:
    """What may be sent to one commune, in French and in Arabic, and what to ask it for first."""
    t, codes = screen.t, sorted(screen.codes, key=screen.name)
    st.subheader(t("lateness.reminder"))
    st.caption(t("lateness.reminder_lead"))
    chosen = screen.chosen.commune if screen.chosen.commune in codes else codes[0]
    commune = str(
        st.selectbox(t("reports.commune"), codes, index=codes.index(chosen), format_func=screen.name, key="late_commune")
    )
    # The one in the reader's own language first.
    languages = sorted(MESSAGE_LANGUAGES, key=lambda language: language != t.language)
    reminders = {language: write_reminder(screen, commune, last, language, today) for language in languages}
    if any(reminder is None for reminder in reminders.values()):
        st.info(t("lateness.nothing_owed", name=screen.name(commune), month=t.month(last)))
    for column, (language, reminder) in zip(st.columns(2, gap="medium"), reminders.items(), strict=True):
        if reminder:
            # The widget key carries the direction for the style sheet: a message runs as its own language does.
            with column.container(key=f"sms-{language}"):
                _show_reminder(screen, language, reminder)
    if rows := worth_rows(screen, commune):
        st.markdown(f"**{t('worth.title')}**")
        show("worth", t, rows=rows)


def _show_reminder(screen: Screen, language: str, reminder: Reminder) -> None:
    t = screen.t
    st.markdown(f"**{isolate(LANGUAGES[language])}**")
    st.caption(t("lateness.mail"))
    st.code(f"{reminder.subject}\n\n{reminder.body}", language=None, wrap_lines=True)
    st.caption(t("lateness.sms", count=len(reminder.sms), longest=reminder.longest))
    st.code(reminder.sms, language=None, wrap_lines=True)
