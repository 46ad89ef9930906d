"""Disclosure control of counts that are no variable of the catalogue; those of the catalogue say theirs beside their label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from analytics.demand import FLOW_COLUMNS
from analytics.disclosure import DisclosureRule
from analytics.norms import NormStatus, Source
from data.loaders.kind import Kind
from data.loaders.variables import Variable


class DisclosureFile(TypedDict):
    """The whole file."""

    status: NormStatus
    source: Source
    flows: DisclosureRule


def build_rules(file: DisclosureFile, variables: Mapping[str, Variable]) -> dict[str, DisclosureRule]:
    """The rule of every variable and flow that has one, by name."""
    of_variables = {
        v.id: DisclosureRule(
            threshold=v.disclosure_threshold,
            rounding=v.rounding or 1,
            part_of=v.part_of or "",
            split=v.split,
            share_of=v.share_of or "",
            follows=v.follows or "",
        )
        for v in variables.values()
        if v.disclosure_threshold is not None
    }
    return {**of_variables, **dict.fromkeys(FLOW_COLUMNS, file["flows"])}


DISCLOSURE = Kind("disclosure", DisclosureFile)
