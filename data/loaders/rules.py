"""The rules that figures are computed with, from a set of definitions and the reader's assumptions."""

from __future__ import annotations

from analytics.assumptions import DEFAULTS, Assumptions
from analytics.partition import Rules
from data.loaders.definition_set import DefinitionSet


def rules_of(definitions: DefinitionSet, assumptions: Assumptions = DEFAULTS) -> Rules:
    """What the way from observations to results needs of the definitions (``analytics.partition``)."""
    variables = definitions.variables.values()
    return Rules(
        definitions=definitions.definitions,
        disclosure=definitions.disclosure,
        baseline=definitions.baseline,
        census=frozenset(v.id for v in variables if not v.monthly),
        monthly=frozenset(v.id for v in variables if v.monthly),
        assumptions=assumptions,
    )
