"""Access from what a store holds: census distances at first, facility points once a commune sent them."""

import pandas as pd
import pytest

from analytics.model import Sector
from pages.figures.access import read_access
from pages.figures.load import load_figures
from tests.integration.test_store_movements import FREIJA, TIZI, facility, write


def test_census_distances_serve_where_no_point_is_known(figures):
    table = read_access(figures, Sector.HEALTH, figures.months[-1])
    rural = figures.communes["area_type"] == "rural"
    assert set(table.loc[rural, "method"]) == {"census"}
    assert set(table.loc[~rural, "method"]) == {"none"}
    assert table["imported"].sum() == pytest.approx(table["exported"].sum())


def test_points_that_were_sent_are_used_and_a_later_month_closes_one(store):
    sent = [
        {**facility("F1", "2025-07-01", "fully", TIZI), "capacity": 2.0},
        {**facility("F2", "2025-07-01", "fully", FREIJA), "capacity": 2.0},
        {**facility("F2", "2025-08-01", "not", FREIJA), "capacity": 2.0},
    ]
    write(store, "a", facilities=sent)
    figures = load_figures(store.snapshot_id())
    july, august = (read_access(figures, Sector.HEALTH, pd.Timestamp(day)) for day in ("2025-07-01", "2025-08-01"))
    assert set(july["method"]) == {"points"}
    assert july.loc[FREIJA, "from_neighbours_share"] > 0
    assert pd.isna(august.loc[FREIJA, "from_neighbours_share"])
