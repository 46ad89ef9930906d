"""An edited scenario as one parameter of an address: what differs from the scenario that it started from, as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from analytics.scenario import Scenario, ScenarioError
from data.loaders.scenarios import read_scenario, write_scenario

LONGEST_EDIT = 4000
_FIXED = ("id", "labels", "descriptions", "assumptions")


def write_edit(base: Scenario, edited: Scenario) -> str:
    """What was changed, empty when nothing was; a part put back to its default is null."""
    before, after = write_scenario(base, texts=False), write_scenario(edited, texts=False)
    changed = {k: after.get(k) for k in (*after, *before) if k not in _FIXED and after.get(k) != before.get(k)}
    return json.dumps(changed, separators=(",", ":"), sort_keys=True, allow_nan=False) if changed else ""


def read_edit(base: Scenario, text: str) -> Scenario:
    """The scenario that an address describes; its texts stay those of the scenario that it started from.

    Raises:
        ScenarioError: the parameter is not the change of a scenario.
    """
    if not text:
        return base
    try:
        changed: Any = json.loads(text) if len(text) <= LONGEST_EDIT else None
    except ValueError:
        changed = None
    if not isinstance(changed, dict):
        raise ScenarioError("scenario_error.unreadable", asked=text[:40], nearest="")
    merged = write_scenario(base, texts=False) | {k: v for k, v in changed.items() if k not in _FIXED}
    read = read_scenario({k: v for k, v in merged.items() if v is not None})
    return replace(read, labels=base.labels, descriptions=base.descriptions, assumptions=base.assumptions)
