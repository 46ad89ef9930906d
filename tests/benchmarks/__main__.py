"""Runs every measure and prints it beside its budget, with the ratio of the two."""

import os
import shutil
import tempfile
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


def main() -> None:
    """Build a store of its own, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        os.environ[ROOT_VARIABLE] = str(root)
        initialise(Store(root))
        print(HEADER)
        for measures in (part.run for part in PARTS):
            copy = Path(folder) / measures.__module__
            shutil.copytree(root, copy)
            for measure in measures(Store(copy)):
                print(describe(measure), flush=True)


def describe(measure: Measure) -> str:
    """One line: name, measured, budget, ratio (under 1 is within the budget)."""
    budget = f"{measure.budget:g} {measure.unit}" if measure.budget else "—"
    ratio = f"{measure.value / measure.budget:.2f}" if measure.budget else ""
    return f"{measure.name:<58}{measure.value:>9.3g} {measure.unit:<3}{budget:>11}{ratio:>8}"


main()
