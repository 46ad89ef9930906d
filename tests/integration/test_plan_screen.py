"""The Plan screen without a browser: chapters, words kept and refused, versions saved and reopened."""

from datetime import date
from types import SimpleNamespace

import pytest

from data.i18n import LANGUAGES, Translator
from data.loaders.today import load_library, load_plan_outline
from data.records.plan_texts import write_text
from data.records.plan_versions import PlanDraft, save_version
from pages.screens.plan.files import build_file
from tests.lone_screen import open_screen
from tests.territories import TAROUDANNT

TIZI = "09.541.04.67"


def open_plan(**parameters):
    return open_screen("plan", **{"lang": "fr", "commune": TIZI, **parameters})


def box(app, key):
    return next(b for b in app.selectbox if b.key == key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_opens(built, language):
    t = Translator(language)
    app = open_plan(lang=language, scenario="staff_loss")
    for number, chapter in enumerate(load_plan_outline().chapters, 1):
        box(app, "chapter_chosen").set_value(chapter).run()
        assert not app.exception
        assert app.subheader[0].value == f"{number}. {t(f'contingency.chapter_{chapter}')}"
        assert app.query_params["chapter"] in (chapter, [chapter])


def test_words_are_kept_and_refused_with_the_reason(store):
    app = open_plan(chapter="context")
    app.text_area[0].set_value("Appeler le 06 12 34 56 78")
    app.button[2].click().run()
    assert "numéro de téléphone" in app.error[0].value
    app.text_area[0].set_value("Deux douars restent coupés.")
    app.button[2].click().run()
    assert "Contexte et diagnostic" in app.success[0].value
    assert app.text_area[0].value == "Deux douars restent coupés."


def test_a_version_is_saved_and_reopens_as_it_was(store):
    app = open_plan(scenario="hard_winter", chapter="context")
    app.text_input[0].set_value("Après l'atelier")
    app.button[3].click().run()
    assert "Version 1" in app.success[0].value
    write_text(store, TIZI, "fr", "context", "Ajouté ensuite.")
    app = open_plan(scenario="trend", chapter="context", version="1")
    assert "Hiver rigoureux" in app.title[0].value
    assert "telle qu'enregistrée" in app.info[0].value
    assert not app.text_area


def test_a_version_whose_snapshot_has_gone_says_what_differs(store):
    base = {"month": "2025-07-01", "displaced_persons": 12.0}
    save_version(store, TIZI, PlanDraft(load_library(TAROUDANNT)["trend"], {}, date(2025, 8, 1), "20200101T000000", base))
    app = open_plan(version="1")
    assert any("ne sont plus conservées" in w.value for w in app.warning)


@pytest.mark.parametrize(("day", "over"), [(date(2026, 8, 31), False), (date(2026, 11, 27), True)])
def test_a_period_that_has_passed_is_said_once_with_the_way_to_newer_figures(built, monkeypatch, day, over):
    """The figures that ship end in August 2025, the trend in August 2026."""
    monkeypatch.setattr("pages.screens.plan.screen.date", SimpleNamespace(today=lambda: day))
    app = open_plan(scenario="trend")
    said = [w.value for w in app.warning]
    assert len(said) == over
    assert all("août 2025" in w and "août 2026" in w for w in said)
    assert [link.proto.page for link in app.get("page_link")] == (["data"] if over else [])


def test_an_edit_that_cannot_be_is_said_and_not_planned_for(built):
    app = open_plan(scenario="trend", edit="not an edit")
    assert app.title[0].value == "Plan de contingence communal"
    assert app.error


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_both_files_are_made_in_another_language_than_the_screen(figures, form, start):
    from tests.plan_words import basis

    assert build_file(basis(figures), "ar", form).startswith(start)
