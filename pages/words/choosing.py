"""Communes chosen by stated criteria, in words: points, firmness, who is left out and why, how the cercles fare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.model import Provenance
from analytics.selection_criteria import points_by_criterion, reasons_left_out, select_places
from pages.address.choosing import Rules
from pages.words.sources import cite, cite_variables
from pages.words.view import View

# The indicator or variable behind each criterion.
_INDICATORS = {"health_distance": "HEA07", "school_distance": "EDU08", "booklet": "CIV10"}
CRITERIA = ("severity", "people", "displaced", *_INDICATORS, "intensity")
MEASURED_FIRST = {"health_distance": 3, "school_distance": 2, "booklet": 1, "intensity": 2}
REPORTED_FIRST = {"severity": 3, "people": 3, "displaced": 2}
_DECIMALS = {"severity": 0, "people": 0, "intensity": 1}
# In what a threshold is given; a score goes from 0 to 100.
UNITS = {"people": "persons", "displaced": "percent", **dict.fromkeys(_INDICATORS, "percent"), "intensity": "mmi"}


@dataclass(frozen=True, slots=True)
class Choice:
    """``listed`` (``select_places``), ``points`` by criterion, ``criteria`` in their units, ``left_out``: why, by code."""

    rules: Rules
    criteria: pd.DataFrame
    listed: pd.DataFrame
    points: pd.DataFrame
    left_out: Mapping[str, str]

    @property
    def chosen(self) -> list[str]:
        """Codes of the communes that are retained, the first first."""
        return list(self.listed.index[self.listed["selected"]])


def first_weights(view: View) -> dict[str, int]:
    """What weighs where nobody said: what is measured; what is reported only where it is not simulated."""
    kind = view.figures.provenance_of_result(COMPOSITE_ID, view.chosen.month)
    return dict(MEASURED_FIRST if kind in ("", Provenance.DEMONSTRATION.value) else REPORTED_FIRST)


def read_criteria(view: View) -> pd.DataFrame:
    """Each criterion by commune of the territory, the higher the more in need."""
    figures, month = view.figures, view.chosen.month
    hosted = 100 * figures.column("displaced_from_elsewhere", month) / figures.column("population", month)
    columns = {
        "severity": figures.of_month(COMPOSITE_ID, month)["score"],
        "people": figures.people_above_norm(COMPOSITE_ID, month),
        "displaced": hosted,
        **{name: figures.of_month(indicator, month)["value"] for name, indicator in _INDICATORS.items()},
        "intensity": figures.column("mmi_intensity", month),
    }
    return pd.DataFrame(columns).loc[view.codes]


def choose_communes(view: View, rules: Rules) -> Choice:
    """The choice that follows from some rules."""
    criteria = read_criteria(view)
    reasons = reasons_left_out(criteria, rules.weights, rules.least, rules.excluded)
    ranked = criteria.drop(list(reasons))
    weights = dict(rules.weights)
    listed = select_places(ranked, weights, rules.size)
    points = points_by_criterion(ranked, weights)
    left_out = {code: _reason(view, criteria, rules, code, *reason) for code, reason in reasons.items()}
    return Choice(rules, criteria, listed, points, left_out)


def _reason(view: View, criteria: pd.DataFrame, rules: Rules, code: str, kind: str, criterion: str) -> str:
    if kind == "excluded":
        return view.t("choose.excluded")
    label = view.t(f"compare.criterion_{criterion}")
    if kind == "unknown":
        return view.t("choose.unknown", criterion=label)
    value, least = (write_value(view, criterion, v) for v in (criteria.at[code, criterion], rules.least[criterion]))
    return view.t("choose.below", criterion=label, value=value, least=least)


def write_value(view: View, criterion: str, value: float) -> str:
    """A criterion in its unit."""
    if criterion in _INDICATORS:
        indicator = view.figures.definitions.indicators[_INDICATORS[criterion]]
        return view.t.quantity(value, indicator.unit, indicator.decimals)
    if criterion == "displaced":
        return view.t.quantity(value, "percent", 1)
    return view.t.number(value, _DECIMALS[criterion])


def list_rows(view: View, choice: Choice, shown: int) -> list[dict[str, object]]:
    """The first communes of the list, with points by criterion."""
    t = view.t
    rows = []
    for row in choice.listed.head(shown).itertuples():
        points = choice.points.loc[row.Index]
        rows.append(
            {
                "position": t.number(int(row.position)),
                "code": row.Index,
                "name": view.name(str(row.Index)),
                "points": t.number(100 * row.points, 0),
                "by_criterion": [t.number(100 * points[name], 0) for name in choice.points.columns],
                "share": t.percent(row.share_selected),
                "width": round(100 * row.share_selected, 1),
                "selected": row.selected,
            }
        )
    return rows


def list_left_out(view: View, choice: Choice) -> list[tuple[str, str]]:
    """Name and reason of each commune that is not ranked."""
    return [(view.name(code), reason) for code, reason in choice.left_out.items()]


def list_cercles(view: View, choice: Choice) -> list[dict[str, str]]:
    """By cercle: communes retained of all, and the share of its people who live in them, beside its share of all people."""
    t, chosen = view.t, set(choice.chosen)
    people = view.figures.column("population", view.chosen.month).reindex(view.codes)
    groups = pd.Series({code: view.group_label(code) for code in view.codes})
    retained = np.array([code in chosen for code in view.codes])
    rows = []
    for group, members in groups.groupby(groups):
        inside = people[members.index]
        ours = people.index.isin(members.index) & retained
        rows.append(
            {
                "group": str(group),
                "retained": t("choose.of", part=t.number(int(ours.sum())), whole=t.number(len(members))),
                "people": t.percent(float(people[ours].sum() / inside.sum())) if inside.sum() else "—",
                "share": t.percent(float(inside.sum() / people.sum())) if people.sum() else "—",
            }
        )
    return rows


def state_choice(view: View, choice: Choice) -> str:
    """How many are retained of how many ranked, how many firmly, how many are left out."""
    firm = int((choice.listed["selected"] & (choice.listed["share_selected"] >= 0.9)).sum())
    counts = {"count": len(choice.chosen), "ranked": len(choice.listed), "firm": firm, "left": len(choice.left_out)}
    return view.t("choose.finding", **counts)


def write_rules_lines(view: View, rules: Rules) -> list[str]:
    """The rules as sentences, for the note and the workbook."""
    t = view.t
    lines = [
        t("choose.weight_line", criterion=t(f"compare.criterion_{name}"), weight=t.number(weight))
        for name, weight in rules.weights.items()
        if weight
    ]
    lines += [
        t("choose.least_line", criterion=t(f"compare.criterion_{name}"), least=write_value(view, name, value))
        for name, value in rules.least.items()
    ]
    if rules.excluded:
        lines.append(t("choose.without_line", names=t("sign.comma").join(view.name(code) for code in rules.excluded)))
    return [*lines, t("choose.size_line", count=rules.size)]


def write_sources(view: View, rules: Rules) -> str:
    """Sources of what weighs or excludes, with their dates."""
    used = {name for name, weight in rules.weights.items() if weight} | set(rules.least)
    results = [_INDICATORS[name] for name in _INDICATORS if name in used] + [COMPOSITE_ID] * bool(
        used & {"severity", "people"}
    )
    parts = [cite(view, results)] if results else []
    variables = {"displaced": ["displaced_persons", "displaced_from_elsewhere"], "intensity": ["mmi_intensity"]}
    parts += [cite_variables(view, variables[name]) for name in variables if name in used]
    return view.t("sign.between").join(dict.fromkeys(part for part in parts if part))


def build_table(view: View, choice: Choice) -> pd.DataFrame:
    """Every commune of the territory: ``position`` to ``reason``; a column and its points for each criterion, NaN where unknown."""
    listed, points = choice.listed.reindex(choice.criteria.index), choice.points.reindex(choice.criteria.index)
    table = pd.DataFrame(
        {
            "commune_code": choice.criteria.index,
            "commune_name": [view.name(code) for code in choice.criteria.index],
            "cercle": [view.group_label(code) for code in choice.criteria.index],
            "position": listed["position"].astype("Int64"),
            "selected": listed["selected"].fillna(False).astype(bool),
            "points": 100 * listed["points"],
            "share_selected": listed["share_selected"],
        }
    )
    for name in choice.criteria.columns:
        table[name] = choice.criteria[name]
        if name in points:
            table[f"{name}_points"] = 100 * points[name]
    table["reason"] = [choice.left_out.get(code, "") for code in table["commune_code"]]
    return table.sort_values(["position", "commune_code"], na_position="last", ignore_index=True)
