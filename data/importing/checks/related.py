"""Which variables of the store the checks of a file look at: its own, their wholes, their parts, what their zero is asked of."""

from __future__ import annotations

from collections.abc import Collection

from analytics.demand import SUMS
from data.importing.checks.zeros import DEMAND_OF
from data.loaders.today import load_variables


def compared_with(names: Collection[str]) -> list[str]:
    """The variables that a check may read for those of a file, in alphabetical order."""
    variables = load_variables()
    found = {name for name in names if name in variables}
    for name in tuple(found):
        entry = variables[name]
        wholes = {whole for whole in (entry.at_most, entry.part_of) if whole}
        found |= {part for whole in wholes for part in SUMS.get(whole, (whole,))}
        found |= {v.id for v in variables.values() if v.part_of and v.part_of == entry.part_of}
        found |= {DEMAND_OF[name]} if name in DEMAND_OF else set()
    return sorted(found)
