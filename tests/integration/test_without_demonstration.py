"""Demonstration figures removed: what the census measured still maps, composites say that data are insufficient."""

import pytest

from data.ingest import drop_demonstration
from pages.figures.load import load_figures

MEASURED = ("EDU08", "HEA07", "CIV10")


@pytest.fixture
def official(store):
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    return load_figures(store.snapshot_id())


def test_no_result_rests_on_a_demonstration_figure(official):
    assert not official.has_demonstration
    for frame in official.results.values():
        assert "demonstration" not in set(frame["provenance"])


@pytest.mark.parametrize("indicator", MEASURED)
def test_measured_indicators_still_map_in_the_rural_communes(official, indicator):
    results = official.of_month(indicator, official.months[-1])
    rural = official.communes["area_type"] == "rural"
    # A class where the census publishes enough, a range elsewhere; a figure and a score everywhere.
    assert results.loc[rural, ["value", "score", "severity_class_low", "severity_class_high"]].notna().all(axis=None)
    assert results.loc[~rural, "severity_class"].isna().all()
    assert set(results.loc[~rural, "status"]) == {"not_assessed"}


@pytest.mark.parametrize("result", ["education", "health", "civil_registry", "ISP"])
def test_composites_say_insufficient_or_a_range_that_access_alone_gives(official, result):
    results = official.of_month(result, official.months[-1])
    assert results["score"].isna().all()
    assert results["severity_class"].isna().all()
    assert set(results["status"]) <= {"insufficient", "partial"}
    partial = results[results["status"] == "partial"]
    assert (partial["severity_class_low"] > 1).all()
    # A load in class 5 takes its service to 5 and the index to 4 at least; further only where access weighs as much.
    assert (partial["severity_class_high"] >= (4 if result == "ISP" else 5)).all()
    if result == "health":
        # Who lives beyond 5 km is measured: where it is class 5, health is 3 at least, whatever the rest is.
        far = official.of_month("HEA07", official.months[-1])["severity_class"] == 5
        assert (results.loc[far, "severity_class_low"] == 3).all()
