"""Tables of what figures are made with and kept in: indicators, norms, scenarios, snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analytics.model import Indicator
from analytics.norms import Norm, NormValue
from analytics.scenario import Scenario
from data.i18n import Translator
from data.loaders.scenarios import write_scenario
from data.people.roles import Right
from data.source_words import in_words
from pages.figures.load import load_history
from pages.web.api.parameters import Question
from pages.web.api.resource import Resource

_INDICATORS = (
    "indicator_id", "sector", "label", "unit", "description", "formula", "weight", "is_critical", "has_pressure", "norm_ids",
    "variables", "source", "status",
)  # fmt: skip
_NORMS = (
    "norm_id", "label", "profile", "effective_from", "value", "unit", "status", "source", "publisher", "url", "source_date",
    "licence", "last_value_still_valid_on",
)  # fmt: skip
_SCENARIOS = ("scenario", "label", "description", "is_saved", "saved_at", "base_snapshot_id", "definition")
_SNAPSHOTS = ("snapshot", "parent", "sequence", "created_at", "action", "detail", "definitions", "is_current")


def _indicators(question: Question) -> pd.DataFrame:
    definitions, t = question.figures.definitions, question.t
    chosen = [i for i in definitions.indicators.values() if i.id in question.results]
    return pd.DataFrame([_indicator(i, t) for i in chosen], columns=list(_INDICATORS))


def _indicator(indicator: Indicator, t: Translator) -> dict[str, Any]:
    return {
        "indicator_id": indicator.id,
        "sector": indicator.sector.value,
        "label": t.label(indicator.labels),
        "unit": indicator.unit,
        "description": t.label(indicator.descriptions),
        "formula": t.label(indicator.formulas),
        "weight": indicator.weight,
        "is_critical": indicator.critical,
        "has_pressure": indicator.has_pressure,
        "norm_ids": list(dict.fromkeys(term.norm for term in indicator.terms if term.norm)),
        "variables": sorted(indicator.variables),
        "source": " ; ".join(in_words(source.title, t) for source in indicator.sources),
        "status": indicator.status,
    }


def _norms(question: Question) -> pd.DataFrame:
    t = question.t
    rows = [_norm(norm, value, t) for norm in question.figures.definitions.norms.values() for value in norm.values]
    return pd.DataFrame(rows, columns=list(_NORMS))


def _norm(norm: Norm, value: NormValue, t: Translator) -> dict[str, Any]:
    valid, source = value.last_value_still_valid_on, value.source
    return {
        "norm_id": norm.id,
        "label": t.label(norm.labels),
        "profile": value.profile.value,
        "effective_from": value.effective_from.isoformat(),
        "value": value.value,
        "unit": norm.unit,
        "status": value.status.value,
        "source": in_words(source.title, t),
        "publisher": in_words(source.publisher, t),
        "url": source.url,
        "source_date": str(source.date),
        "licence": source.licence,
        "last_value_still_valid_on": valid.isoformat() if valid else None,
    }


def _scenarios(question: Question) -> pd.DataFrame:
    """Those that ship, then those that people saved, for the roles that are told of them."""
    return pd.DataFrame(list(_list_scenarios(question)), columns=list(_SCENARIOS))


def _list_scenarios(question: Question) -> Iterator[dict[str, Any]]:
    figures, t = question.figures, question.t
    for scenario in figures.definition_set.library.values():
        words = {"label": t.label(dict(scenario.labels)), "description": t.label(dict(scenario.descriptions))}
        yield _scenario(scenario) | words
    for key, saved in figures.records.scenarios.items():
        when = {"is_saved": True, "saved_at": f"{saved.saved_at.isoformat()}Z", "base_snapshot_id": saved.base_snapshot_id}
        yield _scenario(saved.scenario) | when | {"scenario": key, "label": saved.name, "description": ""}


def _scenario(scenario: Scenario) -> dict[str, Any]:
    definition = write_scenario(scenario, texts=False)
    empty = {"is_saved": False, "saved_at": None, "base_snapshot_id": None}
    return {"scenario": scenario.id, "definition": definition, **empty}


def _snapshots(question: Question) -> pd.DataFrame:
    """The snapshots that are kept, the last one written first; what an action was about is told to the roles that are told of
    files, and not to whoever sees some communes: it names files, communes and sayings of others."""
    figures = question.figures
    told = figures.viewer.may(Right.CELLS) and figures.viewer.sees_everything
    rows = [
        {
            "snapshot": snapshot.id,
            "parent": snapshot.parent_id,
            "sequence": snapshot.sequence,
            "created_at": f"{snapshot.created_at.isoformat()}Z",
            "action": snapshot.action,
            "detail": snapshot.detail if told else "",
            "definitions": snapshot.definitions,
            "is_current": snapshot.is_current,
        }
        for snapshot in load_history(figures.province)
    ]
    return pd.DataFrame(rows, columns=list(_SNAPSHOTS))


INDICATORS = Resource("indicators", "indicators", _INDICATORS, _indicators, ("indicator",))
NORMS = Resource("norms", "norms", _NORMS, _norms)
SCENARIOS = Resource("scenarios", "scenarios", _SCENARIOS, _scenarios)
SNAPSHOTS = Resource("snapshots", "snapshots", _SNAPSHOTS, _snapshots)
