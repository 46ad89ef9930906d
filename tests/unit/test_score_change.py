"""Why a score changed: parts that sum to the change, each nought where its cause did not move, and figures that came in apart."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.assessment import assess
from analytics.assumptions import NormProfile
from analytics.panel import Column
from analytics.score_change import Moment, change_of_score

PARTS = ["demand", "capacity", "norm", "reporting"]
RESULTS = ("education_load", "education", "health", "civil_registry", "ISP")


def moments(figures, first=0, second=-1):
    months, panel = figures.months, figures.assessment.panel
    return [Moment(panel.of_month(months[at]), figures.assumptions) for at in (first, second)]


def with_column(moment, name, change):
    column = moment.panel[name]
    value, status = change(column.value.copy(), column.status.copy())
    other = Column(value, status, column.provenance, column.reliability, column.age_months)
    return replace(moment, panel=moment.panel.with_columns({name: other}))


@pytest.mark.parametrize("result", RESULTS)
def test_the_parts_sum_to_the_change_of_every_commune(figures, result):
    found = change_of_score(*moments(figures), figures.definitions, result)
    before, after = (figures.of_month(result, figures.months[at])["score"] for at in (0, -1))
    assert np.allclose(found["before"], before, equal_nan=True)
    assert np.allclose(found[PARTS].sum(axis=1), after - before, atol=1e-9)
    assert (found["reporting"].abs() < 1e-9).all()
    assert (found["norm"] == 0).all()


def test_a_cause_that_did_not_move_has_no_part(figures):
    first, _ = moments(figures)
    rooms = with_column(first, "classrooms_functional_primary", lambda value, status: (value * 2, status))
    found = change_of_score(first, rooms, figures.definitions, "education")
    assert (found["capacity"] <= 0).all()
    assert (found["capacity"] < 0).any()
    assert (found[["demand", "norm", "reporting"]].abs() < 1e-12).all(axis=None)


def test_one_indicator_worked_by_hand(figures):
    # A doubled pressure is 20 points more of the only indicator that weighs in the load of health; two causes of the same
    # factor have half of it each.
    first, _ = moments(figures)
    people = with_column(first, "population_served", lambda value, status: (value * 2, status))
    staff = with_column(people, "clinicians_fte", lambda value, status: (value / 2, status))
    found = change_of_score(first, staff, figures.definitions, "health_load")
    inside = (found["before"] > 0) & (found["after"] < 100)
    assert inside.sum() > 40
    assert np.allclose(found.loc[inside, ["demand", "capacity"]], 20)


def test_another_profile_of_norms_is_the_norm(figures):
    first, _ = moments(figures)
    strict = replace(first, assumptions=replace(first.assumptions, profile=NormProfile.EMERGENCY))
    found = change_of_score(first, strict, figures.definitions, "ISP")
    assert found["norm"].abs().max() > 1
    assert (found[["demand", "capacity", "reporting"]].abs() < 1e-9).all(axis=None)


def test_acts_that_are_not_told_apart_any_more_are_reporting(figures):
    missing = 3
    first, second = moments(figures)

    def silence(value, status):
        value[:10], status[:10] = np.nan, missing
        return value, status

    silent = with_column(second, "registry_full_acts", silence)
    after = assess(silent.panel, figures.definitions, silent.assumptions).results["civil_registry"].score
    found = change_of_score(first, silent, figures.definitions, "civil_registry")
    assert np.allclose(found["after"], after, equal_nan=True)
    assert np.allclose(found[PARTS].sum(axis=1), found["after"] - found["before"], atol=1e-9)
    assert (found["reporting"].iloc[10:].abs() < 1e-9).all()
    assert (found["reporting"].iloc[:10].abs() > 1e-3).any()
