"""The Monte Carlo against independent draws, against cases where nothing is uncertain, and for what must hold whatever is drawn."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.assessment import COMPOSITE_ID, assess
from analytics.assumptions import Assumptions, CensusCounting
from analytics.draws import Draws
from analytics.panel import Column
from analytics.uncertainty import simulate
from data.loaders.today import load_definitions

DEFINITIONS = load_definitions()
CERTAIN = replace(
    DEFINITIONS,
    reliability=replace(DEFINITIONS.reliability, variation=(0.0,) * 4),
    uncertainty=replace(DEFINITIONS.uncertainty, norm_shares=(0.0, 1.0, 0.0), weight_concentration=1e9, powers=(2.0,)),
)


@pytest.fixture
def simulated(figures):
    return simulate(figures.assessment, DEFINITIONS, [figures.months[-1]])[figures.months[-1]]


def of(frame: pd.DataFrame, result_id: str) -> pd.DataFrame:
    return frame[frame["indicator_id"] == result_id].set_index("commune_code")


def test_where_nothing_is_uncertain_every_draw_is_the_result_itself(figures):
    month = figures.months[-1]
    sure = Assumptions(counting=CensusCounting.COUNTED)
    assessment = assess(figures.assessment.panel, CERTAIN, sure)
    frame = simulate(assessment, CERTAIN, [month])[month]
    shown = assessment.frame([COMPOSITE_ID, "education", "EDU01", "HEA01", "CIV03"])
    shown = shown[shown["reference_date"] == month]
    for result_id, figure in [(COMPOSITE_ID, "score"), ("education", "score"), ("EDU01", "pressure"), ("CIV03", "value")]:
        expected = shown[shown["indicator_id"] == result_id].set_index("commune_code")
        found = of(frame, result_id)
        for column in ("median", "low", "high"):
            # 32 bits hold seven digits; Dirichlet weights at that concentration differ from the central ones by 1e-4.
            np.testing.assert_allclose(found[column], expected[figure].to_numpy(dtype=float), rtol=3e-3, atol=0.02)
        high = (expected["severity_class"].astype(float) >= 4).to_numpy()
        clear = np.abs(expected["score"] - 60).to_numpy() > 0.5
        assert (found["probability_high"].to_numpy()[clear] == high[clear]).all()
    ranks = of(frame, COMPOSITE_ID)
    central = of(shown, COMPOSITE_ID)["score"].rank(ascending=False)
    assert (ranks["rank"] - central).abs().max() <= 1


def test_one_pressure_agrees_with_draws_made_another_way(figures):
    """200,000 independent draws of pupils (lognormal), rooms (triangular) and norms of one commune, by numpy's own functions."""
    month, code = figures.months[-1], "09.541.04.67"
    frame = of(simulate(figures.assessment, DEFINITIONS, [month])[month], "HEA02").loc[code]
    panel = figures.assessment.panel.of_month(month)
    row, count = panel.commune_codes.index(code), 200_000
    rng = np.random.default_rng(1)
    sigma = np.sqrt(np.log(1 + 0.40**2))
    visits = panel["outpatient_visits"].value[row] * rng.lognormal(0, sigma, count)
    half = 1.7 * 0.40
    clinicians, days = (
        panel[name].value[row] * rng.triangular(max(-0.0, 1 - half), 1, 1 + half, count)
        for name in ("clinicians_fte", "health_opening_days")
    )
    # The norm of 50 visits is verified: it is not drawn.
    pressure = visits / (clinicians * days * 50)
    expected = np.quantile(pressure, [0.05, 0.5, 0.95])
    np.testing.assert_allclose(frame[["low", "median", "high"]].to_numpy(dtype=float), expected, rtol=0.12)


def test_the_same_draws_every_time_and_whatever_else_is_defined(figures, simulated):
    month = figures.months[-1]
    again = simulate(figures.assessment, DEFINITIONS, [month])[month]
    pd.testing.assert_frame_equal(simulated, again)
    fewer = replace(DEFINITIONS, indicators={k: v for k, v in DEFINITIONS.indicators.items() if k != "EDU02"})
    other = simulate(figures.assessment, fewer, [month])[month]
    pd.testing.assert_frame_equal(of(simulated, "EDU01"), of(other, "EDU01"))


