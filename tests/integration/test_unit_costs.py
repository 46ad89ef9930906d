"""Unit costs: one is changed in fields of the page, refused where its amounts are out of order, and put back in one click."""

import pytest
from streamlit.testing.v1 import AppTest

from data.i18n import LANGUAGES, Translator
from data.loaders.today import load_means
from pages.screens.means.costs import change_cost
from tests.integration.test_means import SCREEN as IN_FRENCH

SCREEN = IN_FRENCH.replace('"fr"', '"LANGUAGE"')
MEANS = load_means()
TENT = (40000.0, 65000.0, 90000.0)
ITEM = "classroom_tent"


def test_a_change_is_kept_and_one_that_is_back_is_none():
    dearer = change_cost({}, MEANS, ITEM, (50000.0, 70000.0, 90000.0))
    assert dearer == {ITEM: (50000.0, 70000.0, 90000.0)}
    both = change_cost(dearer, MEANS, "ambulance", (1.0, 2.0, 3.0))
    assert set(both) == {ITEM, "ambulance"}
    cost = MEANS.costs[ITEM]
    assert change_cost(both, MEANS, ITEM, (cost.low_mad, cost.central_mad, cost.high_mad)) == {"ambulance": (1.0, 2.0, 3.0)}


@pytest.mark.parametrize("amounts", [(3.0, 2.0, 4.0), (1.0, 3.0, 2.0), (None, 2.0, 3.0), (1.0, 2.0, None)])
def test_amounts_out_of_order_or_missing_change_nothing(amounts):
    assert change_cost({}, MEANS, ITEM, amounts) is None


def field(app, name):
    return next(found for found in app.number_input if found.key.startswith(f"costs-{ITEM}-{name}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_screen_follows_what_is_typed_until_it_is_put_back(built, language):
    t = Translator(language)
    app = AppTest.from_string(SCREEN.replace("LANGUAGE", language), default_timeout=60)
    app.session_state["_means_kept"] = {"means_part": "costs"}
    app.run()
    assert not app.exception
    app.selectbox(key="costs_item").set_value(ITEM).run()
    assert tuple(field(app, name).value for name in ("low_mad", "central_mad", "high_mad")) == TENT
    field(app, "low_mad").set_value(99_000.0)
    submit = next(found for found in app.button if found.label == t("costs.apply"))
    submit.click().run()
    assert any(t.label(MEANS.costs[ITEM].labels) in found.value for found in app.error)
    field(app, "low_mad").set_value(50_000.0)
    next(found for found in app.button if found.label == t("costs.apply")).click().run()
    assert app.session_state["_means_costs"] == {ITEM: (50_000.0, *TENT[1:])}
    assert field(app, "low_mad").value == 50_000.0
    assert any(t("costs.edited", count=1) in found.value for found in app.info)
