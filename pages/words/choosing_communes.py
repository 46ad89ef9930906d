"""Communes chosen by stated criteria: what they may be chosen by, what weighs at first, units and sources."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.model import Provenance
from data.records.place_choices import COMMUNES
from pages.address.choosing import Rules
from pages.words.choosing import Places
from pages.words.sources import cite_variables, variables_of
from pages.words.titles import mark_title
from pages.words.view import View

# The indicator or variable behind each criterion.
_INDICATORS = {"health_distance": "HEA07", "school_distance": "EDU08", "booklet": "CIV10"}
CRITERIA = ("severity", "people", "displaced", *_INDICATORS, "intensity")
MEASURED_FIRST = {"health_distance": 3, "school_distance": 2, "booklet": 1, "intensity": 2}
REPORTED_FIRST = {"severity": 3, "people": 3, "displaced": 2}
_DECIMALS = {"severity": 0, "people": 0, "intensity": 1}
# In what a threshold is given; a score goes from 0 to 100.
UNITS = {"people": "persons", "displaced": "percent", **dict.fromkeys(_INDICATORS, "percent"), "intensity": "mmi"}


def first_weights(view: View) -> dict[str, int]:
    """What weighs where nobody said: what is measured; what is reported only where it is not simulated."""
    kind = view.figures.provenance_of_result(COMPOSITE_ID, view.chosen.month)
    return dict(MEASURED_FIRST if kind in ("", Provenance.DEMONSTRATION.value) else REPORTED_FIRST)


class CommunePlaces(Places):
    """The communes of the territory."""

    about, criteria, group_column = COMMUNES, CRITERIA, "cercle"

    def say(self, view: View, key: str, **values: Any) -> str:
        """See ``Places``."""
        t = view.t
        return t(f"choose.{key}", **values)

    def label(self, view: View, criterion: str) -> str:
        """See ``Places``."""
        return view.t(f"compare.criterion_{criterion}")

    def read_criteria(self, view: View) -> pd.DataFrame:
        """See ``Places``."""
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

    def name(self, view: View, code: str) -> str:
        """See ``Places``."""
        return view.name(code)

    def group(self, view: View, code: str) -> str:
        """See ``Places``."""
        return view.group_label(code)

    def head(self, view: View, finding: str) -> str:
        """See ``Places``."""
        return mark_title(view, finding, view.t.month(view.chosen.month))

    def people(self, view: View) -> pd.Series:
        """See ``Places``."""
        return view.figures.column("population", view.chosen.month)

    def write_value(self, view: View, criterion: str, value: float) -> str:
        """See ``Places``."""
        if criterion in _INDICATORS:
            indicator = view.figures.definitions.indicators[_INDICATORS[criterion]]
            return view.t.quantity(value, indicator.unit, indicator.decimals)
        if criterion == "displaced":
            return view.t.quantity(value, "percent", 1)
        return view.t.number(value, _DECIMALS[criterion])

    def write_sources(self, view: View, rules: Rules) -> str:
        """See ``Places``."""
        used = {name for name, weight in rules.weights.items() if weight} | set(rules.least)
        results = [_INDICATORS[name] for name in _INDICATORS if name in used]
        results += [COMPOSITE_ID] * bool(used & {"severity", "people"})
        variables = {"displaced": ["displaced_persons", "displaced_from_elsewhere"], "intensity": ["mmi_intensity"]}
        behind = variables_of(view.figures.definitions, results).union(*(variables[n] for n in variables if n in used))
        said = cite_variables(view, behind)
        return f"{view.t('chart.from', sources=said)}." if said else ""
