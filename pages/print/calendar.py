"""The days on which a month's figures are due, as a calendar (iCalendar, RFC 5545) for a telephone or an office program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from analytics.lateness import due_day
from data.i18n import Translator

MEDIA_TYPE = "text/calendar"
REMIND_DAYS_BEFORE = 3


def write_calendar(t: Translator, months: Sequence[date], days: int, services: str, made_on: date) -> bytes:
    """One event of a whole day a month, on the last day on which its figures are on time, with a reminder three days before.

    The same month is the same event (UID): a calendar that is read again changes events and doubles none.

    Args:
        days: days after the end of a month within which its figures are on time.
        services: what is asked for, in the reader's words.
        made_on: the day on which the file is made.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//service-pressure//collection//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", t("lateness.calendar_name", place=t.place))
    for month in months:
        calendar.add_component(_event(t, month, due_day(month, days), services, made_on))
    return bytes(calendar.to_ical())


def _event(t: Translator, month: date, due: date, services: str, made_on: date) -> Event:
    event, summary = Event(), t("lateness.calendar_event", month=t.month(month), place=t.place)
    event.add("uid", f"{sha256(f'{t.province.id} {month:%Y-%m}'.encode()).hexdigest()[:32]}@service-pressure")
    event.add("dtstamp", datetime.combine(made_on, time(), UTC))
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", t("lateness.calendar_text", services=services))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-REMIND_DAYS_BEFORE))
    event.add_component(alarm)
    return event
