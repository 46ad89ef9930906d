"""The Council screen without a browser: what each question says, decisions noted and withdrawn, the annex to the minutes."""

import io
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from streamlit.testing.v1 import AppTest

from analytics.assumptions import DEFAULTS
from analytics.resource_gap import total_cost
from data.i18n import LANGUAGES, Translator
from data.ingest import drop_demonstration
from data.records.decisions import Draft, list_decisions, note_decision
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.print.minutes import COLUMNS, build_annex
from pages.screens.council import mode
from pages.screens.council.decisions import decisions_on
from pages.screens.council.questions import QUESTIONS, answer
from pages.screens.council.wall import ROWS_SHOWN
from pages.widgets.screen import Screen
from pages.words.gaps import quick_gap
from pages.words.money import write_mad

TIZI = "09.541.04.67"


def screen(figures, language="fr"):
    chosen = Selection(language, "all", figures.months[-1], "EDU01", TIZI, DEFAULTS)
    return Screen(figures, chosen, Translator(language), {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", [TIZI, "all"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_states_a_finding_and_says_that_figures_are_simulated(figures, question, subject, language):
    found = answer(screen(figures, language), subject, question)
    assert found.title
    assert 1 <= len(found.rows) <= ROWS_SHOWN
    assert all(len(row.cells) == len(found.heading) for row in found.rows if found.heading)
    assert found.is_demonstration
    # A picture on every question, and two numbers at most.
    assert (found.map is not None) == (question == "where")
    assert found.has_bars == (question != "where")
    assert 1 <= len(found.numbers) <= 2
    assert all(figure and words for figure, words in found.numbers)


def test_where_shows_communes_of_the_heaviest_class_in_order_of_their_rank(figures):
    """The title counts them; a commune of a lighter class may have a higher score, where one indicator lifts the class of others."""
    found = answer(screen(figures), "all", "where")
    results = figures.of_month("ISP", figures.months[-1]).dropna(subset="severity_class")
    heaviest = results[results["severity_class"] == results["severity_class"].max()]
    worst = heaviest.sort_values("score", ascending=False)["commune_code"].iloc[0]
    assert found.rows[0].cells[0] == screen(figures).name(worst)
    assert found.rows[0].severity == results["severity_class"].max()
    assert sum(line.count for line in found.legend) == 89


def test_why_says_the_pressure_with_and_without_displaced_people(figures):
    found, t = answer(screen(figures, "en"), TIZI, "why"), Translator("en")
    result = figures.of_month("EDU01", figures.months[-1]).loc[TIZI]
    education = found.rows[0].cells
    assert t.number(result["pressure"], 1) in education[1]
    assert education[2] == t.number(result["pressure_without_displaced"], 1)
    assert education[4] == t.number(result["gap_to_norm"], 0)
    bar, pressure = found.rows[0].bar, result["pressure"]
    # The two parts of a bar stand to each other as the two pressures do.
    assert bar.structural / (bar.structural + bar.displacement) == pytest.approx(
        result["pressure_without_displaced"] / pressure, abs=0.01
    )
    assert found.numbers[0] == (screen(figures, "en").count("displaced_persons", TIZI), t("overview.displaced"))


def test_who_pays_draws_each_cost_with_and_without_displaced_people(figures):
    seen, means = screen(figures, "en"), figures.definition_set.means
    found, t = answer(seen, "all", "who_pays"), Translator("en")
    both, without = (
        total_cost(quick_gap(seen, means, seen.codes, with_displaced=is_with)).central_mad for is_with in (True, False)
    )
    assert without < both
    assert found.numbers == [
        (write_mad(both, t), t("council.cost_with")),
        (write_mad(without, t), t("council.cost_without")),
    ]
    assert [kind for kind, _ in found.key] == ["structural", "displacement", "range"]
    assert any(row.bar.displacement > 0 for row in found.rows)


@pytest.mark.parametrize("subject", [TIZI, "all"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_without_demonstration_a_question_says_that_data_are_insufficient(store, question, subject):
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    found = answer(screen(load_figures(store.snapshot_id()), "en"), subject, question)
    assert found.title
    assert not found.is_demonstration
    expected = {
        ("where", TIZI): "Tizi N'test – Starting point",
        ("where", "all"): "insufficient data",
        ("why", TIZI): "insufficient data",
        ("why", "all"): "not known",
        ("what_if", TIZI): "insufficient data",
        ("what_if", "all"): "insufficient data",
        # Who lives far from care is measured: at least what reaches them.
        ("who_pays", TIZI): "at least",
        ("who_pays", "all"): "at least",
    }
    assert expected[question, subject] in found.title


@pytest.fixture
def session(monkeypatch):
    """The session of a council that nobody has touched yet."""
    state = {"question": "where"}
    for module in (mode.st, mode.session.st):
        monkeypatch.setattr(module, "session_state", state)
    return state


def test_keys_lead_from_question_to_question_and_stop_at_both_ends(session):
    walked = []
    for action in ("previous", "next", "next", "next", "next", "2", "4", "previous"):
        mode.act(action)
        walked.append(QUESTIONS.index(session["question"]) + 1)
    assert walked == [1, 2, 3, 4, 4, 2, 4, 3]


def test_escape_closes_the_note_first_and_then_the_mode(session):
    mode.act("note")
    assert mode.is_noting()
    assert session["question"] == "where"
    mode.act("leave")
    assert not mode.is_noting()
    assert session["question"] == "where"
    mode.act("leave")
    assert session["question"] == ""
    assert mode.address() == {}


def test_a_decision_is_listed_where_it_was_taken_and_nowhere_else(store):
    note_decision(store, Draft(TIZI, "why", date(2025, 8, 1), "Ouvrir un guichet"), store.snapshot_id())
    seen = screen(load_figures(store.snapshot_id()))
    assert [d.draft.text for d in decisions_on(seen, TIZI, "why")] == ["Ouvrir un guichet"]
    assert len(decisions_on(seen, TIZI)) == 1
    assert decisions_on(seen, TIZI, "where") == []
    assert decisions_on(seen, "all") == []


def council(language):
    """The screen alone, as the frame calls it."""
    from data.i18n import Translator
    from pages.figures.load import load_figures, published
    from pages.screens.council import screen as module
    from pages.widgets import session
    from pages.widgets.screen import Screen

    figures = load_figures(published())
    module.render(Screen(figures, session.current_selection(figures), Translator(language), {}))


def open_screen(language, **state):
    app = AppTest.from_function(council, args=(language,), default_timeout=30)
    for key, value in {"lang": language, "commune": TIZI, **state}.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_is_noted_refused_listed_and_withdrawn_on_the_screen(store, language):
    t = Translator(language)
    app = open_screen(language, question="where", _council_noting=True)
    app.text_area[0].set_value("Appeler le 0612345678")
    app.button[0].click().run()
    assert app.error[0].value == t("store.decision_telephone")
    app.text_area[0].set_value("Louer deux salles")
    app.text_input[0].set_value("Bureau communal")
    app.date_input[0].set_value(date(2026, 3, 31))
    app.button[0].click().run()
    assert not app.exception
    assert app.success[0].value == t("council.noted")
    with store.open() as connection:
        (decision,) = list_decisions(connection)
    assert decision.draft == Draft(
        TIZI, "where", date(2025, 8, 1), "Louer deux salles", "Bureau communal", date(2026, 3, 31)
    )
    outside = open_screen(language)
    assert outside.title[0].value == t("council.title")
    outside.button(key=f"ask-withdraw-{decision.id}").click().run()
    assert "Louer deux salles" in outside.warning[0].value
    with store.open() as connection:
        assert list_decisions(connection) == [decision]
    outside.button(key=f"yes-withdraw-{decision.id}").click().run()
    assert outside.success[0].value == t("council.withdrawn")
    with store.open() as connection:
        assert list_decisions(connection) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_annex_is_a_document_with_real_styles_and_a_real_table(store, language):
    texts = ["Louer <deux> salles & un bus", "توفير النقل المدرسي لـ 45 تلميذا"]
    for text in texts:
        note_decision(store, Draft(TIZI, "who_pays", date(2025, 8, 1), text, "", date(2026, 3, 1)), store.snapshot_id())
    figures, t = load_figures(store.snapshot_id()), Translator(language)
    content = build_annex(screen(figures, language), "Tizi N'test", figures.records.decisions, date(2026, 1, 1))
    document = Document(io.BytesIO(content))
    assert [p.style.name for p in document.paragraphs][:3] == ["Title", "Subtitle", "Heading 1"]
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [t(f"annex.{c}") for c in COLUMNS]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [row.cells[1].text for row in table.rows[1:]] == texts
    assert table.rows[1].cells[0].text == t("council.ask_who_pays")
    assert table.rows[1].cells[3].text == t.date(date(2026, 3, 1))
    assert t("annex.demonstration") in [p.text for p in document.paragraphs]
    mirrored = document.element.body.findall(".//" + qn("w:bidiVisual"))
    paragraphs = [p for p in document.element.body.iter(qn("w:p")) if p.findall(qn("w:r"))]
    directed = [
        p for p in paragraphs if p.find(qn("w:pPr")) is not None and p.find(qn("w:pPr")).find(qn("w:bidi")) is not None
    ]
    assert len(mirrored) == (2 if language == "ar" else 0)
    assert len(directed) == (len(paragraphs) if language == "ar" else 0)
