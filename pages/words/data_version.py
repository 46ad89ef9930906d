"""A version of the data in words: by the moment that it was made at, which its id begins with."""

from __future__ import annotations

from datetime import datetime

from data.i18n import Translator, isolate
from data.store_error import StoreError

# As many signs of an id as say its moment.
MOMENT = 15


def name_version(t: Translator, snapshot_id: str) -> str:
    """A version as people say it, "28 nov. 2026, 20:09:30 UTC"; its id where that begins with no moment."""
    made = _moment_of(snapshot_id)
    return snapshot_id if made is None else t("sidebar.version_moment", moment=t.moment(made))


def write_trouble(problem: StoreError, t: Translator) -> str:
    """What is wrong with the published version and what to do; versions by their moment, as history and sidebar name them."""
    return t(problem.key, **{name: isolate(name_version(t, str(value))) for name, value in problem.values.items()})


def name_day(t: Translator, snapshot_id: str) -> str:
    """Its day alone, where it is read from far; its id where that begins with no moment."""
    made = _moment_of(snapshot_id)
    return snapshot_id if made is None else t.date(made.date())


def _moment_of(snapshot_id: str) -> datetime | None:
    try:
        return datetime.strptime(snapshot_id[:MOMENT], "%Y%m%dT%H%M%S")
    except ValueError:
        return None
