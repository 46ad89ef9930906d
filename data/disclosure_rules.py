"""Which counts are withheld and how the others are rounded, from the variable catalogue and ``definitions/disclosure.yaml``."""

from __future__ import annotations

from functools import cache

from analytics.demand import FLOW_COLUMNS
from analytics.disclosure import DisclosureRule
from data.catalogue import DEFINITIONS, load_variables, read_yaml


@cache
def load_disclosure_rules() -> dict[str, DisclosureRule]:
    """The rule of every variable and flow that has one, by name."""
    flow = DisclosureRule(**read_yaml(DEFINITIONS / "disclosure.yaml")["flows"])
    of_variables = {
        v.id: DisclosureRule(v.disclosure_threshold, v.rounding or 1, v.part_of or "", v.split)
        for v in load_variables().values()
        if v.disclosure_threshold is not None
    }
    return {**of_variables, **dict.fromkeys(FLOW_COLUMNS, flow)}
