"""Places chosen by stated criteria, in words: points, firmness, who is left out and why, how the groups fare."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from analytics.selection_criteria import points_by_criterion, reasons_left_out, select_places
from data.i18n import NO_VALUE
from pages.address.choosing import Rules
from pages.words.view import View


class Places(ABC):
    """What is chosen among: communes, or douars."""

    about: ClassVar[str]
    criteria: ClassVar[tuple[str, ...]]
    group_column: ClassVar[str]

    @abstractmethod
    def say(self, view: View, key: str, **values: Any) -> str:
        """A text as it is said of such places."""

    @abstractmethod
    def label(self, view: View, criterion: str) -> str:
        """What a criterion is called."""

    @abstractmethod
    def read_criteria(self, view: View) -> pd.DataFrame:
        """Each criterion by code of the territory, the higher the more in need; NaN where it is not known."""

    @abstractmethod
    def name(self, view: View, code: str) -> str:
        """What a place is called."""

    @abstractmethod
    def group(self, view: View, code: str) -> str:
        """The cercle of a commune, the commune of a douar."""

    @abstractmethod
    def head(self, view: View, finding: str) -> str:
        """A finding of such places as a title that may be photographed alone: dated, and said to be simulated where it is."""

    @abstractmethod
    def people(self, view: View) -> pd.Series:
        """People by code."""

    @abstractmethod
    def write_value(self, view: View, criterion: str, value: float) -> str:
        """A criterion in its unit."""

    @abstractmethod
    def write_sources(self, view: View, rules: Rules) -> str:
        """A sentence with the sources of what weighs or excludes, and their dates; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``listed`` (``select_places``), ``points`` by criterion, ``criteria`` in their units, ``left_out``: why, by code."""

    places: Places
    rules: Rules
    criteria: pd.DataFrame
    listed: pd.DataFrame
    points: pd.DataFrame
    left_out: Mapping[str, str]

    @property
    def chosen(self) -> list[str]:
        """Codes of the places that are retained, the first first."""
        return list(self.listed.index[self.listed["selected"]])


def choose(view: View, places: Places, rules: Rules) -> Choice:
    """The choice that follows from some rules, kept for whoever chooses by the same."""
    return view.keep("choice", lambda: _choose(view, places, rules), places.about, rules.key)


def _choose(view: View, places: Places, rules: Rules) -> Choice:
    criteria = places.read_criteria(view)
    reasons = reasons_left_out(criteria, rules.weights, rules.least, rules.excluded)
    ranked = criteria.drop(list(reasons))
    weights = dict(rules.weights)
    listed = select_places(ranked, weights, rules.size)
    points = points_by_criterion(ranked, weights)
    left_out = {code: _reason(view, places, criteria, rules, code, *reason) for code, reason in reasons.items()}
    return Choice(places, rules, criteria, listed, points, left_out)


def _reason(view: View, places: Places, criteria: pd.DataFrame, rules: Rules, code: str, kind: str, criterion: str) -> str:
    if kind == "excluded":
        return places.say(view, "excluded")
    label = places.label(view, criterion)
    if kind == "unknown":
        return places.say(view, "unknown", criterion=label)
    value, least = (places.write_value(view, criterion, v) for v in (criteria.at[code, criterion], rules.least[criterion]))
    return view.t("choose.below", criterion=label, value=value, least=least)


def list_rows(view: View, choice: Choice, shown: int) -> list[dict[str, object]]:
    """The first places of the list, with points by criterion."""
    t, places = view.t, choice.places
    rows = []
    first = choice.listed.head(shown)
    for row, points in zip(first.itertuples(), choice.points.loc[first.index].to_dict("records"), strict=True):
        code = str(row.Index)
        rows.append(
            {
                "position": t.number(int(row.position)),
                "code": code,
                "name": places.name(view, code),
                "group": places.group(view, code),
                "points": t.number(100 * row.points, 0),
                "by_criterion": [t.number(100 * points[name], 0) for name in choice.points.columns],
                "share": t.percent(row.share_selected),
                "width": round(100 * row.share_selected, 1),
                "selected": row.selected,
            }
        )
    return rows


def list_left_out(view: View, choice: Choice) -> list[tuple[str, str]]:
    """Name and reason of each place that is not ranked."""
    return [(choice.places.name(view, code), reason) for code, reason in choice.left_out.items()]


def list_groups(view: View, choice: Choice, *, only_chosen: bool = False) -> list[dict[str, str]]:
    """By cercle or commune: places retained of all, and the share of its people who live in them, beside its share of all people.

    Args:
        only_chosen: leave out the groups without a retained place.
    """
    t, chosen = view.t, set(choice.chosen)
    codes = list(choice.criteria.index)
    people = choice.places.people(view).reindex(codes).to_numpy(dtype=float)
    groups = np.array([choice.places.group(view, code) for code in codes], dtype=object)
    retained = np.array([code in chosen for code in codes])
    rows, everybody = [], np.nansum(people)
    for group in sorted(set(groups)):
        inside = groups == group
        ours, all_inside = inside & retained, np.nansum(people[inside])
        if only_chosen and not ours.any():
            continue
        rows.append(
            {
                "group": group,
                "retained": t("choose.of", part=t.number(int(ours.sum())), whole=t.number(int(inside.sum()))),
                "people": t.percent(float(np.nansum(people[ours]) / all_inside)) if all_inside else NO_VALUE,
                "share": t.percent(float(all_inside / everybody)) if everybody else NO_VALUE,
            }
        )
    return rows


def state_choice(view: View, choice: Choice) -> str:
    """How many are retained of how many ranked, how many firmly, how many are left out."""
    t, firm = view.t, int((choice.listed["selected"] & (choice.listed["share_selected"] >= 0.9)).sum())
    counts = {"ranked": len(choice.listed), "firm": firm, "left": len(choice.left_out)}
    written = {name: t.number(count) for name, count in counts.items()}
    if choice.listed.empty:
        return choice.places.say(view, "finding_none", left=written["left"])
    return choice.places.say(view, "finding", count=len(choice.chosen), **written)


def head_choice(view: View, choice: Choice) -> str:
    """The same as a title."""
    return choice.places.head(view, state_choice(view, choice).rstrip("."))


def write_rules_lines(view: View, places: Places, rules: Rules) -> list[str]:
    """The rules as sentences, for the note and the workbook."""
    t = view.t
    lines = [
        t("choose.weight_line", criterion=places.label(view, name), weight=t.number(weight))
        for name, weight in rules.weights.items()
        if weight
    ]
    lines += [
        t("choose.least_line", criterion=places.label(view, name), least=places.write_value(view, name, value))
        for name, value in rules.least.items()
    ]
    if rules.excluded:
        names = t("sign.comma").join(places.name(view, code) for code in rules.excluded)
        lines.append(places.say(view, "without_line", names=names))
    return [*lines, places.say(view, "size_line", count=rules.size)]


def build_table(view: View, choice: Choice) -> pd.DataFrame:
    """Every place of the territory: ``position`` to ``reason``; a column and its points for each criterion, NaN where unknown."""
    places, codes = choice.places, choice.criteria.index
    listed, points = choice.listed.reindex(codes), choice.points.reindex(codes)
    singular = places.about.removesuffix("s")
    table = pd.DataFrame(
        {
            f"{singular}_code": codes,
            f"{singular}_name": [places.name(view, code) for code in codes],
            places.group_column: [places.group(view, code) for code in codes],
            "position": listed["position"].astype("Int64").to_numpy(),
            "selected": listed["selected"].eq(True).to_numpy(),
            "points": 100 * listed["points"].to_numpy(),
            "share_selected": listed["share_selected"].to_numpy(),
        },
    )
    for name in choice.criteria.columns:
        table[name] = choice.criteria[name].to_numpy()
        if name in points:
            table[f"{name}_points"] = 100 * points[name].to_numpy()
    table["reason"] = [choice.left_out.get(code, "") for code in codes]
    return table.sort_values(["position", f"{singular}_code"], na_position="last", ignore_index=True)
