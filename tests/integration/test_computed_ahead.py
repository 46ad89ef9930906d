"""A server computes the figures of a snapshot between its writing and its publication: no reader waits, and a fault keeps nobody."""

from dataclasses import replace

import pandas as pd
import pytest

from analytics.assumptions import DEFAULTS, Assumptions, FigureKinds, PopulationBasis
from data import publishing
from pages.figures import load
from pages.figures.ahead import compute_ahead, warm
from pages.figures.cache import ComputedTables
from pages.figures.frames import ResultFrames
from pages.figures.recent import RecentAssumptions
from tests.territories import VALCLAIR


@pytest.fixture
def ahead(monkeypatch):
    """What is done ahead in this test only."""
    done = []
    monkeypatch.setattr(publishing, "_AHEAD", done)
    return done


def test_readers_stay_on_the_old_snapshot_until_the_new_figures_stand(province_store, ahead, monkeypatch):
    monkeypatch.setattr("pages.figures.ahead.RECENT", RecentAssumptions())
    load.load_figures(province_store.snapshot_id(), DEFAULTS, VALCLAIR)
    seen = []
    publishing.do_ahead(lambda store, new: seen.append((store.snapshot_id(), new)))
    publishing.do_ahead(compute_ahead)
    before = province_store.snapshot_id()
    with province_store.write("import") as connection:
        connection.execute("DELETE FROM movement")
    assert seen == [(before, province_store.snapshot_id())]
    computed = load._compute.kept.built
    figures = load.load_figures(province_store.snapshot_id(), DEFAULTS, VALCLAIR)
    assert figures.snapshot_id == province_store.snapshot_id() != before
    assert load._compute.kept.built == computed


def test_where_each_month_has_its_figures_from_is_read_ahead_and_the_same_as_read_alone(province_store):
    snapshot_id = province_store.snapshot_id()
    compute_ahead(province_store, snapshot_id)
    figures = load.load_figures(snapshot_id, DEFAULTS, VALCLAIR)
    ahead = figures.origins
    alone = replace(ahead, cache=ComputedTables())
    assert len(figures.months) > 1
    for month in figures.months:
        assert ahead.cache.has_table("sources of all", month)
        assert not alone.cache.has_table("sources of all", month)
        pd.testing.assert_frame_equal(ahead.sources_of_all(month), alone.sources_of_all(month))
        # Each is one that some commune has: the latest of its variable, kind, source and file.
        columns = ["variable", "provenance", "source", "file_name"]
        latest = ahead.sources(month).groupby(columns, dropna=False)["reference_date"].max()
        said = ahead.sources_of_all(month).set_index(columns)["reference_date"]
        pd.testing.assert_series_equal(said.sort_index(), latest.sort_index(), check_dtype=False)


def test_a_fault_ahead_is_logged_and_keeps_nobody_from_the_snapshot(province_store, ahead, caplog):
    publishing.do_ahead(lambda *_: 1 / 0)
    before = province_store.snapshot_id()
    with province_store.write("import") as connection:
        connection.execute("DELETE FROM movement")
    assert province_store.snapshot_id() != before


def test_the_sets_that_readers_looked_at_last_are_few_and_the_last_one_comes_first(province):
    recent = RecentAssumptions(2)
    first, *others = load_sets()
    assert DEFAULTS in recent.list(province)
    for one in (first, *others):
        recent.note(province, one)
    assert recent.list(province) == others[::-1]


def load_sets():
    return Assumptions(), Assumptions(basis=PopulationBasis.RESIDENCE), Assumptions(figures=FigureKinds.REAL)


def test_a_store_that_is_empty_warms_nothing(province, tmp_path, monkeypatch):
    monkeypatch.setenv("SERVICE_PRESSURE_STORE", str(tmp_path))
    warm()


def test_to_ask_whether_there_is_a_result_makes_no_table_of_it(province_figures):
    frames = ResultFrames(province_figures.assessment)
    known = next(iter(province_figures.assessment.results))
    assert known in frames
    assert "NONE" not in frames
    assert not frames._frames
    assert len(frames[known]) == province_figures.assessment.panel.rows
