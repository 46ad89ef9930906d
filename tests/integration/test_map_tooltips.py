"""What a commune says when it is pointed at: figure with unit, people and interval, never a multiple alone; kind and date."""

from dataclasses import replace

import pandas as pd
import pytest

from data.i18n import Translator
from data.people.viewer import viewer_of
from data.records.kind import Role
from geo.map_styles import write_styles
from pages.address.selection import read_selection
from pages.figures.cache import ComputedTables
from pages.figures.own import restrict
from pages.screens.map.styles import style_communes, write_month_styles
from pages.words.commune_on_map import write_sure
from pages.words.map_pair import list_others, read_other
from pages.words.view import View

MONTH, TIZI, OULAD = "2025-08", "09.541.04.67", "09.541.01.09"
UNITS = {
    "EDU01": "élèves/salle",
    "EDU02": "élèves/enseignant",
    "HEA02B": "consult./soignant/jour",
    "HEA07": "%",
    "CIV02": "ratio",
}


def view_of(figures, language, indicator):
    chosen = read_selection(figures, {"month": MONTH, "indicator": indicator, "lang": language})
    # As whoever opened a card of that month.
    figures.intervals(chosen.month)
    return View(figures, chosen, Translator(language, figures.province))


@pytest.mark.parametrize("indicator", UNITS)
def test_a_figure_has_its_unit_its_people_its_interval_in_words_its_kind_and_its_date(figures, indicator):
    view = view_of(figures, "fr", indicator)
    style = style_communes(view, view.month_results())[TIZI]
    said = style.figure.replace("\u202f", " ").replace("\u00a0", " ")
    first, *others = said.split(" ; ")
    assert UNITS[indicator] in first
    assert "× la norme" not in first
    assert any(part.endswith("au-delà de la norme") and part.split(" ")[-5].isalpha() for part in others), said
    end = "%" if indicator == "HEA07" else "× la norme"
    assert others[-1].startswith("entre ")
    assert others[-1].endswith(f"{end} (90 %)")
    assert style.label.startswith("classe ")
    assert style.note.split("\u202f; ")[-1].split(" ")[-1] in ("2024", "2025")


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_card_says_the_interval_in_the_unit_of_its_ends(figures, language):
    view = view_of(figures, language, "EDU01")
    assert view.t("pressure.times", times="").strip() in write_sure(view, OULAD, "EDU01")


def test_a_scenario_has_no_interval_of_the_month_that_was_observed(figures):
    view = view_of(figures, "fr", "EDU01")
    other = read_other(view, f"scenario:{next(iter(list_others(view, 'scenario', '')))}")
    styles = style_communes(other.view, other.results, is_observed=False)
    assert not any("entre" in style.figure for style in styles.values())
    assert pd.notna(other.results.loc[TIZI, "pressure"])
    observed = style_communes(replace(view), view.month_results())
    assert all("entre" in observed[code].figure for code in (TIZI, OULAD))


def test_to_point_at_communes_draws_no_interval_of_a_month_that_is_passed(figures):
    fresh = replace(figures, cache=ComputedTables())
    chosen = read_selection(fresh, {"month": MONTH, "indicator": "EDU01", "lang": "fr"})
    view = View(fresh, chosen, Translator("fr", fresh.province))
    assert "entre" not in style_communes(view, view.month_results())[TIZI].figure
    assert not fresh.has_intervals(chosen.month)


def test_an_account_of_one_commune_is_told_the_interval_that_everybody_is_told(figures):
    whole = replace(figures, cache=ComputedTables())
    own = restrict(whole, viewer_of(Role.COMMUNE, (TIZI,)))
    chosen = read_selection(own, {"month": MONTH, "indicator": "EDU01", "lang": "fr"})
    view = View(own, chosen, Translator("fr", own.province))
    assert "entre" not in style_communes(view, view.month_results())[TIZI].figure
    whole.intervals(chosen.month)
    assert list(styles := style_communes(view, view.month_results())) == [TIZI]
    assert (
        styles[TIZI].figure
        == style_communes(View(whole, chosen, view.t), whole.of_month("EDU01", chosen.month))[TIZI].figure
    )
    assert "entre" in styles[TIZI].figure


def test_what_communes_say_is_written_once_whichever_was_chosen_and_again_once_intervals_are_known(figures):
    fresh = replace(figures, cache=ComputedTables())
    chosen = read_selection(fresh, {"month": MONTH, "indicator": "EDU01", "lang": "fr"})
    first, second = (
        View(fresh, replace(chosen, commune=code, card=code), Translator("fr", fresh.province)) for code in (TIZI, OULAD)
    )
    passed = write_month_styles(first)
    assert write_month_styles(second) is passed
    fresh.intervals(chosen.month)
    known = write_month_styles(second)
    assert "entre" not in passed
    assert "entre" in known
    assert known == write_styles(style_communes(first, first.month_results()))
