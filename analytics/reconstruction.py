"""How far reconstruction has come, by dated facts: series, pace, what remains, what that means for people still out, and how well
the same rule would have done a year earlier. A fact is what somebody published; nothing is filled in between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

FILES, PERMITS, WORKSITES, COMPLETED = (
    "reconstruction_beneficiaries", "building_permits", "worksites_opened", "dwellings_completed",
)  # fmt: skip
# Before anybody counted completed dwellings: those paid the third tranche, whose walls stand.
NEARLY = "dwellings_rehabilitated_3rd_tranche"
# From the file to the key, in the order in which a dwelling passes them.
STEPS = (
    FILES, PERMITS, "houses_cleared_of_rubble", WORKSITES, "worksites_set_out", "foundations_done_2nd_tranche", NEARLY, COMPLETED,
)  # fmt: skip
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Standing:
    """Where reconstruction stands on a day: files, dwellings completed, what remains; ``nearly``: the completed ones are those paid
    the third tranche."""

    day: pd.Timestamp
    files: float
    completed: float
    nearly: bool

    @property
    def remaining(self) -> float:
        """Dwellings with a file that are not completed."""
        return max(self.files - self.completed, 0.0)

    @property
    def share(self) -> float:
        """Completed, as a share of the files."""
        return self.completed / self.files if self.files else float("nan")


@dataclass(frozen=True, slots=True)
class Pace:
    """Dwellings completed a month between two days, and the day on which the last would be at that pace."""

    since: pd.Timestamp
    until: pd.Timestamp
    per_month: float
    end: pd.Timestamp | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """What the pace known at an earlier day said of a later one, beside what was published then."""

    at: pd.Timestamp
    of: pd.Timestamp
    expected: float
    published: float


def series(facts: pd.DataFrame, indicator: str) -> pd.Series:
    """The dated values of one indicator of a place, oldest first; of several on a day the last one written.

    Args:
        facts: ``indicator, day, value`` of one place.
    """
    own = facts[(facts["indicator"] == indicator) & facts["value"].notna()]
    return own.drop_duplicates("day", keep="last").set_index("day")["value"].sort_index()


def standings(facts: pd.DataFrame) -> list[Standing]:
    """Days for which both files and completed dwellings were published, oldest first."""
    files, completed, nearly = (series(facts, name) for name in (FILES, COMPLETED, NEARLY))
    # Completed dwellings where they were counted, those paid the third tranche where they were not yet.
    counted = pd.concat([nearly[~nearly.index.isin(completed.index)], completed]).sort_index()
    return [
        Standing(day, float(files[day]), float(value), day not in completed.index)
        for day, value in counted.items()
        if day in files.index
    ]


def measure_pace(stood: list[Standing], event: pd.Timestamp) -> Pace | None:
    """The pace between the last two days (between the event and the only one); None where nothing was completed between them."""
    if not stood:
        return None
    start, done = (stood[-2].day, stood[-2].completed) if len(stood) > 1 else (event, 0.0)
    months = (stood[-1].day - start).days / _DAYS_A_YEAR * 12
    per_month = (stood[-1].completed - done) / months if months > 0 else 0.0
    if per_month <= 0:
        return None
    left = pd.Timedelta(days=round(stood[-1].remaining / per_month * _DAYS_A_YEAR / 12))
    return Pace(start, stood[-1].day, per_month, stood[-1].day + left)


def people_out(standing: Standing, household_size: float) -> float:
    """An upper anchor of the people still out of their home: dwellings that remain times the size of a household.

    Upper, for many files are of homes partly damaged in which people live; not a count, for who rents or left is in no file.
    """
    return standing.remaining * household_size


def look_back(stood: list[Standing], event: pd.Timestamp) -> BackTest | None:
    """The last day as the pace of the day before it would have said; None with fewer than two days."""
    if len(stood) < 2:
        return None
    pace = measure_pace(stood[:-1], event)
    if pace is None:
        return None
    months = (stood[-1].day - stood[-2].day).days / _DAYS_A_YEAR * 12
    expected = min(stood[-2].completed + pace.per_month * months, stood[-2].files)
    return BackTest(stood[-2].day, stood[-1].day, expected, stood[-1].completed)


def compare_steps(facts: pd.DataFrame, before: pd.Timestamp, after: pd.Timestamp) -> pd.DataFrame:
    """Each step of a dwelling on two days: ``before, after``, NaN where it was not published, in the order of the steps."""
    found = {step: series(facts, step) for step in STEPS}
    rows = {step: (own.get(before, np.nan), own.get(after, np.nan)) for step, own in found.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["before", "after"], dtype=float)
    return table[table.notna().any(axis=1)]


def done_of(facts: pd.DataFrame, hit: str, done: str) -> pd.DataFrame:
    """Of buildings hit, how many are done, by day: ``hit`` (the latest known by then), ``done, share``."""
    all_hit, all_done = series(facts, hit), series(facts, done)
    if all_hit.empty or all_done.empty:
        return pd.DataFrame(columns=["hit", "done", "share"])
    # How many were hit does not change with the day on which it was said.
    number = float(all_hit.iloc[-1])
    return pd.DataFrame({"hit": number, "done": all_done, "share": all_done / number})
