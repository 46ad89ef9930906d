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
    assert results.loc[rural, "severity_class"].notna().sum() == 81
    assert results.loc[~rural, "severity_class"].isna().all()
    assert set(results.loc[~rural, "status"]) == {"not_assessed"}


@pytest.mark.parametrize("result", ["education", "health", "civil_registry", "ISP"])
def test_composites_say_insufficient(official, result):
    results = official.of_month(result, official.months[-1])
    assert results["score"].isna().all() or result == "civil_registry"
    assert set(results["status"]) <= {"insufficient", "assessed"}
    if result == "ISP":
        assert set(results["status"]) == {"insufficient"}
        assert results["severity_class"].isna().all()
