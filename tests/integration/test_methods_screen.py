"""The Methods screen: every definition with its norms by profile, the province's own figure, what is switched off."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.assumptions import DEFAULTS, NormProfile
from data.i18n import LANGUAGES, Translator
from data.loaders.today import load_definitions
from pages.address.selection import Selection
from pages.html import fill
from pages.widgets.screen import Screen
from pages.words import labels, methods
from tests.walking import open_screen


def screen(figures, language):
    return Screen(figures, Selection(language, "all", figures.months[-1], "ISP", None, DEFAULTS), Translator(language), {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_province_stands_beside_its_definition_with_value_norm_class_and_source(figures, language):
    (row,) = methods.list_province(screen(figures, language))
    html = fill("method_indicators", Translator(language), rows=[row])
    for part in ("HEA05", Translator(language).number(3.6, 1), Translator(language).number(18, 1), "2021", "5"):
        assert part in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_switched_off_is_listed_with_its_sector(figures, language):
    rows = {row["id"]: row for row in methods.list_extensions(figures.definitions, Translator(language))}
    assert {"WAT01", "WAT02", "SAN01", "SAN02", "SHE01", "SHE02", "SOC01", "WAS01"} <= set(rows)
    assert rows["WAT01"]["label"].startswith(Translator(language).label({"fr": "Eau", "ar": "الماء", "en": "Water"}))
    assert all(row["norms"] and row["sources"] for row in rows.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_every_norm_is_listed_with_its_profile(figures, language):
    t, definitions = Translator(language), figures.definitions
    rows = methods.list_norms(definitions, t)
    assert len(rows) == sum(len(norm.values) for norm in definitions.norms.values())
    assert {row["profile"] for row in rows} == {t(f"norms.{profile}") for profile in NormProfile}
    assert t("methods.norm_profile") in fill("method_norms", t, rows=rows)


def test_the_indicators_of_the_index_come_first_in_their_sector(figures):
    options = labels.result_options(figures)
    faces = list(figures.definitions.faces)
    assert len(faces) == 6
    assert options[:13] == ["ISP", "education", "health", "civil_registry", *faces, "EDU01", "EDU02", "EDU08"]
    assert "HEA03" not in options
    assert "HEA05" not in options


def test_low_and_high_references_are_shown_where_both_are_a_warning(figures):
    from pages.words.services import indicator_row

    commune, indicator = "09.541.04.67", figures.definitions.indicators["HEA03"]
    row = indicator_row(screen(figures, "fr"), indicator, figures.of_commune(commune, figures.months[-1]).loc["HEA03"])
    assert row["norm"] == "1,00 à 4,00"
    assert (row["severity"], row["pressure"]) == (None, "—")


def test_the_screen_draws(built):
    def page():
        import pandas as pd

        from analytics.assumptions import DEFAULTS
        from data.i18n import Translator
        from pages.address.selection import Selection
        from pages.figures.load import load_figures, published
        from pages.screens.methods import screen
        from pages.widgets.screen import Screen

        figures = load_figures(published())
        chosen = Selection("fr", "all", pd.Timestamp(figures.months[-1]), "ISP", None, DEFAULTS)
        screen.render(Screen(figures, chosen, Translator("fr"), {}))

    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value


def test_the_index_is_searched_and_leads_to_one_page_a_topic_and_an_indicator(built):
    app = open_screen("methods", lang="fr")
    index = "".join(block.proto.body for block in app.get("html"))
    assert 'topic=EDU01"' in index
    assert "topic=norms" in index
    app.text_input(key="methods_search").set_value("livret").run()
    found = "".join(block.proto.body for block in app.get("html"))
    assert "topic=CIV10" in found
    assert "topic=EDU01" not in found
    one = open_screen("methods", lang="ar", topic="EDU01", month="2025-08")
    assert one.title[0].value == Translator("ar").label(load_definitions().indicators["EDU01"].labels)
    assert one.query_params["topic"] == "EDU01"
    one.button(key="methods-back").click().run()
    assert "topic" not in one.query_params
    assert not one.exception
    assert open_screen("methods", lang="fr", topic="nothing").title[0].value == Translator("fr")("methods.title")
