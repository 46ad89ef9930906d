"""The scenarios that ship: at least seven, in three languages, every assumption with status and source, every one computable."""

import re
from pathlib import Path

import pytest

from analytics.scenario import Hazard, check_scenario
from data.i18n import LANGUAGES, load_texts
from data.loaders.today import load_library
from tests.territories import TAROUDANNT
from tests.unit.scenario_panels import SETTING

LIBRARY = load_library(TAROUDANNT)
ROOT = Path(__file__).parents[2]


def test_the_seven_of_the_method_note_are_there():
    assert list(LIBRARY) == [
        "trend", "hard_winter", "fast_returns", "second_shock", "autumn_flood", "end_of_temporary_facilities", "staff_loss",
    ]  # fmt: skip
    assert {s.hazard for s in LIBRARY.values()} == set(Hazard)


@pytest.mark.parametrize("scenario", LIBRARY.values(), ids=list(LIBRARY))
def test_a_scenario_is_labelled_sourced_and_possible(scenario):
    assert set(scenario.labels) == set(scenario.descriptions) == set(LANGUAGES)
    assert scenario.assumptions
    for assumption in scenario.assumptions:
        assert set(assumption.labels) == set(LANGUAGES)
        assert assumption.source.title
        assert assumption.source.date
    assert not scenario.changes_nothing
    check_scenario(scenario, SETTING)


def test_staff_loss_is_three_in_ten():
    (change,) = LIBRARY["staff_loss"].capacity
    assert change.percent == -30
    assert {"clinicians_fte", "registry_agents_fte"} <= set(change.variables)


def test_every_refusal_has_its_text():
    asked = set()
    for path in [*(ROOT / "analytics").glob("*.py"), *(ROOT / "data").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        asked |= set(re.findall(r'"(scenario_error\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    asked |= {f"scenario_error.shock_{name}" for name in SETTING.shock_model.limits}
    assert asked == {key for key in load_texts("fr") if key.startswith("scenario_error.")}
