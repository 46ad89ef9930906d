"""Douars chosen by stated criteria: what they may be chosen by, what weighs at first, units and sources."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.douars import DISTANCES, SHARES, criteria_of
from data.douar_table import read_douars
from data.records.place_choices import DOUARS
from pages.address.choosing import Rules
from pages.words.choosing import Choice, Places
from pages.words.douars import douar_name, list_douars, write_figure, write_source
from pages.words.view import View

CRITERIA = ("people", *(name for name in (*SHARES, *DISTANCES) if name != "rural_earth_pct"))
FIRST_WEIGHTS = {"people": 2, "health_centre_km": 3, "other_dwelling_pct": 3}
FIRST_SIZE = 20
UNITS = {"people": "persons", **dict.fromkeys(SHARES, "percent"), **dict.fromkeys(DISTANCES, "km")}


def known_criteria(view: View) -> tuple[str, ...]:
    """The criteria that the territory's table of douars has."""
    table = DouarPlaces().read_criteria(view)
    return tuple(name for name in CRITERIA if table[name].notna().any())


class DouarPlaces(Places):
    """The douars of the territory."""

    about, criteria, group_column = DOUARS, CRITERIA, "commune_name"

    def say(self, view: View, key: str, **values: Any) -> str:
        """See ``Places``."""
        t = view.t
        return t(f"choose_douar.{key}", **values)

    def label(self, view: View, criterion: str) -> str:
        """See ``Places``."""
        return view.t(f"douar.criterion_{criterion}")

    def read_criteria(self, view: View) -> pd.DataFrame:
        """See ``Places``."""
        return criteria_of(list_douars(view, view.codes))

    def name(self, view: View, code: str) -> str:
        """See ``Places``."""
        return douar_name(view, code, str(read_douars(view.figures.province).at[code, "place_name"]))

    def group(self, view: View, code: str) -> str:
        """See ``Places``."""
        return view.name(str(read_douars(view.figures.province).at[code, "commune_code"]))

    def head(self, view: View, finding: str) -> str:
        """See ``Places``: the census figures of douars are measured, whatever else is shown."""
        census = view.t("baseline.census", census=view.t.month(view.figures.census_month))
        return view.t("title.dated", finding=finding, date=census)

    def people(self, view: View) -> pd.Series:
        """See ``Places``."""
        return read_douars(view.figures.province)["population"]

    def write_value(self, view: View, criterion: str, value: float) -> str:
        """See ``Places``."""
        return view.t.quantity(value, "persons") if criterion == "people" else write_figure(view, criterion, value)

    def write_sources(self, view: View, rules: Rules) -> str:
        """See ``Places``."""
        return write_source(view)


def left_out_by_commune(view: View, choice: Choice) -> list[tuple[str, str]]:
    """Of each commune its douars that are not ranked, by reason: douars are many, and a reason is mostly the same."""
    found: dict[str, dict[str, list[str]]] = {}
    for code, reason in choice.left_out.items():
        by_reason = found.setdefault(choice.places.group(view, code), {})
        by_reason.setdefault(reason, []).append(choice.places.name(view, code))
    t, comma, between = view.t, view.t("sign.comma"), view.t("sign.between")
    return [
        (
            commune,
            between.join(
                t("choose_douar.same_reason", reason=reason, names=comma.join(names)) for reason, names in by.items()
            ),
        )
        for commune, by in found.items()
    ]
