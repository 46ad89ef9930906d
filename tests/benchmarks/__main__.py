"""``python -m tests.benchmarks [server] [api]…``: runs every measure, or the parts that are named, and prints each beside its
budget, with the ratio of the two."""

import os
import shutil
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from data.initialise import initialise
from data.store import ROOT_VARIABLE, Store
from tests.benchmarks import (
    allocation_measures,
    analytics_measures,
    api_measures,
    browser_measures,
    file_measures,
    method_measures,
    peer_measures,
    plan_measures,
    server_measures,
    sheet_measures,
    slow_line_measures,
    support_measures,
)
from tests.benchmarks.budget import Measure

PARTS = (
    file_measures,
    analytics_measures,
    method_measures,
    peer_measures,
    allocation_measures,
    sheet_measures,
    plan_measures,
    server_measures,
    api_measures,
    browser_measures,
    slow_line_measures,
    support_measures,
)
HEADER = f"{'measure':<58}{'measured':>12}{'budget':>12}{'ratio':>8}"


def main(names: Collection[str]) -> None:
    """Build a store of its own, measure, print.

    Raises:
        SystemExit: no part has such a name.
    """
    parts = {part.__name__.rsplit(".", 1)[1].removesuffix("_measures"): part for part in PARTS}
    if unknown := [name for name in names if name not in parts]:
        raise SystemExit(f"{', '.join(unknown)}: not among {', '.join(parts)}")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        os.environ[ROOT_VARIABLE] = str(root)
        initialise(Store(root))
        print(HEADER)
        for measures in (part.run for name, part in parts.items() if name in (names or parts)):
            copy = Path(folder) / measures.__module__
            shutil.copytree(root, copy)
            for measure in measures(Store(copy)):
                print(describe(measure), flush=True)


def describe(measure: Measure) -> str:
    """One line: name, measured, budget, ratio (under 1 is within the budget)."""
    budget = f"{measure.budget:g} {measure.unit}" if measure.budget else "—"
    ratio = f"{measure.value / measure.budget:.2f}" if measure.budget else ""
    return f"{measure.name:<58}{measure.value:>9.3g} {measure.unit:<3}{budget:>11}{ratio:>8}"


if __name__ == "__main__":
    main(sys.argv[1:])
