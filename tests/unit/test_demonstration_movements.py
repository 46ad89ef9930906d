"""Demonstration movements close on the demonstration stock, follow their rules, and are marked one by one."""

import numpy as np
import pandas as pd
import pytest

from analytics.displacement import build_flows, stock_by_home_and_host
from data.demonstration import build_demonstration, read_parameters
from data.demonstration_movements import build_demonstration_movements
from data.reference_files import read_communes, read_province_totals, read_reference_files
from tests.territories import TAROUDANNT

CODES = read_communes(TAROUDANNT)["commune_code"].tolist()


@pytest.fixture(scope="module")
def facts():
    return pd.concat([f.observations for f in read_reference_files(TAROUDANNT)])


@pytest.fixture(scope="module")
def figures(facts):
    return build_demonstration(TAROUDANNT, read_communes(TAROUDANNT), facts, read_province_totals(TAROUDANNT))


@pytest.fixture(scope="module")
def movements(facts, figures):
    return build_demonstration_movements(TAROUDANNT, read_communes(TAROUDANNT), facts, figures)


@pytest.fixture(scope="module")
def stock(figures):
    displaced = figures[figures["variable"] == "displaced_persons"]
    return displaced.pivot(index="commune_code", columns="reference_date", values="value").reindex(CODES)


@pytest.fixture(scope="module")
def flows(movements, stock):
    return build_flows(movements, CODES, stock.columns)


def test_the_same_seed_gives_the_same_movements(movements, facts, figures):
    pd.testing.assert_frame_equal(
        movements, build_demonstration_movements(TAROUDANNT, read_communes(TAROUDANNT), facts, figures)
    )


def test_every_host_and_month_closes_on_the_demonstration_stock(flows, stock):
    change = flows.arrivals + flows.relocations_in - flows.returns - flows.relocations_out
    np.testing.assert_array_equal(np.cumsum(change, axis=1), stock.to_numpy())
    np.testing.assert_array_equal(flows.hosted, stock.to_numpy())


def test_people_are_whole_and_nobody_leaves_who_was_not_there(movements, stock):
    assert (movements["persons"] % 1 == 0).all()
    assert (stock_by_home_and_host(movements, CODES, stock.columns) >= 0).all()
    assert not movements.duplicated(["reference_date", "kind", "origin_code", "destination_code", "home_code"]).any()


def test_no_more_people_are_displaced_from_a_commune_than_live_there(flows, facts):
    population = (
        facts[facts["variable"] == "population"].sort_values("reference_date").drop_duplicates("commune_code", keep="last")
    )
    people = population.set_index("commune_code")["value"].reindex(CODES).to_numpy()
    assert ((flows.residents_away + flows.hosted_from_own_commune).max(axis=1) < people).all()


@pytest.mark.taroudannt
def test_where_the_shaking_was_strong_most_stay_in_their_own_commune(flows):
    tizi = CODES.index("09.541.04.67")
    assert flows.hosted_from_own_commune[tizi, 0] / flows.hosted[tizi, 0] == pytest.approx(0.95, abs=0.001)
    aoulouz = CODES.index("09.541.01.02")
    assert flows.hosted_from_own_commune[aoulouz, 0] < 0.6 * flows.hosted[aoulouz, 0]


@pytest.mark.taroudannt
def test_a_few_people_are_relocated_to_the_hosts_that_the_parameters_name(movements):
    relocated = movements[movements["kind"] == "relocation"]
    assert set(relocated["destination_code"]) == set(read_parameters(TAROUDANNT)["movements"]["relocation_hosts"]["codes"])
    assert 50 < relocated["persons"].sum() < 500
    assert not (relocated["home_code"] == relocated["destination_code"]).any()


@pytest.mark.taroudannt
def test_every_movement_is_marked_and_every_commune_is_named(movements, flows):
    assert set(movements["provenance"]) == {"demonstration"}
    assert set(movements["reliability"]) == {"D"}
    assert set(movements["source"]) == {"territories/taroudannt/demonstration.yaml"}
    assert not np.isnan(flows.hosted).any()
