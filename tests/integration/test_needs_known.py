"""What is missing of a need for access says of how many people it is counted, on the screen, the sheet and the plan."""

from datetime import date

import pytest

from analytics.resource_gap import summarise_needs
from data.loaders.today import load_library, load_means
from pages.print.plan.context import PlanContext
from pages.print.plan.response import build_resources
from pages.print.sheet.needs import write_needs
from pages.words.gaps import need_row, quick_gap
from pages.words.needs_known import share_of_need
from tests.read_aloud import view_of
from tests.territories import TAROUDANNT

# Known of 2,333 of 3,588 people; of all of Lagfifat; of nobody in a town, whom a distance does not concern.
TIZI, LAGFIFAT, AIT_IAAZA = "09.541.04.67", "09.541.05.17", "09.541.01.01"
SAID = "accès connu de 65\u202f% des habitants, manque des autres non compté"


@pytest.fixture
def view(built):
    return view_of(built, "fr", TIZI)


def test_the_share_is_that_of_the_people_whom_it_concerns(view):
    assert share_of_need(view, "HEA07", [TIZI]) == pytest.approx(2333 / 3588, abs=1e-4)
    assert share_of_need(view, "HEA07", [LAGFIFAT]) == pytest.approx(1, abs=1e-3)
    assert share_of_need(view, "HEA07", [LAGFIFAT, AIT_IAAZA]) == share_of_need(view, "HEA07", [LAGFIFAT])
    both = share_of_need(view, "HEA07", [TIZI, LAGFIFAT])
    assert both == pytest.approx((2333 + 19471) / (3588 + 19471), abs=1e-3)
    # A load is asked of everybody who is there.
    assert share_of_need(view, "EDU01", [TIZI]) == 1


def test_a_sheet_says_it_beside_the_service_and_of_no_other(view):
    education, health, registry = write_needs(view, TIZI)
    assert health.remark == SAID
    assert education.remark.endswith(SAID)
    assert "accès connu" not in registry.remark
    assert all("accès connu" not in part.remark for part in write_needs(view, LAGFIFAT))


def test_the_screen_of_means_says_it_of_a_territory(view):
    codes, means = list(view.figures.territory), load_means()
    summary = summarise_needs(quick_gap(view, means, codes)).set_index("need_id", drop=False)
    said = str(need_row(view, means, summary.loc["distance_health"], codes)["left_out"])
    # 508,851 of the 578,727 people of rural communes.
    assert "accès connu de 88\u202f% des habitants" in said
    assert "accès" not in str(need_row(view, means, summary.loc["classrooms_primary"], codes)["left_out"])


def test_the_plan_says_it_below_the_need(view):
    today = date(2026, 11, 29)
    plan = PlanContext(view, TIZI, load_library(TAROUDANNT)["trend"], load_means(), today)
    table = next(block for block in build_resources(plan) if hasattr(block, "rows"))
    notes = {row[0].text: row[0].note for row in table.rows}
    assert SAID in notes["Personnes loin des soins (plus de 5\xa0km)"]
    assert sum("accès connu" in note for note in notes.values()) == 2
