"""No breakdown behind "capacity available": the rules of docs/classes.md on cases worked by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.alerts import UNKNOWN, read_levels
from analytics.assessment import assess
from analytics.faces import Face
from analytics.panel import build_panel
from analytics.service_class import ClassRange, lift_by_indicators, lift_index
from analytics.terms import read_terms
from data.loaders.today import load_definitions, load_trigger_rules, load_variables

DEFINITIONS = load_definitions()
CENSUS = frozenset(v.id for v in load_variables().values() if not v.monthly)
MONTH, CODE = pd.Timestamp("2024-11-01"), "09.541.04.67"
SECTORS = [s.value for s in DEFINITIONS.services]

# A commune where nothing is amiss: every test changes what it speaks of.
CALM = {
    "population": 6000, "displaced_persons": 0, "displaced_counted_in_census_pct": 0,
    "pupils_primary": 300, "pupils_college": 200, "pupils_lycee": 100, "displaced_pupils_primary": 0,
    "displaced_pupils_college": 0, "displaced_pupils_lycee": 0, "classrooms_functional_primary": 20,
    "classrooms_functional_college": 10, "classrooms_functional_lycee": 5, "teachers_primary": 20, "teachers_college": 12,
    "teachers_lycee": 6, "primary_care_facilities_functional": 2, "clinicians_fte": 3, "health_opening_days": 20,
    "outpatient_visits": 500, "displaced_outpatient_visits": 0, "registry_agents_fte": 4, "registry_opening_days": 20,
    "registry_requests": 300, "displaced_registry_requests": 0, "registry_backlog": 5,
    "population_covered_primary_school": 1000, "population_beyond_3km_primary_school": 0,
    "population_covered_health_centre": 1000, "population_beyond_5km_health_centre": 0,
    "population_covered_booklet": 1000, "population_without_booklet": 0, "municipal_population": 1000,
}  # fmt: skip


def rows(values: dict[str, float]) -> pd.DataFrame:
    """Every result of one commune and month, by id; what is not among the values is missing."""
    observed = pd.DataFrame(
        {
            "commune_code": CODE,
            "reference_date": [pd.Timestamp("2024-09-01") if v in CENSUS else MONTH for v in values],
            "variable": list(values),
            "value": [float(v) for v in values.values()],
            "status": "reported", "provenance": "declared", "reliability": "B",
        }
    )  # fmt: skip
    return assess(build_panel(observed, (CODE,), (MONTH,), CENSUS), DEFINITIONS).frame().set_index("indicator_id")


def test_nobody_within_five_kilometres_is_no_room():
    # 1,000 of 1,000 people: class 5. Load: 6,000 people for 2 × 10,000 and 500 visits for 3 × 20 × 50, both calm.
    found = rows({**CALM, "population_beyond_5km_health_centre": 1000})
    assert found.at["HEA07", "severity_class"] == 5
    assert found.at["health_load", "severity_class"] == 1
    assert found.at["health_access", "severity_class"] == 5
    health = found.loc["health"]
    assert (health["severity_class"], health["class_by_score"], health["lifted_by"]) == (3, 1, "HEA07")
    # The index is seen in class 3 at least, and no further: a distance is no crisis of the month.
    assert (found.at["ISP", "severity_class"], found.at["ISP", "lifted_by"]) == (3, "HEA07")


@pytest.mark.parametrize(
    ("beyond", "expected"), [(100, 1), (101, 2), (200, 2), (201, 3), (400, 3), (401, 4), (600, 4), (601, 5)]
)
def test_the_cut_points_of_distance_to_a_health_centre_are_shares_of_people(beyond, expected):
    assert rows({**CALM, "population_beyond_5km_health_centre": beyond}).at["HEA07", "severity_class"] == expected


@pytest.mark.parametrize(
    ("people", "beyond", "access", "service"),
    # Of 1,000 with a distance 100 are far: class 1 (10 %), also with 1,000 withheld, for half are known. 1,001 withheld: 5 to 55 %,
    # class 1 to 4, which lifts to 2. 2,000 withheld: 3.3 to 70 %, class 1 to 5, which says nothing. 900 far of 2,500: 36 to 96 %.
    [(1000, 100, ("assessed", 1, 1), (1, 1)), (2000, 100, ("assessed", 1, 1), (1, 1)), (2001, 100, ("partial", 1, 4), (1, 2)),
     (3000, 100, ("insufficient", 1, 5), (1, 3)), (2500, 900, ("partial", 3, 5), (1, 3))],
)  # fmt: skip
def test_people_whose_distance_is_withheld_may_be_near_or_far(people, beyond, access, service):
    found = rows({**CALM, "municipal_population": people, "population_beyond_5km_health_centre": beyond})
    ends = ["severity_class_low", "severity_class_high"]
    far, health = found.loc["HEA07"], found.loc["health"]
    assert (far["status"], *far[ends]) == access
    assert far["value"] == pytest.approx(beyond / 10)
    assert (far["value_low"], far["value_high"]) == pytest.approx(
        (100 * beyond / people, 100 * (beyond + people - 1000) / people)
    )
    assert pd.isna(far["severity_class"]) == (access[1] != access[2])
    assert tuple(health[ends]) == service
    # The score stays that of those who are known, so that communes can be put in order.
    assert health["score"] == pytest.approx(0.4 * found.at["HEA02B", "score"] + 0.6 * far["score"])


def test_one_in_class_four_leaves_no_class_one_and_is_named():
    found = rows({**CALM, "population_beyond_5km_health_centre": 600})
    assert found.at["HEA07", "severity_class"] == 4
    assert (found.at["health", "severity_class"], found.at["health", "lifted_by"]) == (2, "HEA07")


def test_no_facility_at_all_is_a_breakdown_of_the_service_and_of_the_commune():
    found = rows({**CALM, "primary_care_facilities_functional": 0})
    assert found.at["HEA01", "status"] == "no_service"
    assert (found.at["health", "severity_class"], found.at["health", "lifted_by"]) == (5, "HEA01")
    assert found.at["ISP", "severity_class"] == 4


def test_the_worst_cycle_with_pupils_gives_the_class():
    # Lycée: 320 pupils in 5 rooms of 40 = 1.6; primary 300 ÷ (20 × 33), collège 200 ÷ (10 × 40): all three together 0.65.
    found = rows({**CALM, "pupils_lycee": 320}).loc["EDU01"]
    assert found["severity_class"] == 5
    assert (found["worst_term"], found["pressure_worst_term"]) == ("lycee", pytest.approx(1.6))
    assert found["pressure"] == pytest.approx(820 / (660 + 400 + 200))
    assert read_terms(found["pressure_by_term"]) == pytest.approx({"primary": 300 / 660, "college": 0.5, "lycee": 1.6})


def test_a_cycle_that_a_commune_has_not_is_no_breakdown_and_is_said():
    away = {**CALM, "pupils_lycee": 0, "classrooms_functional_lycee": 0, "teachers_lycee": 0}
    found = rows(away).loc["EDU01"]
    assert (found["severity_class"], found["worst_term"], found["absent_terms"]) == (1, "college", "lycee")


def test_pupils_of_a_cycle_without_a_single_room_are_a_breakdown():
    found = rows({**CALM, "classrooms_functional_lycee": 0})
    assert (found.at["EDU01", "severity_class"], found.at["EDU01", "worst_term"]) == (5, "lycee")
    # EDU02 at 0.476 of its norm: 38.1 points; (0.375 × 100 + 0.225 × 38.1) ÷ 0.6 = 76.8.
    assert found.at["education", "severity_class"] == 5


def test_rooms_of_a_cycle_without_pupils_hide_no_other_without_rooms():
    # Found by the property above: 300 pupils in no room of the primary school, 10 rooms of a collège that nobody attends.
    elsewhere = {
        "pupils_college": 0,
        "pupils_lycee": 0,
        "classrooms_functional_primary": 0,
        "classrooms_functional_lycee": 0,
    }
    found = rows({**CALM, **elsewhere})
    assert (found.at["EDU01", "severity_class"], found.at["EDU01", "worst_term"]) == (5, "primary")
    assert found.at["education", "severity_class"] >= 3


def test_distances_that_nobody_measured_leave_a_range():
    # The load is in class 1; who is not reached may be anybody: class 1 to 3.
    found = rows({k: v for k, v in CALM.items() if k != "population_beyond_3km_primary_school"}).loc["education"]
    assert (found["status"], found["severity_class_low"], found["severity_class_high"]) == ("partial", 1, 3)
    assert pd.isna(found["severity_class"])
    assert pd.isna(found["score"])


def test_consultations_that_nobody_reported_change_nothing_and_clinicians_leave_nothing_to_say():
    # Use is shown beside the need; the need rests on people and clinicians alone.
    silent = rows({k: v for k, v in CALM.items() if k != "outpatient_visits"}).loc["health"]
    assert (silent["status"], silent["severity_class"]) == ("assessed", 1)
    unknown = rows({k: v for k, v in CALM.items() if k != "clinicians_fte"}).loc["health"]
    assert (unknown["status"], pd.isna(unknown["severity_class_low"])) == ("insufficient", True)


def test_without_displaced_people_a_service_scores_as_if_none_had_come():
    # The census counted none of the 3,000; access knows no displaced people: 0 in both.
    with_them, without = rows({**CALM, "displaced_persons": 3000}).loc["health"], rows(CALM).loc["health"]
    assert with_them["score"] > without["score"] + 1
    assert with_them["score_without_displaced"] == pytest.approx(without["score"])
    assert without["score_without_displaced"] == pytest.approx(without["score"])


def test_a_result_without_figure_has_no_kind_and_no_grade():
    found, silent = rows(CALM), rows({k: v for k, v in CALM.items() if k != "clinicians_fte"})
    known = ["provenance", "reliability"]
    assert found.loc["HEA02B", known].tolist() == ["declared", "B"]
    assert silent.loc["HEA02B", known].tolist() == silent.loc["health", known].tolist() == ["", ""]
    # A facility that is not there is a figure like any other.
    assert rows({**CALM, "primary_care_facilities_functional": 0}).loc["HEA01", known].tolist() == ["declared", "B"]


def test_a_breakdown_without_score_is_named_before_a_lighter_class_with_one():
    # Pupils in no room of the primary school while the rooms of the lycée are not known: class 5, no score. 7,600 people for
    # two clinicians on nine days, and 54 % far away: health in class 4 with a score.
    troubled = {**CALM, "classrooms_functional_primary": 0, "population": 7600, "clinicians_fte": 2, "health_opening_days": 9,
                "population_beyond_5km_health_centre": 540}  # fmt: skip
    found = rows({k: v for k, v in troubled.items() if k != "classrooms_functional_lycee"})
    assert found.loc[["EDU01", "health"], "severity_class_low"].tolist() == [5, 4]
    assert pd.isna(found.at["EDU01", "score"])
    assert found.at["health", "score"] > 60
    assert (found.at["ISP", "severity_class"], found.at["ISP", "lifted_by"]) == (4, "EDU01")


def test_the_index_speaks_where_two_services_do():
    of_registry, of_health = ("registry", "booklet"), ("health", "clinicians", "primary_care", "visits")
    two, one = (rows({k: v for k, v in CALM.items() if not any(word in k for word in left_out)}).loc["ISP"]
                for left_out in (of_registry, of_registry + of_health))  # fmt: skip
    # Of a service that is silent anything may be true: two calm ones leave the index in class 1 to 4.
    assert (two["status"], two["severity_class_low"], two["severity_class_high"]) == ("partial", 1, 4)
    assert (one["status"], pd.isna(one["severity_class_low"])) == ("insufficient", True)


def test_what_does_not_apply_is_not_missing():
    calm = rows(CALM)
    assert calm.at["health", "severity_class"] == 1
    assert calm.at["ISP", "severity_class"] == 1


def test_rules_on_classes_alone():
    def of_each(*values):
        return np.array(values, dtype=float)[:, None]

    none = np.zeros((2, 1), dtype=bool)
    assert lift_by_indicators(np.array([1.0]), of_each(5, 1), none)[0] == 3
    assert lift_by_indicators(np.array([4.0]), of_each(5, 1), none)[0] == 4
    assert lift_by_indicators(np.array([1.0]), of_each(4, 3), none)[0] == 2
    assert lift_by_indicators(np.array([1.0]), of_each(3, 3), none)[0] == 1
    assert lift_by_indicators(np.array([1.0]), of_each(5, 1), np.array([[True], [False]]))[0] == 5
    of = np.array([0, 1])
    assert lift_index(np.array([2.0]), of_each(5, 1, 1), of_each(1, 1), of, of_each(1))[0] == 4
    assert lift_index(np.array([3.0]), of_each(4, 3, 1), of_each(1, 4), of, of_each(1))[0] == 4
    assert lift_index(np.array([3.0]), of_each(4, 3, 1), of_each(4, 3), of, of_each(1))[0] == 3
    assert lift_index(np.array([1.0]), of_each(1, 2, 1), of_each(5, 1), of, of_each(1))[0] == 4
    assert lift_index(np.array([1.0]), of_each(3, 1, 1), of_each(1, 1), of, of_each(5))[0] == 3
    assert lift_index(np.array([1.0]), of_each(2, 1, 1), of_each(1, 1), of, of_each(4))[0] == 2


def test_a_range_over_all_classes_says_nothing():
    whole, part = ClassRange(np.array([1.0]), np.array([5.0])), ClassRange(np.array([2.0]), np.array([5.0]))
    assert not whole.says_something[0]
    assert part.says_something[0]
    assert not part.is_settled[0]


def test_distance_raises_no_alert_and_silence_is_not_none():
    far = {**CALM, "population_beyond_5km_health_centre": 1000}
    health = DEFINITIONS.services[1]

    def level(values):
        observed = pd.DataFrame(
            {
                "commune_code": CODE,
                "reference_date": [pd.Timestamp("2024-09-01") if v in CENSUS else MONTH for v in values],
                "variable": list(values), "value": [float(v) for v in values.values()], "status": "reported",
                "provenance": "declared", "reliability": "B",
            }
        )  # fmt: skip
        panel = build_panel(observed, (CODE,), (MONTH,), CENSUS)
        return read_levels(assess(panel, DEFINITIONS), DEFINITIONS, load_trigger_rules(), health).at[CODE, MONTH]

    assert level(far) == 0
    access_alone = {k: v for k, v in far.items() if k.startswith("population_")}
    assert level(access_alone) == UNKNOWN


def test_every_face_of_every_service_counts_something_and_only_access_is_of_access():
    assert set(DEFINITIONS.faces) == {f"{s}_{face}" for s in SECTORS for face in ("load", "access")}
    access = {i.id for i in DEFINITIONS.indicators.values() if i.face is Face.ACCESS}
    assert access == {"EDU08", "EDU08C", "HEA07", "CIV10"}
    assert not replace(DEFINITIONS.indicators["EDU08C"], weight=0).counts


@pytest.mark.parametrize(("share", "of_far", "of_index"), [(1.0, 5, 3), (0.35, 4, 2), (0.0, 1, 1)])
def test_distance_lifts_the_index_no_further_without_displaced_people_than_with_them(share, of_far, of_index):
    # Two distances in class 5 (or 4: 35 and 60 %) lift the index to 3 (or 2), never to 4 as two services would.
    far = {"population_beyond_3km_primary_school": 300 if share == 0.35 else 1000 * share,
           "population_beyond_5km_health_centre": 600 if share == 0.35 else 1000 * share}  # fmt: skip
    found = rows({**CALM, **far})
    assert found.loc[["EDU08", "HEA07"], "severity_class"].tolist() == [of_far] * 2
    assert found.loc["ISP", ["severity_class", "severity_class_without_displaced"]].tolist() == [of_index] * 2


def test_what_only_displaced_people_ask_of_a_counter_without_clerks_is_a_breakdown_with_them_and_nothing_without():
    found = rows({**CALM, "registry_agents_fte": 0, "displaced_registry_requests": 300}).loc["CIV02"]
    assert (found["severity_class"], found["score"], found["status"]) == (5, 100, "no_service")
    assert pd.isna(found["severity_class_without_displaced"])
    # 100 of the 300 ask without them: a breakdown on both sides.
    some = rows({**CALM, "registry_agents_fte": 0, "displaced_registry_requests": 200}).loc["CIV02"]
    assert (some["severity_class"], some["severity_class_without_displaced"]) == (5, 5)


def test_an_index_without_displaced_people_is_not_told_where_one_of_its_services_cannot_be():
    silent = rows({k: v for k, v in CALM.items() if k != "displaced_pupils_primary"})
    assert pd.isna(silent.at["education", "score_without_displaced"])
    assert silent.at["ISP", "score"] == pytest.approx(rows(CALM).at["ISP", "score"])
    assert pd.isna(silent.at["ISP", "score_without_displaced"])
    assert pd.isna(silent.at["ISP", "severity_class_without_displaced"])


@pytest.mark.parametrize(
    ("gone", "names"),
    [("primary_care_facilities_functional", "HEA01"), ("clinicians_fte", "HEA02B"), ("registry_agents_fte", "CIV02"),
     ("teachers_college", "EDU02")],
)  # fmt: skip
def test_an_index_that_a_breakdown_lifts_names_the_indicator_that_broke_whichever_service_it_is_of(gone, names):
    found = rows({**CALM, gone: 0})
    assert found.loc["ISP", ["severity_class", "lifted_by"]].tolist() == [4, names]
