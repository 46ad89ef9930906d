"""How well the second answer knows each figure: its kind, its grade and whether it applies, by the YAML and nothing of ``analytics``.

Ranks count from the firmest (0); -1 is a figure that nobody observed. A figure made of several is as firm as the least firm of them.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.second_definitions import read

RULES = read("reliability.yaml")
KINDS, GRADES = list(RULES["by_provenance"]), "ABCD"
LOWEST = [RULES["lowest"][letter] for letter in "ABC"]
ESTIMATE, MEASURED = KINDS.index("estimate"), KINDS.index("measured")


@dataclass
class Known:
    """Ranks of kind and grade over the rows, and where the figure does not apply."""

    kind: np.ndarray
    grade: np.ndarray
    not_applicable: np.ndarray


def nothing(rows):
    return Known(np.full(rows, -1), np.full(rows, -1), np.zeros(rows, dtype=bool))


def least_firm(parts):
    parts = list(parts)
    return Known(
        np.max([p.kind for p in parts], axis=0),
        np.max([p.grade for p in parts], axis=0),
        np.any([p.not_applicable for p in parts], axis=0),
    )


def observed(part, keys, rows):
    """The figure of one variable as it came in, and its age in months at each row.

    Args:
        part: ``status, provenance, reliability, day`` by key; a census is the same for every month of a commune.
        keys: the key of each of the rows (commune and month).
    """
    part = part.reindex(keys)
    kind = part["provenance"].map(KINDS.index, na_action="ignore").fillna(-1).to_numpy(dtype=int)
    declared = part["reliability"].map(GRADES.index, na_action="ignore").fillna(-1).to_numpy(dtype=int)
    month, day = rows.get_level_values(1), pd.DatetimeIndex(part["day"])
    age = np.abs((month.year - day.year) * 12 + month.month - day.month).to_numpy(dtype=float)
    return Known(kind, declared, (part["status"] == "not_applicable").to_numpy()), age


def graded(name, known, age, answered):
    """The grade: the worse of what was declared and of kind × age × share of the places that answered (in percent, NaN unknown)."""
    of_kind = np.array([*RULES["by_provenance"].values(), np.nan])[known.kind]
    quality = of_kind * _of_age(name, age)
    for share, variables in RULES["coverage"].items():
        if name in variables:
            told = answered(share)
            quality = quality * np.where(np.isnan(told), RULES["coverage_unknown"], told / 100)
    grade = np.select([np.isnan(quality), *(quality >= bound for bound in LOWEST)], [-1, 0, 1, 2], default=3)
    return Known(known.kind, np.maximum(grade, known.grade), known.not_applicable)


def _of_age(name, age):
    if name in RULES["without_age"]:
        return np.ones(len(age))
    steps = [age <= step["months"] for step in RULES["by_age"]]
    return np.select(steps, [step["quality"] for step in RULES["by_age"]], default=RULES["when_older"])


def of_movements(movements, rows, months):
    """The books of a commune are as firm as the least firm movement that has named it so far; before its first one, as that one."""
    ends = pd.concat([movements.assign(code=movements[end]) for end in ("origin_code", "destination_code", "home_code")])
    ends = ends.assign(
        kind_rank=ends["provenance"].map(KINDS.index), grade_rank=ends["reliability"].map(GRADES.index)
    ).sort_values("reference_date")
    found = []
    for rank in ("kind_rank", "grade_rank"):
        table = ends.pivot_table(index="code", columns="reference_date", values=rank, aggfunc="max")
        table = table.reindex(columns=months).cummax(axis=1).ffill(axis=1).bfill(axis=1)
        found.append(table.reindex(rows.get_level_values(0).unique()).fillna(-1).to_numpy(dtype=int).ravel())
    return Known(found[0], found[1], np.zeros(len(rows), dtype=bool))