def test_intervals_hold_their_median_and_ranks_fill_the_list(simulated):
    assert (simulated["low"] <= simulated["median"]).all() or simulated["median"].isna().any()
    known = simulated.dropna(subset=["median"])
    assert (known["low"] <= known["median"]).all()
    assert (known["median"] <= known["high"]).all()
    assert known["probability_high"].between(0, 1).all()
    index = of(simulated, COMPOSITE_ID)
    assert sorted(index["rank"]) == list(range(1, 90))
    assert (index["rank_low"] <= index["rank_high"]).all()
    assert index["first_share"].sum() == pytest.approx(10)
    order = index.sort_values("rank")["median"]
    assert order.is_monotonic_decreasing


def test_a_commune_that_is_not_assessed_has_neither_interval_nor_rank(figures):
    panel = figures.assessment.panel
    rooms = panel["classrooms_functional_primary"]
    first = np.arange(panel.rows) < len(panel.months)
    nothing = {
        name: _blank(panel[name], first)
        for name in (
            "classrooms_functional_primary",
            "teachers_primary",
            "clinicians_fte",
            "primary_care_facilities_functional",
        )
    }
    assert not np.isnan(rooms.value[0])
    assessment = assess(panel.with_columns(nothing), DEFINITIONS)
    frame = of(simulate(assessment, DEFINITIONS, [figures.months[-1]])[figures.months[-1]], COMPOSITE_ID)
    lost = frame.loc[panel.commune_codes[0]]
    assert lost.drop("indicator_id").isna().all()
    assert sorted(frame["rank"].dropna()) == list(range(1, 89))


def _blank(column: Column, where: np.ndarray) -> Column:
    return Column(
        np.where(where, np.nan, column.value), column.status, column.provenance, column.reliability, column.age_months
    )


def test_less_reliable_figures_widen_the_interval(figures):
    month = figures.months[-1]
    rules = DEFINITIONS.reliability
    surer = replace(DEFINITIONS, reliability=replace(rules, variation=(0.02, 0.04, 0.06, 0.08)))
    wide, narrow = (of(simulate(figures.assessment, d, [month])[month], "EDU01") for d in (DEFINITIONS, surer))
    assert ((wide["high"] - wide["low"]) > (narrow["high"] - narrow["low"])).all()


def test_a_norm_is_drawn_among_its_profiles_and_a_verified_one_is_kept():
    draws = Draws(DEFINITIONS.uncertainty, Assumptions(), 3)
    month = pd.Timestamp("2025-01-01")
    verified = draws.norm(DEFINITIONS.norms["visits_per_clinician_day"], month)
    assert set(verified[0].tolist()) == {50.0}
    assumed = draws.norm(DEFINITIONS.norms["requests_per_agent_day"], month)
    assert sorted(set(assumed[0].tolist())) == pytest.approx([10.8, 12.0, 13.2])
    shares = [(assumed[0] == v).mean() for v in sorted(set(assumed[0].tolist()))]
    assert shares == pytest.approx([0.25, 0.5, 0.25], abs=0.05)
    assert draws.weights("x", [0.5, 0.3, 0.2]).sum(axis=0) == pytest.approx(np.ones((1, 1000)), abs=1e-5)


def test_people_without_any_service_come_first_and_share_the_rank(figures):
    """The only health centre of two communes closes: no number measures it, and nobody stands before them."""
    month, panel = figures.months[-1], figures.assessment.panel
    closed = np.isin(np.repeat(panel.commune_codes, len(panel.months)), ["09.541.04.67", "09.541.01.01"])
    centres = panel["primary_care_facilities_functional"]
    none = Column(
        np.where(closed, 0.0, centres.value), centres.status, centres.provenance, centres.reliability, centres.age_months
    )
    assessment = assess(panel.with_columns({"primary_care_facilities_functional": none}), DEFINITIONS)
    frame = of(simulate(assessment, DEFINITIONS, [month], ranked=["HEA01"])[month], "HEA01")
    without = frame.loc[["09.541.04.67", "09.541.01.01"]]
    assert without[["median", "low", "high"]].isna().all(axis=None)
    assert (without[["rank", "rank_low", "rank_high"]] == 1).all(axis=None)
    assert (without["probability_high"] == 1).all()
    assert sorted(frame["rank"].drop(without.index)) == list(range(3, 90))
