"""A share of access that the census knows of a few people only is no good news: of how many of how many is said beside it."""

import re
from datetime import date

import pytest

from analytics.summary import class_of
from data.i18n import Translator
from pages.address.selection import read_selection
from pages.print.sheet.page import build_sheet
from pages.words import commune_on_map, faces, titles
from pages.words.portrait import build_portrait
from pages.words.services import figure_lines, indicator_row
from pages.words.view import View

# 814 people, of whom the census publishes distances for one douar in ten; every other commune here is known of nearly all.
TABIA, TIZI = "09.541.03.21", "09.541.04.67"


def view_of(figures, language="fr"):
    return View(figures, read_selection(figures, {"lang": language}), Translator(language, figures.province))


def plain(text):
    return re.sub(r"[\u00a0\u202f\u2066-\u2069]", " ", text)


def test_a_share_of_few_people_says_of_how_many_of_how_many(figures):
    view = view_of(figures)
    indicator = figures.definitions.indicators["HEA07"]
    result = figures.of_commune(TABIA, view.chosen.month).loc["HEA07"]
    known = view.share_known(indicator, result)
    assert known == pytest.approx(result["denominator"] / 814)
    assert known < 0.1
    assert "habitants renseignés, sur 814" in plain(faces.write_figure(view, indicator, result))
    lines = dict(figure_lines(view, TABIA, indicator, result))
    assert view.t("certainty.interval_label") not in lines
    low, high = re.findall(r"[\d,]+", plain(lines[view.t("certainty.bounds_label")]))
    assert float(low.replace(",", ".")) == 0
    assert float(high.replace(",", ".")) == pytest.approx(100 * (1 - known), abs=0.06)


@pytest.mark.parametrize("name", ["HEA07", "EDU08", "CIV10"])
def test_a_share_of_any_class_that_is_not_of_everybody_says_of_how_many(figures, name):
    """On the line of a face, on the map, in the table of figures: counted from the panel, whatever the class."""
    view, month = view_of(figures), figures.months[-1]
    indicator, people = figures.definitions.indicators[name], figures.column("municipal_population", month)
    light = 0
    for code, result in figures.of_month(name, month).iterrows():
        if not result["denominator"] > 0:
            continue
        known = plain(view.t.number(round(result["denominator"]), 0))
        is_whole = result["denominator"] >= 0.995 * people[code]
        said = (
            faces.write_figure(view, indicator, result),
            commune_on_map.write_figure(view, next(result.to_frame().T.itertuples())),
            indicator_row(view, indicator, result)["unit"],
        )
        assert all(("renseigné" in text) is not is_whole for text in said), (code, said)
        assert is_whole or all(known in plain(text) for text in said), (code, said)
        light += not is_whole and class_of(result) in (1, 2)
    assert light > 0


def test_the_bounds_hold_every_share_that_the_withheld_may_have(figures):
    view, month = view_of(figures), figures.months[-1]
    people = figures.column("municipal_population", month)
    for name in ("HEA07", "EDU08", "CIV10"):
        indicator = figures.definitions.indicators[name]
        for code, result in figures.of_month(name, month).iterrows():
            written = faces.write_bounds(view, indicator, result)
            if not written:
                continue
            low, high = (float(end.replace(",", ".")) for end in re.findall(r"\d+(?:,\d+)?", plain(written)))
            assert low == pytest.approx(100 * result["numerator"] / people[code], abs=0.06), code
            withheld = people[code] - result["denominator"]
            assert high == pytest.approx(100 * (result["numerator"] + withheld) / people[code], abs=0.06), code


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_paper_and_headline_say_it_too(figures, language):
    view = view_of(figures, language)
    page = plain(re.sub(r"<[^>]+>", " ", build_sheet(view, TABIA, "http://localhost/", date(2026, 11, 29))))
    told = plain(view.t("face.known_of", figure="", known="", people="814")).strip()
    assert told.split(" ")[-1] in page
    far = figures.of_commune(TABIA, view.chosen.month).loc["BASE"]
    from pages.words.baseline import write_worst_part

    assert "9" in write_worst_part(view, far)
    assert titles.state_finding(view, TIZI, figures.of_commune(TIZI, view.chosen.month))


def test_a_town_is_told_why_nothing_is_said_of_its_access(figures):
    view = view_of(figures)
    lines = faces.list_faces(view, figures.of_commune("09.541.01.09", view.chosen.month), figures.services[0])
    assert [line.said for line in lines][-1] == view.t("face.not_in_towns")
    rural = faces.list_faces(view, figures.of_commune(TIZI, view.chosen.month), figures.services[0])
    assert view.t("face.not_in_towns") not in [line.said for line in rural]


def test_a_mean_of_few_people_is_not_in_the_title_of_a_portrait(figures):
    """Tabia: 72 of 814 people have a published distance, and "5.0 km on average" was said of all."""
    view = view_of(figures)
    assert "km" not in build_portrait(view, TABIA).title
    # Of Tizi N'test 2,333 of 3,588 people have one.
    assert "km" in build_portrait(view, TIZI).title
    assert "65 % des habitants connus" in plain(build_portrait(view, TIZI).title)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_mean_of_few_people_says_of_how_many_on_screen_sheet_and_slide(figures, language):
    """The same line everywhere; a figure of everybody stands alone."""
    view = view_of(figures, language)
    lines = {line.label: plain(line.value) for section in build_portrait(view, TABIA).sections for line in section.lines}
    for name in ("college", "lycee", "health_centre", "far_from_health", "without_booklet"):
        assert "72" in lines[view.t(f"portrait.{name}")], name
        assert "814" in lines[view.t(f"portrait.{name}")], name
    assert "814" not in lines[view.t("portrait.electricity_pct")]
