"""The Monte Carlo against independent draws, against cases where nothing is uncertain, and for what must hold whatever is drawn."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm, triang

from analytics.assessment import COMPOSITE_ID, assess
from analytics.assumptions import Assumptions, CensusCounting
from analytics.draws import Draws, triangle_half_width
from analytics.model import Measure
from analytics.panel import Column
from analytics.uncertainty import compare_pairs, simulate
from data.loaders.today import load_definitions
from tests.panels import published_of_all

DEFINITIONS = load_definitions()
CERTAIN = replace(
    published_of_all(DEFINITIONS),
    reliability=replace(DEFINITIONS.reliability, variation=(0.0,) * 4),
)


@pytest.fixture
def simulated(figures):
    return simulate(figures.assessment, DEFINITIONS, [figures.months[-1]])[figures.months[-1]]


def of(frame: pd.DataFrame, result_id: str) -> pd.DataFrame:
    return frame[frame["indicator_id"] == result_id].set_index("commune_code")


@pytest.mark.slow
def test_where_nothing_is_uncertain_every_draw_is_the_result_itself(figures):
    month = figures.months[-1]
    sure = Assumptions(counting=CensusCounting.COUNTED)
    assessment = assess(figures.assessment.panel, CERTAIN, sure)
    frame = simulate(assessment, CERTAIN, [month], ranked=assessment.results)[month]
    shown = assessment.frame()
    shown = shown[shown["reference_date"] == month]
    in_unit = [
        (COMPOSITE_ID, "score"),
        ("education", "score"),
        ("EDU01", "pressure"),
        ("HEA07", "value"),
        ("health", "score"),
        ("health_load", "score"),
        ("health_access", "score"),
        ("CIV03", "value"),
    ]
    for result_id, figure in in_unit:
        expected = shown[shown["indicator_id"] == result_id].set_index("commune_code")
        found = of(frame, result_id)
        for column in ("estimate", "median", "low", "high"):
            # 32 bits hold seven digits.
            np.testing.assert_allclose(found[column], expected[figure].to_numpy(dtype=float), rtol=1e-5, atol=1e-4)
        classes = expected["severity_class"].astype(float).to_numpy()
        drawn = found[[f"probability_class_{c}" for c in range(1, 6)]].to_numpy() @ np.arange(1, 6)
        np.testing.assert_array_equal(drawn[~np.isnan(classes)], classes[~np.isnan(classes)])
        # Perfect figures leave no tie but true ones: one possible rank, that of the figure itself.
        by_figure = expected[figure].rank(ascending=False, method="min")
        for column in ("rank", "rank_low", "rank_high"):
            pd.testing.assert_series_equal(found[column], by_figure, check_names=False)


def test_one_pressure_agrees_with_draws_made_another_way(figures):
    """Independent draws of visits (lognormal), clinicians and days (triangular on the logarithm) of one commune; visits and
    clinicians share half of their error, the facilities that did not answer."""
    month, code = figures.months[-1], "09.541.04.67"
    frame = of(simulate(figures.assessment, DEFINITIONS, [month])[month], "HEA02").loc[code]
    panel = figures.assessment.panel.of_month(month)
    row, count = panel.commune_codes.index(code), 400_000
    rng = np.random.default_rng(1)
    visits_error, clinicians_error = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], count).T
    sigma = np.sqrt(np.log(1 + 0.40**2))
    visits = panel["outpatient_visits"].value[row] * np.exp(sigma * visits_error)
    # A triangle ±w on the logarithm whose exponential has a coefficient of variation of 40 %, found by trial.
    half = 0.97
    tried = np.exp(rng.triangular(-half, 0, half, 1_000_000))
    assert tried.std() / tried.mean() == pytest.approx(0.40, abs=0.005)
    triangle = triang(0.5, -half, 2 * half)
    clinicians = panel["clinicians_fte"].value[row] * np.exp(triangle.ppf(norm.cdf(clinicians_error)))
    days = panel["health_opening_days"].value[row] * np.exp(triangle.rvs(count, random_state=rng))
    expected = np.quantile(visits / (clinicians * days * 50), [0.05, 0.5, 0.95])
    np.testing.assert_allclose(frame[["low", "median", "high"]].to_numpy(dtype=float), expected, rtol=0.12)


@pytest.mark.parametrize("variation", [0.05, 0.10, 0.20, 0.40])
def test_errors_vary_as_much_as_they_claim(variation):
    draws = Draws(replace(DEFINITIONS.uncertainty, draws=40_000), 3)
    claimed = np.full(3, variation)
    for factor in (draws.demand_factor("pupils_primary", claimed), draws.capacity_factor("teachers_primary", claimed)):
        drawn = factor[:, 1:].ravel().astype(float)
        assert drawn.std() / drawn.mean() == pytest.approx(variation, rel=0.02)
        assert np.median(drawn) == pytest.approx(1, abs=0.01)
        assert (factor[:, 0] == 1).all()
    # A triangle ±w has a coefficient of variation of about w ÷ √6.
    assert triangle_half_width(0.01) == pytest.approx(0.01 * np.sqrt(6), rel=1e-3)
    assert (draws.capacity_factor("teachers_primary", claimed) > 0).all()


def test_what_shares_a_cause_errs_together_and_the_rest_does_not():
    draws = Draws(replace(DEFINITIONS.uncertainty, draws=20_000), 2)

    def correlation(one, other):
        return np.corrcoef(draws.error(one)[0, 1:], draws.error(other)[0, 1:])[0, 1]

    assert correlation("pupils_primary", "classrooms_functional_primary") == pytest.approx(0.5, abs=0.03)
    assert correlation("pupils_primary", "teachers_lycee") == pytest.approx(0.5, abs=0.03)
    assert correlation("pupils_primary", "registry_requests") == pytest.approx(0, abs=0.03)
    assert np.corrcoef(draws.error("pupils_primary")[:, 1:])[0, 1] == pytest.approx(0, abs=0.03)
    share = draws.counted_share()
    assert ((share >= 0) & (share <= 1)).all()
    assert (share[:, 0] == 0.5).all()
    assert np.corrcoef(share[:, 1:])[0, 1] == pytest.approx(0.79, abs=0.03)


def test_shares_stay_between_none_and_all(figures):
    month = figures.months[-1]
    frame = simulate(figures.assessment, DEFINITIONS, [month])[month]
    for result_id in ("HEA07", "EDU08", "CIV10", "WAS01"):
        if result_id not in DEFINITIONS.indicators:
            continue
        indicator = DEFINITIONS.indicators[result_id]
        limit = DEFINITIONS.norms[indicator.terms[0].norm].in_force(month.date()).value
        shares = of(frame, result_id)[["low", "median", "high"]] * (0.01 if indicator.goalposts else limit)
        assert shares.max(axis=None) <= 1 + 1e-6, result_id
        assert shares.min(axis=None) >= 0


def test_every_part_of_a_whole_is_drawn_as_one(figures):
    """Whatever is a share of people or places in its own definition is named among the shares."""
    for indicator in DEFINITIONS.indicators.values():
        (term, *_), loads = indicator.terms, indicator.measure is Measure.LOAD
        if indicator.unit != "percent" or not indicator.has_pressure or not term.capacity:
            continue
        part, whole = (term.demand, term.capacity[0])[:: 1 if loads else -1]
        parts, wholes = (figures.assessment.panel[name].value for name in (part, whole))
        known = ~np.isnan(parts) & ~np.isnan(wholes)
        never_more = known.any() and (parts[known] <= wholes[known]).all()
        if never_more and whole not in ("population_served",):
            assert indicator.id in DEFINITIONS.uncertainty.shares, indicator.id


@pytest.mark.slow
def test_order_class_and_range_have_one_centre(figures):
    """The median of the draws is the index that is shown, whatever the months: it was 7 points above.

    Where a score is cut at 0 in most draws nothing can be moved below it, and 1,000 draws have no draw exactly in the middle:
    a tenth of a point on average, a fifth of what the last digit shown holds.
    """
    for month, frame in simulate(figures.assessment, DEFINITIONS, list(figures.months[-6:])).items():
        shown = figures.of_month(COMPOSITE_ID, month)
        drawn = of(frame, COMPOSITE_ID)
        assert (drawn["median"] - shown["score"]).abs().mean() < 0.1
        np.testing.assert_allclose(drawn["estimate"], shown["score"], atol=1e-4)
        order = shown["score"].loc[drawn.sort_values("rank").index]
        assert (order.diff().dropna() <= 1e-4).all()
        assert ((drawn["low"] <= shown["score"]) & (shown["score"] <= drawn["high"])).all()


def test_choices_are_not_drawn(figures):
    """Other weights and another rule move the estimate, never the width by themselves: perfect figures stay certain."""
    month = figures.months[-1]
    other = replace(CERTAIN, composite_power=8.0, sector_weights={s: 1.0 + n for n, s in enumerate(CERTAIN.sector_weights)})
    assessment = assess(figures.assessment.panel, other, Assumptions(counting=CensusCounting.COUNTED))
    frame = of(simulate(assessment, other, [month])[month], COMPOSITE_ID)
    assert (frame["high"] - frame["low"]).max() < 1e-4


def test_pairs_agree_with_the_expected_rank(figures):
    month = figures.months[-1]
    pairs = compare_pairs(figures.assessment, DEFINITIONS, month, COMPOSITE_ID)
    np.testing.assert_allclose(pairs + pairs.T, 1)
    expected = of(simulate(figures.assessment, DEFINITIONS, [month])[month], COMPOSITE_ID)["expected_rank"]
    np.testing.assert_allclose(expected.loc[pairs.index], pairs.sum(axis=0) + 0.5)


def test_below_the_stated_coverage_there_is_no_order(figures):
    panel = figures.assessment.panel
    few = np.repeat(np.arange(89) < 44, len(panel.months))
    blank = _blank(panel["primary_care_facilities_functional"], ~few)
    assessment = assess(panel.with_columns({"primary_care_facilities_functional": blank}), DEFINITIONS)
    month = figures.months[-1]
    frame = of(simulate(assessment, DEFINITIONS, [month], ranked=["HEA01"])[month], "HEA01")
    assert frame["estimate"].notna().sum() == 44
    assert frame[["rank", "rank_low", "rank_high", "expected_rank", "first_20", "first_10"]].isna().all(axis=None)
    eased = replace(DEFINITIONS, uncertainty=replace(DEFINITIONS.uncertainty, lowest_coverage=0.49))
    assert of(simulate(assessment, eased, [month], ranked=["HEA01"])[month], "HEA01")["rank"].notna().sum() == 44


def test_the_same_draws_every_time_and_whatever_else_is_defined(figures, simulated):
    month = figures.months[-1]
    again = simulate(figures.assessment, DEFINITIONS, [month])[month]
    pd.testing.assert_frame_equal(simulated, again)
    fewer = replace(DEFINITIONS, indicators={k: v for k, v in DEFINITIONS.indicators.items() if k != "EDU02"})
    other = simulate(figures.assessment, fewer, [month])[month]
    pd.testing.assert_frame_equal(of(simulated, "EDU01"), of(other, "EDU01"))


def test_intervals_hold_their_estimate_and_ranks_fill_the_list(simulated):
    known = simulated.dropna(subset=["estimate"])
    assert (known["low"] <= known["median"]).all()
    assert (known["median"] <= known["high"]).all()
    classes = known[[f"probability_class_{c}" for c in range(1, 6)]]
    assert ((classes >= 0) & (classes <= 1)).all(axis=None)
    np.testing.assert_allclose(classes.sum(axis=1), 1)
    np.testing.assert_allclose(known["probability_high"], classes["probability_class_4"] + classes["probability_class_5"])
    index = of(simulated, COMPOSITE_ID)
    assert sorted(index["rank"]) == list(range(1, 90))
    assert (index["rank_low"] <= index["rank"]).all()
    assert (index["rank"] <= index["rank_high"]).all()
    assert index["first_10"].sum() == pytest.approx(10)
    assert index["first_20"].sum() == pytest.approx(20)
    assert (index["first_10"] <= index["first_20"]).all()
    assert index["expected_rank"].mean() == pytest.approx(45)


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
    assert frame["rank"].drop(without.index).min() == 3
    assert (without["expected_rank"] == 1.5).all()
    assert (without[["first_20", "first_10"]] == 1).all(axis=None)


def test_a_share_of_some_people_lies_between_none_and_all_of_the_others_and_keeps_its_centre(figures, simulated):
    partial = [i for i in DEFINITIONS.indicators.values() if i.is_known_in_part]
    assert {i.id for i in partial} <= DEFINITIONS.uncertainty.shares
    for indicator in partial:
        shown, drawn = figures.of_month(indicator.id, figures.months[-1]), of(simulated, indicator.id)
        shown, drawn = shown[shown["value"].notna()], drawn.loc[shown.index[shown["value"].notna()]]
        # The published figures err by themselves, by their grade.
        slack = shown["value"] + 0.01
        assert (drawn["low"] >= shown["value_low"] - slack).all(), indicator.id
        assert (drawn["high"] <= shown["value_high"] + slack).all(), indicator.id
        assert ((drawn["low"] <= shown["value"] + 1e-4) & (shown["value"] <= drawn["high"] + 1e-4)).all(), indicator.id
        unpublished = shown["value_high"] - shown["value_low"]
        wide = unpublished > 20
        assert wide.sum() > 10
        assert (drawn["high"] - drawn["low"])[wide].min() > 0.4 * unpublished[wide].min()
