"""The starting point of a commune: worked by hand, bounded, never moved by what others say."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from analytics.assessment import assess
from analytics.baseline import assess_baseline, class_of_baseline, class_of_part, score_parts, with_baseline
from analytics.baseline_draws import describe_baseline, draw_baseline
from analytics.baseline_rules import BASELINE_IDS
from analytics.external_check import check_against
from analytics.model import STATUS_ORDER, Definitions, ResultStatus, Status
from analytics.panel import Panel, build_panel
from analytics.result import STATUS
from data.loaders.today import load_definitions
from data.reference_files import read_communes, read_reference_files
from tests.territories import TAROUDANNT

MONTH = pd.Timestamp("2024-09-01")
# One commune at the norm of every distance, half of its people withheld; and everything else chosen for round scores.
AT_THE_NORM = {
    "mmi_intensity": 6.05, "other_dwelling_rise_pct": 10, "rural_earth_dwelling_pct": 20, "dwelling_rural_pct": 40,
    "people_per_room": 1.4, "age_0_4_pct": 6, "age_65_plus_pct": 10, "disability_pct": 7.65,
    "illiteracy_15_plus_female_pct": 40, "illiteracy_15_plus_male_pct": 40, "primary_school_km_mean": 2, "college_km_mean": 5,
    "lycee_km_mean": 10, "health_centre_km_mean": 5, "paved_road_km": 2, "population_without_booklet": 50,
    "population_covered_booklet": 1000, "population_covered_primary_school": 1000, "population_covered_college": 1000,
    "population_covered_health_centre": 1000, "municipal_population": 2000,
}  # fmt: skip


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


@pytest.fixture(scope="module")
def taroudannt(definitions) -> Panel:
    facts = pd.concat([f.observations for f in read_reference_files(TAROUDANNT)])
    codes = list(read_communes(TAROUDANNT)["commune_code"])
    return build_panel(facts, codes, [MONTH], frozenset(facts["variable"]))


def panel_of(*communes: dict[str, float | None]) -> Panel:
    rows = [
        (str(at), name, value, "missing" if value is None else "reported")
        for at, figures in enumerate(communes)
        for name, value in figures.items()
    ]
    frame = pd.DataFrame(rows, columns=["commune_code", "variable", "value", "status"])
    frame = frame.assign(reference_date=MONTH, provenance="measured", reliability="A")
    return build_panel(frame, [str(at) for at in range(len(communes))], [MONTH], frozenset(frame["variable"]))


def assess_one(definitions, *communes):
    return assess_baseline(panel_of(*communes), definitions.baseline)


def test_a_commune_at_every_norm_scores_40_on_both_faces_but_for_the_shaking(definitions):
    results = assess_one(definitions, AT_THE_NORM)
    # Shaking: (6.05 - 4.6) / 2.9 = one half: 50. Exposed: (50 + 40 + 40 + 40) / 4 = 42.5. Whole: root of (42.5² + 40²) / 2.
    assert results["BASE_FAR"].score[0] == pytest.approx(40)
    assert results["BASE_EXPOSED"].score[0] == pytest.approx(42.5)
    assert results["BASE"].score[0] == pytest.approx(((42.5**2 + 40**2) / 2) ** 0.5)
    assert results["BASE"].severity_class[0] == 4


def test_people_whom_the_census_withholds_are_the_doubt(definitions):
    far = assess_one(definitions, AT_THE_NORM)["BASE_FAR"].figures
    # Half of the people are withheld in school, health and registry (20 to 70), nobody on the road (40): (3 × 20 + 40) / 4.
    assert far["score_low"][0] == pytest.approx(25)
    assert far["score_high"][0] == pytest.approx(62.5)


@pytest.mark.taroudannt
def test_a_town_has_no_distance_and_no_whole_but_was_exposed(definitions, taroudannt):
    results = assess_baseline(taroudannt, definitions.baseline)
    urban = (read_communes(TAROUDANNT)["area_type"] == "urban").to_numpy()
    for name, apply in (("BASE", ~urban), ("BASE_FAR", ~urban), ("BASE_EXPOSED", np.ones(89, dtype=bool))):
        assert (results[name].has_status(ResultStatus.NOT_ASSESSED) == ~apply).all()
        assert (~np.isnan(results[name].score) == apply).all()


def test_a_commune_that_alone_lacks_a_part_has_a_range_and_no_score(definitions):
    results = assess_one(definitions, AT_THE_NORM, AT_THE_NORM | {"paved_road_km": None})
    far = results["BASE_FAR"]
    assert np.isnan(far.score[1])
    assert not np.isnan(far.score[0])
    # Withheld half and road anywhere: (3 × 20 + 0) / 4 to (3 × 70 + 100) / 4.
    assert (far.figures["score_low"][1], far.figures["score_high"][1]) == pytest.approx((15, 77.5))
    assert STATUS[far.status[1]] in (ResultStatus.PARTIAL, ResultStatus.INSUFFICIENT)


def test_the_heaviest_part_of_a_face_is_one_that_applies(definitions):
    near = {name: 0.0 for name, value in AT_THE_NORM.items() if name.endswith(("_km", "_km_mean", "without_booklet"))}
    panel = panel_of(AT_THE_NORM, AT_THE_NORM | near | {"lycee_km_mean": 0.01})
    college = panel["college_km_mean"]
    status, value = college.status.copy(), college.value.copy()
    status[1], value[1] = STATUS_ORDER.index(Status.NOT_APPLICABLE), np.nan
    far = assess_baseline(
        panel.with_columns({"college_km_mean": replace(college, status=status, value=value)}), definitions.baseline
    )["BASE_FAR"]
    # Ten metres to the lycée are a score of 0.04 (40 at ten kilometres); of the collège nothing can be said.
    assert 0 < far.score[1] < 0.1
    (lycee,) = (part.id for part in definitions.baseline.parts if part.of == ("lycee_km_mean",))
    assert far.worst[1] == lycee


def test_what_nobody_of_a_territory_measured_is_no_part_of_its_baseline(definitions):
    without_map = {name: value for name, value in AT_THE_NORM.items() if name != "mmi_intensity"}
    assert assess_one(definitions, without_map)["BASE_EXPOSED"].score[0] == pytest.approx(40)
    outside = AT_THE_NORM | {"mmi_intensity": None}
    # Where others lie on the map, outside of it means less shaking than its edge: 0.
    assert assess_one(definitions, AT_THE_NORM, outside)["BASE_EXPOSED"].score[1] == pytest.approx(30)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(AT_THE_NORM)), st.floats(0, 1e5), max_size=8), st.floats(0, 2000))
def test_scores_stay_within_their_bounds_and_bounds_within_0_and_100(changed, covered):
    rules = load_definitions().baseline
    commune = AT_THE_NORM | changed | {"population_covered_booklet": max(covered, 1.0), "municipal_population": 2000.0}
    for name, result in assess_baseline(panel_of(commune), rules).items():
        low, high = result.figures["score_low"][0], result.figures["score_high"][0]
        assert 0 <= low <= result.score[0] + 1e-9 <= high + 2e-9 <= 100 + 3e-9, name


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 100), st.sampled_from(sorted(AT_THE_NORM)))
def test_a_commune_never_moves_because_another_one_changed(value, name):
    rules = load_definitions().baseline
    alone = assess_baseline(panel_of(AT_THE_NORM), rules)
    beside = assess_baseline(panel_of(AT_THE_NORM, AT_THE_NORM | {name: value}), rules)
    assert all(alone[i].score[0] == beside[i].score[0] for i in BASELINE_IDS)


def test_classes_hold_their_upper_bound(definitions):
    scores = np.array([20, 20.001, 30, 40, 50, 50.001, np.nan])
    assert class_of_baseline(scores, definitions.baseline)[:-1].tolist() == [1, 2, 2, 3, 4, 5]


def test_no_class_holds_more_than_50_communes(definitions, taroudannt):
    for result in assess_baseline(taroudannt, definitions.baseline).values():
        assert pd.Series(result.severity_class).value_counts().max() <= 50


@pytest.mark.taroudannt
def test_fewer_than_2_percent_of_communes_share_their_whole_profile(definitions, taroudannt):
    parts = score_parts(taroudannt, definitions.baseline)
    assert len(parts) == len(definitions.baseline.parts)
    profiles = pd.DataFrame({p.part.id: np.where(p.applies, class_of_part(p.score), 0) for p in parts})
    assert profiles.duplicated(keep=False).mean() < 0.02


@pytest.mark.taroudannt
def test_the_order_is_better_than_chance_at_finding_the_programme_and_says_so(definitions, taroudannt):
    communes = read_communes(TAROUDANNT).set_index("commune_code")
    scores = pd.Series(assess_baseline(taroudannt, definitions.baseline)["BASE"].score, index=communes.index)
    check = check_against(scores, communes["in_programme"])
    inside = communes["in_programme"] & scores.notna()
    outside = ~communes["in_programme"] & scores.notna()
    statistic = mannwhitneyu(scores[inside], scores[outside]).statistic
    assert check.area == pytest.approx(statistic / (inside.sum() * outside.sum()))
    assert check.area >= 0.7
    assert (check.chosen, check.compared) == (17, 81)
    assert check.found + len(check.left_out) == check.chosen
    assert communes.loc[list(check.low), "in_programme"].all()


def test_equal_scores_count_half_and_nothing_is_said_of_an_empty_side():
    scores = pd.Series([3.0, 2.0, 2.0, np.nan], index=list("abcd"))
    # a > c: 1; b = c: one half; of 2 pairs.
    assert check_against(scores, pd.Series([True, True, False, True], index=list("abcd"))).area == 0.75
    assert check_against(scores, pd.Series(False, index=list("abcd"))) is None


@pytest.mark.taroudannt
def test_the_draws_have_the_score_as_their_centre_and_move_nobody_who_is_fully_known(definitions, taroudannt):
    rules, drawing = definitions.baseline, replace(definitions.uncertainty, draws=200)
    results = assess_baseline(taroudannt, rules)
    rows = describe_baseline(draw_baseline(taroudannt, results, rules, drawing), taroudannt, drawing)
    whole = rows[rows["indicator_id"] == "BASE"].set_index("commune_code")
    score = pd.Series(results["BASE"].score, index=whole.index)
    assert np.allclose(whole["estimate"].dropna(), score.dropna(), atol=1e-3)
    known = whole["low"].notna()
    assert (whole["low"][known] <= score[known] + 1e-3).all()
    assert (whole["high"][known] >= score[known] - 1e-3).all()
    sure = pd.Series(results["BASE"].figures["score_high"] - results["BASE"].figures["score_low"], index=whole.index) == 0
    assert sure.any()
    assert np.allclose(whole["low"][sure], whole["high"][sure], atol=1e-3)
    assert whole["rank"].notna().sum() == 81


def test_the_baseline_is_read_with_words_of_its_own(definitions):
    named = definitions.legend.words_of(definitions.class_kind("BASE_FAR"))
    assert named[4].labels["fr"] == "Très fort"
    assert named != definitions.legend.words_of(definitions.class_kind("ISP"))
    assert definitions.labels("BASE_FAR")["fr"] == "Éloignement des services"
    assert definitions.labels("BASE_ROAD")["fr"] == "Distance à la route goudronnée"


def test_without_rules_an_assessment_is_as_it_was(definitions, taroudannt):
    assessment = assess(taroudannt, definitions)
    assert list(with_baseline(assessment, None).results) == list(assessment.results)
    assert list(with_baseline(assessment, definitions.baseline).results)[-3:] == list(BASELINE_IDS)


def test_the_doubt_of_the_draws_is_that_of_the_people_withheld(definitions):
    known = {**AT_THE_NORM, "municipal_population": 1000}
    panel = panel_of(AT_THE_NORM, known)
    drawn = draw_baseline(panel, assess_baseline(panel, definitions.baseline), definitions.baseline, definitions.uncertainty)
    spread = drawn["BASE_FAR"].figure[:, 1:].std(axis=1)
    # Three of four themes: half of the people at a score anywhere from 0 to 100, whose deviation is 100 / root of 12.
    assert spread[0] == pytest.approx(3**0.5 * 0.5 * 100 / 12**0.5 / 4, rel=0.06)
    assert spread[1] == 0
