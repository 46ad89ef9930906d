"""A second shock: distance, intensity and fragility by hand; the equation against the intensities of 8 September 2023."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analytics.bounds import BOUNDS
from analytics.scenario_application import shock_effects
from analytics.shock import (
    Fragility,
    Shock,
    check_residuals,
    hypocentral_km,
    predict_intensity,
    share_displaced,
    shock_intensity,
)
from analytics.shock_effects import work_out
from data.loaders.today import load_shock_model, load_today
from data.reference_files import read_communes, read_reference_files
from tests.territories import TAROUDANNT
from tests.unit.scenario_panels import CENTROIDS, CODES, SETTING, small_panel

MODEL = load_shock_model(TAROUDANNT)


@pytest.fixture(scope="module")
def event() -> tuple[pd.Series, np.ndarray]:
    """Intensity by commune (NaN where only known as below 4.6) and centroids."""
    observations = pd.concat([f.observations for f in read_reference_files(TAROUDANNT) if f.id == "earthquake_intensity"])
    communes = read_communes(TAROUDANNT)
    observed = observations.set_index("commune_code")["value"].reindex(communes["commune_code"])
    return observed, communes[["centroid_lat", "centroid_lng"]].to_numpy()


def test_distance_by_hand():
    # Right above the hypocentre only the depth counts; a degree of latitude is 6,371 x pi / 180 = 111.19 km.
    shock = Shock(30.0, -8.0, 6.0, depth_km=20)
    away = hypocentral_km(shock, np.array([30.0, 31.0]), np.array([-8.0, -8.0]))
    assert away == pytest.approx([20, np.hypot(111.19, 20)], rel=1e-4)


def test_intensity_at_the_epicentre_and_far_away_by_hand():
    # M 6.5: Rm = -0.209 + 2.042 e^1.5 = 8.943; at R = 10: 2.085 + 1.428*6.5 - 1.402 ln sqrt(100 + 79.97) = 7.726.
    near = predict_intensity(6.5, np.array([10.0]), MODEL.equation)[0]
    saturation = -0.209 + 2.042 * np.exp(1.5)
    assert saturation == pytest.approx(8.943, abs=0.001)
    assert near == pytest.approx(7.726, abs=0.002)
    # At 100 km the term beyond 50 km adds 0.078 ln 2 = 0.054.
    far = predict_intensity(6.5, np.array([100.0]), MODEL.equation)[0]
    assert far == pytest.approx(2.085 + 1.428 * 6.5 - 1.402 * np.log(np.hypot(100, saturation)) + 0.0541, abs=0.001)


def test_intensity_falls_with_distance_and_rises_with_magnitude():
    away = np.linspace(5, 250, 80)
    curves = [predict_intensity(m, away, MODEL.equation) for m in (5.0, 6.0, 7.0)]
    assert all((np.diff(curve) < 0).all() for curve in curves)
    assert (curves[0] < curves[1]).all()
    assert (curves[1] < curves[2]).all()


@pytest.mark.taroudannt
def test_the_equation_against_the_shakemap_of_the_reference_event(event):
    observed, centroids = event
    check = check_residuals(observed.to_numpy(), centroids, MODEL)
    assert check.is_censored.sum() == 11
    assert len(check.residual) == 89
    # What the screen and the method page print: a quarter of a degree too high on average, half a degree of scatter.
    assert check.bias == pytest.approx(-0.25, abs=0.01)
    assert check.rmse == pytest.approx(0.49, abs=0.01)
    assert np.isnan(check.residual[check.is_censored]).all()
    # Known to lie below 4.6, all eleven are predicted above: taking them in makes the bias larger, 4.6 in their place less so.
    assert check.censored_predicted_above == 11
    as_if_known = np.where(check.is_censored, 4.6, observed) - check.predicted
    assert check.bias_with_censored < as_if_known.mean() < check.bias


@pytest.mark.taroudannt
def test_residuals_are_nothing_where_the_prediction_is_right(event):
    _, centroids = event
    predicted = shock_intensity(MODEL.reference, centroids, MODEL.equation)
    noise = np.tile([0.3, -0.3], 45)[:89]
    check = check_residuals(predicted + noise, centroids, MODEL)
    assert check.bias == pytest.approx(0.3 / 89)
    assert check.rmse == pytest.approx(0.3)
    assert check.bias_with_censored == pytest.approx(check.bias, abs=1e-3)


def test_half_of_the_dwellings_at_their_median():
    fragility = dataclasses.replace(MODEL.fragility, spread=0.5)
    central = fragility.medians["rural"][1]
    assert fragility.unusable_share("rural", np.array([central]))[0] == pytest.approx(0.5)
    shares = [fragility.unusable_share("rural", np.array([central]), b)[0] for b in BOUNDS]
    assert shares[0] < shares[1] < shares[2]
    # One spread above the median: the normal distribution gives .8413.
    assert fragility.unusable_share("rural", np.array([central + 0.5]))[0] == pytest.approx(0.8413, abs=1e-4)


def test_people_displaced_by_dwelling_type_by_hand():
    class Half(Fragility):
        def unusable_share(self, kind, intensity, bound="central", scatter=0.0):
            return np.full(len(intensity), {"rural": 0.5, "basic": 1.0, "other": 0.0, "masonry": 0.1}[kind])

    f = MODEL.fragility
    half = Half(f.medians, f.spread, f.status, f.source, f.labels)
    # 70 % rural, 2 % basic, 8 % other, 20 % masonry: .35 + .02 + 0 + .02.
    assert share_displaced(small_panel(), np.zeros(3), half) == pytest.approx([0.39] * 3)


def test_the_fragility_is_set_on_the_official_count(figures):
    """The intensities of 8 September 2023 give about the 24,805 persons counted on 21 September, inside the range."""
    panel = figures.assessment.panel
    first = slice(None, None, len(panel.months))
    intensity = np.nan_to_num(panel["mmi_intensity"].value[first], nan=4.3)
    people = {
        b: float(np.nansum(share_displaced(panel, intensity, MODEL.fragility, b) * panel["population"].value[first]))
        for b in BOUNDS
    }
    assert people["central"] == pytest.approx(24_805, rel=0.1)
    assert people["low"] < 24_805 < people["high"]


def test_the_scatter_of_the_equation_by_hand():
    # At the hypocentre .82 + .37 = 1.19; at 22.9 km half of the .37 is left; far away .82.
    assert MODEL.equation.scatter(np.array([0.0, 22.9, 1e6])) == pytest.approx([1.19, 1.005, 0.82])


def struck(panel, draws=40_000):
    rules = dataclasses.replace(SETTING.definitions.uncertainty, draws=draws)
    shock = Shock(30.85, -8.25, 6.2, 12)
    centroids = np.array([CENTROIDS[code] for code in CODES])
    return work_out(panel, shock, centroids, MODEL, rules)


def test_expected_effects_and_their_range_are_those_of_draws_made_otherwise():
    """A hundred thousand earthquakes by another generator: the published scatter, half of its variance shared by all places."""
    panel, effects = small_panel(), struck(small_panel())
    generator, count = np.random.default_rng(5), 100_000
    error = np.sqrt(0.5) * (generator.standard_normal((1, count)) + generator.standard_normal((3, count)))
    shaken = effects.intensity[:, None] + effects.scatter[:, None] * error
    people = 6000 * share_displaced(panel, shaken, MODEL.fragility)
    assert effects.displaced["central"] == pytest.approx(people.mean(axis=1), rel=0.03)
    for bound, share in (("low", 0.05), ("high", 0.95)):
        assert effects.displaced[bound] == pytest.approx(np.quantile(people, share, axis=1), rel=0.03, abs=1)
    totals, mine = people.sum(axis=0), effects.total(np.ones(3, dtype=bool))
    assert mine["central"] == pytest.approx(totals.mean(), rel=0.01)
    for name, share in (("low", 0.05), ("median", 0.5), ("high", 0.95)):
        assert mine[name] == pytest.approx(np.quantile(totals, share), rel=0.08)
    assert effects.drawn.mean(axis=1) == pytest.approx(effects.displaced["central"], rel=0.06)


def test_a_total_is_surer_than_the_sum_of_its_places_and_less_sure_than_if_each_erred_alone():
    effects, everyone = struck(small_panel()), np.ones(3, dtype=bool)
    total, ends = effects.total(everyone), {b: effects.displaced[b].sum() for b in BOUNDS}
    assert ends["low"] < total["low"] < total["median"] < total["central"] < total["high"] < ends["high"]


def test_the_second_shock_of_the_library_on_the_figures_that_ship(figures):
    """What the screen says: 36,000 expected, half of the time more than 24,000, nine times of ten between 2,900 and 101,000."""
    definitions = load_today(TAROUDANNT)
    effects = shock_effects(figures.assessment.panel, definitions.library["second_shock"], figures.scenario_setting)
    total = effects.total(np.ones(89, dtype=bool))
    found = [total[name] for name in ("low", "median", "central", "high")]
    assert found == pytest.approx([2_860, 24_400, 35_800, 101_400], rel=0.01)
    assert effects.scatter.min() == pytest.approx(0.831, abs=0.001)
    assert effects.scatter.max() == pytest.approx(1.064, abs=0.001)


def test_sources_and_statuses_are_there():
    assert "10.1007/s10950-012-9278-7" in MODEL.equation.source.url
    assert MODEL.fragility.status == "assumption"
    assert set(MODEL.fragility.labels) == {"fr", "ar", "en"}
