"""The resource-gap table: rows worked by hand, missing that stays missing, definitions complete, texts for every word."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.assessment import assess
from analytics.model import Sector
from analytics.panel import build_panel
from analytics.resource_gap import ALTERNATIVE, MAIN, build_gap_table, sum_answers, total_cost
from analytics.resources import Charge, Response
from data.i18n import LANGUAGES, load_texts
from data.loaders.today import load_definitions, load_means

MONTH = pd.Timestamp("2025-08-01")
FIGURES = {
    "pupils_primary": 1260, "displaced_pupils_primary": 60, "classrooms_functional_primary": 30, "teachers_primary": 40,
    "pupils_college": 0, "displaced_pupils_college": 0, "classrooms_functional_college": 0, "teachers_college": 0,
    "population": 15660, "displaced_persons": 0, "clinicians_fte": 2, "health_opening_days": 20,
    "registry_requests": 1000, "registry_full_acts": 1000, "registry_extracts": 0,
    "displaced_registry_requests": 0, "registry_agents_fte": 3, "registry_opening_days": 22,
    "registry_backlog": 120,
}  # fmt: skip


def table(figures=FIGURES, response=Response.QUICK, months=12, means=None, **asked):
    rows = [
        {"commune_code": "09.541.01.01", "reference_date": MONTH, "variable": name, "value": value, "status": "reported",
         "provenance": "declared", "reliability": "B"}
        for name, value in figures.items()
    ]  # fmt: skip
    panel = build_panel(pd.DataFrame(rows), ["09.541.01.01"], [MONTH], frozenset())
    definitions = load_definitions()
    return build_gap_table(assess(panel, definitions), definitions, means or load_means(), MONTH, response, months, **asked)


def row(frame, need, resource=None):
    chosen = frame[
        (frame["need_id"] == need) & (frame["role"] == MAIN if resource is None else frame["resource_id"] == resource)
    ]
    (only,) = (r for _, r in chosen.iterrows())
    return only


def test_nine_rooms_are_missing_for_1260_pupils_in_30_rooms_of_33():
    # 1,260 - 30 x 33 = 270 pupils above; 1,260 / 33 = 38.2 rooms, 8.2 more, so 9 at 150, 220 and 300 thousand.
    rooms = row(table(), "classrooms_primary")
    assert rooms["need_units"] == pytest.approx(1260 / 33)
    assert (rooms["available_units"], rooms["missing_units"], rooms["gap"]) == (30, 9, 270)
    assert rooms["pressure"] == pytest.approx(1260 / 990)
    assert (rooms["resource_id"], rooms["resource_units"], rooms["severity_class"]) == ("modular_classroom", 9, 4)
    assert (rooms["cost_low_mad"], rooms["cost_central_mad"], rooms["cost_high_mad"]) == (1_350_000, 1_980_000, 2_700_000)
    assert (rooms["competence"], rooms["responsible"], rooms["status"]) == ("state", "education_directorate", "assessed")


def test_the_durable_answer_is_rooms_that_last_and_the_quick_one_stands_beside_it():
    durable = table(response=Response.DURABLE)
    assert row(durable, "classrooms_primary")["resource_id"] == "permanent_classroom"
    beside = row(durable, "classrooms_primary", "modular_classroom")
    assert (beside["role"], beside["resource_units"]) == ("alternative", 9)


def test_visits_needed_above_the_norm_are_clinicians_or_mobile_days_each_month():
    # 15,660 people need a visit every six months: 2,610 a month. 2 clinicians × 20 days × 50 visits = 2,000: 610 visits, or
    # 3,660 people, above; a mobile day carries 2 × 50 visits, a clinician 1,000 a month.
    frame = table()
    assert row(frame, "consultations")["gap"] == 3660
    days, clinician = (row(frame, "consultations", r) for r in ("mobile_health_day", "clinician"))
    assert (days["resource_units"], days["cost_central_mad"]) == (7, 7 * 14_000 * 12)
    assert (clinician["resource_units"], clinician["cost_central_mad"]) == (1, 180_000)
    assert (days["need_units"], days["available_units"], days["missing_units"]) == (pytest.approx(2.61), 2, 1)


def test_one_queue_of_a_year_is_closed_once_by_clerks_or_by_caravans():
    # Twelve months of 1,000 requests and 120 that wait, 12,120; 3 clerks × 22 days × 12 = 792 a month, 9,504: 2,616 above. A clerk
    # carries 264 × 12 = 3,168, a caravan of 3 clerks 36: one clerk, or 73 caravan days.
    frame = table()
    assert row(frame, "registry_queue")["gap"] == 12 * 1000 + 120 - 12 * 792
    assert row(frame, "registry_queue")["missing_units"] == 1
    caravans, clerk = (row(frame, "registry_queue", r) for r in ("registry_caravan_day", "registry_agent"))
    assert (caravans["resource_units"], caravans["cost_central_mad"]) == (73, 73 * 9_000)
    assert (clerk["resource_units"], clerk["cost_central_mad"]) == (1, 100_000)
    # Where clerks have hours to spare, what waits is served by them: nothing is missing.
    assert row(table(FIGURES | {"registry_requests": 700}), "registry_queue")["gap"] == 0


def test_distance_is_a_need_that_mobile_days_and_transport_close():
    figures = FIGURES | {
        "population_beyond_5km_health_centre": 5000, "population_covered_health_centre": 10_000,
        "population_beyond_3km_primary_school": 1880, "population_covered_primary_school": 10_000,
    }  # fmt: skip
    frame = table(figures)
    # 20 % of 10,000 may be far: 3,000 above. A day each month sees 2 × 50 × 12 = 1,200 people once a year: 3 days a month.
    far = row(frame, "distance_health")
    assert (far["gap"], far["resource_units"], far["cost_central_mad"]) == (3000, 3, 3 * 12 * 14_000)
    # 10 % may be far from a school: 880 above, of whom one in 8.8 is of primary-school age: 100 places.
    school = row(frame, "distance_school")
    assert (school["gap"], school["resource_units"]) == (880, 100)
    assert school["resource_id"] == "school_transport"


def test_a_purchase_costs_a_year_what_is_worth_as_much_over_its_life():
    means = load_means()
    yearly = means.annual_cost("modular_classroom")
    # Ten payments at the start of each year, at 5 %, are worth what the module costs today.
    assert sum(yearly / 1.05**year for year in range(10)) == pytest.approx(220_000)
    assert means.annual_cost("registry_caravan_day") == pytest.approx(9_000)
    assert means.annual_cost("registry_agent") == 100_000
    assert means.annual_cost("mobile_health_day") == 12 * 14_000
    assert means.outlay("modular_classroom") == 220_000
    assert means.outlay("registry_agent") == 0


def test_what_a_day_of_a_service_counts_multiplies_what_its_needs_count():
    means = load_means()
    # A person needs two visits a year.
    assert means.weights()["consultations"] == 2
    moved = means.weights({Sector.HEALTH: 3.0})
    assert (moved["consultations"], moved["registry_queue"]) == (6, means.weights()["registry_queue"])


def test_six_months_cost_half_a_post_six_months_of_days_and_a_whole_room():
    half, year = table(months=6), table(months=12)
    for need, share in (("teachers_primary", 0.5), ("consultations", 0.5), ("classrooms_primary", 1.0)):
        assert row(half, need)["cost_central_mad"] == pytest.approx(share * row(year, need)["cost_central_mad"])
    assert [c.times(6) for c in Charge] == [1.0, 0.5, 6.0]


def test_what_nobody_reported_is_missing_and_not_zero():
    frame = table({k: v for k, v in FIGURES.items() if k != "classrooms_functional_primary"})
    rooms = row(frame, "classrooms_primary")
    assert rooms["status"] == "missing"
    assert np.isnan(rooms["missing_units"])
    assert np.isnan(rooms["cost_low_mad"])
    total = total_cost(frame)
    assert (total.count, total.missing_count) == (1, 1)
    assert total.central_mad == 7 * 14_000 * 12 + 100_000


def test_without_any_figure_the_total_is_unknown():
    assert not total_cost(table({"nothing": 1})).is_known


def test_no_pupils_and_no_rooms_miss_nothing_and_pupils_without_rooms_miss_all():
    assert row(table(), "classrooms_college")["missing_units"] == 0
    absent = row(table(FIGURES | {"pupils_college": 81}), "classrooms_college")
    assert (absent["status"], absent["missing_units"], absent["severity_class"]) == ("no_service", 3, 5)


def test_a_service_open_no_day_cannot_be_counted_in_posts():
    closed = row(table(FIGURES | {"health_opening_days": 0}), "consultations")
    assert closed["status"] == "missing"


def test_edited_costs_change_the_table_and_become_working_assumptions():
    edited = load_means().with_costs({"classroom_modular": (1.0, 2.0, 3.0)})
    rooms = row(table(means=edited), "classrooms_primary")
    assert (rooms["cost_low_mad"], rooms["cost_central_mad"], rooms["cost_high_mad"]) == (9, 18, 27)
    assert edited.costs["classroom_modular"].status == "assumption"
    assert load_means().costs["classroom_modular"].central_mad == 220_000


def test_every_cost_is_ordered_dated_sourced_and_labelled():
    costs = load_means().costs
    assert len(costs) >= 16
    for cost in costs.values():
        assert 0 < cost.low_mad <= cost.central_mad <= cost.high_mad, cost.id
        assert 2009 <= cost.year <= 2026, cost.id
        assert set(cost.labels) == set(LANGUAGES), cost.id
        assert cost.source.title, cost.id
        assert cost.source.publisher, cost.id
        assert cost.source.date, cost.id


def test_needs_and_resources_point_at_what_exists_and_have_words():
    means, definitions, texts = load_means(), load_definitions(), load_texts("fr")
    closed = {need for r in means.resources.values() for need in r.closes}
    assert closed == set(means.needs)
    for need in means.needs.values():
        indicator = definitions.indicators[need.indicator]
        assert need.term in [term.label for term in indicator.terms]
        assert indicator.sector is need.sector
        assert set(need.labels) == set(LANGUAGES)
        assert f"unit.{need.unit}" in texts
    for resource in means.resources.values():
        assert resource.cost in means.costs
        assert {norm for gain in resource.gains.values() for norm in gain.norms} <= set(definitions.norms)
        assert set(resource.gains) <= set(resource.closes)
        assert set(resource.labels) == set(LANGUAGES)
        words = [f"unit.{resource.unit}", f"competence.{resource.competence}", f"actor.{resource.responsible}"]
        words += [f"actor.{resource.accountable}", *(f"financing.{source}" for source in resource.financing)]
        assert [w for w in words if w not in texts] == []
    assert [c.unit for c in means.costs.values() if f"unit.{c.unit}" not in texts] == []


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize("response", Response)
def test_the_answer_that_was_asked_for_comes_first_in_whatever_order_answers_are_listed(response, turned):
    means = load_means()
    listed = replace(means, resources=dict(list(means.resources.items())[::turned]))
    for need in means.needs:
        answers = listed.closing(need, response)
        assert {a.id for a in answers} == {r.id for r in means.resources.values() if need in r.closes}
        as_asked = [a.response is response for a in answers]
        assert as_asked == sorted(as_asked, reverse=True), need


def test_a_resource_that_closes_two_needs_is_asked_for_once_with_the_units_of_both():
    shared = {"competence": "state", "responsible": "education_directorate", "financing": "education_ministry"}
    rows = pd.DataFrame(
        [
            {"sector": "education", "resource_id": "room", "role": MAIN, "resource_units": 2.0, "cost": 440.0},
            {"sector": "education", "resource_id": "teacher", "role": MAIN, "resource_units": 1.0, "cost": 120.0},
            {"sector": "education", "resource_id": "room", "role": MAIN, "resource_units": 3.0, "cost": 660.0},
            {"sector": "education", "resource_id": "hall", "role": ALTERNATIVE, "resource_units": 3.0, "cost": 999.0},
            {"sector": "health", "resource_id": "nurse", "role": MAIN, "resource_units": 0.0, "cost": 0.0},
            {"sector": "health", "resource_id": "centre", "role": MAIN, "resource_units": np.nan, "cost": np.nan},
        ]
    ).assign(**shared)
    rows = rows.assign(**{f"cost_{bound}_mad": rows["cost"] for bound in ("low", "central", "high")})
    asked = sum_answers(rows)
    assert list(zip(asked["resource_id"], asked["resource_units"], asked["cost_central_mad"], strict=True)) == [
        ("room", 5, 1100), ("teacher", 1, 120),
    ]  # fmt: skip
    assert sum_answers(rows.iloc[4:]).empty


def test_a_cost_is_unknown_where_all_that_is_known_costs_nothing_and_nothing_where_nothing_is_missing():
    costs = {f"cost_{c}_mad": [np.nan, 0.0] for c in ("low", "central", "high")}
    rows = pd.DataFrame(
        {
            "commune_code": ["a", "b"],
            "role": MAIN,
            "status": ["missing", "reported"],
            "missing_units": [np.nan, 0.0],
            **costs,
        }
    )
    assert np.isnan(total_cost(rows).central_mad)
    assert total_cost(rows[1:]).central_mad == 0


def test_without_the_60_displaced_pupils_seven_rooms_are_missing_in_the_place_of_nine():
    # 1,200 - 30 x 33 = 210 pupils above the norm: 6.4 rooms, so 7.
    rooms = row(table(with_displaced=False), "classrooms_primary")
    assert (rooms["demand"], rooms["gap"], rooms["missing_units"]) == (1200, 210, 7)
    assert rooms["cost_central_mad"] == 7 * 220_000


def test_where_nobody_counted_displaced_pupils_what_is_missing_without_them_is_not_known():
    figures = {name: value for name, value in FIGURES.items() if name != "displaced_pupils_primary"}
    assert row(table(figures), "classrooms_primary")["missing_units"] == 9
    assert np.isnan(row(table(figures, with_displaced=False), "classrooms_primary")["missing_units"])


def test_what_is_paid_each_year_or_month_is_no_outlay_at_the_start_and_what_is_paid_once_is_all_of_it():
    means = load_means()
    assert {resource.charge for resource in means.resources.values()} == set(Charge)
    for name, resource in means.resources.items():
        once = resource.charge is Charge.ONCE
        assert means.outlay(name) == (means.costs[resource.cost].central_mad if once else 0), name
