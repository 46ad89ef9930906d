"""Figures, plans and papers of a snapshot follow the definitions that it was published with, whatever the files say since."""

import json
import shutil
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.command_line import main
from data.i18n import Translator
from data.kept_definitions import adopt_today, describe_move
from data.loaders.definition_set import DefinitionSet
from data.loaders.digest import short
from data.loaders.files import DEFINITIONS, FOLDER_VARIABLE, DefinitionFiles
from data.loaders.today import forget_today, load_library, load_means, load_today
from data.records.commune_notes import write_note
from data.records.plan_versions import PlanDraft, list_versions, save_version
from data.store import Store
from pages.figures.load import load_figures
from pages.print.plan.context import PlanContext
from pages.words.definition_changes import list_changes
from tests.clients import open_client
from tests.earlier_stores import turn_earlier
from tests.territories import TAROUDANNT

TIZI = "09.541.04.67"
NORM, COST = "pupils_per_classroom_primary", "classroom_modular"


@pytest.fixture
def change(tmp_path, monkeypatch):
    """Changes the definitions of the installation, as whoever edits a file and starts the application again."""
    folder = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, folder)
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))

    def act(name, before, after):
        path = folder / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        forget_today()
        return load_today()

    yield act
    monkeypatch.undo()
    forget_today()


def stricter(change):
    return change("norms/education", "value: 33", "value: 30")


def amounts(plan: PlanContext) -> dict[str, tuple[float, float]]:
    rows = plan.needs[plan.needs["resource_units"] > 0]
    return {r.need_id: (r.resource_units, r.cost_central_mad) for r in rows.itertuples()}


def open_version(**parameters):
    app = AppTest.from_function(_plan_alone, default_timeout=60)
    for key, value in {"lang": "fr", "commune": TIZI, "scenario": "trend", **parameters}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def _plan_alone():
    """The plan screen, and what its plan amounts to."""
    import json
    from datetime import date

    import streamlit as st

    from data.i18n import Translator
    from pages.figures.load import load_figures, published
    from pages.print.plan.content import build_document
    from pages.screens.plan import choice, screen
    from pages.widgets import session
    from pages.widgets.screen import Screen

    session.read_address()
    figures = load_figures(published(), session.current_assumptions())
    chosen = session.current_selection(figures)
    session.write_address(chosen, screen.address())
    data = st.Page(lambda: None, title="Data", url_path="data")
    st.navigation([st.Page(lambda: None, title="Plan", url_path="plan", default=True), data], position="hidden")
    shown = Screen(figures, chosen, Translator(session.current_language()), {"data": data})
    screen.render(shown)
    plan = choice.read_plan(shown, chosen.commune, date(2025, 9, 1))
    rows = plan.needs[plan.needs["resource_units"] > 0]
    found = {r.need_id: (r.resource_units, r.cost_central_mad) for r in rows.itertuples()}
    st.text(json.dumps({"amounts": found, "foot": build_document(plan, date(2025, 9, 1)).foot}))


def said_by(app):
    return json.loads(app.text[-1].value)


def save(app):
    next(b for b in app.button if b.label == Translator("fr")("contingency.save_version")).click().run()
    assert not app.exception, app.exception
    return said_by(app)


@pytest.mark.slow
def test_a_process_that_read_the_files_earlier_says_what_another_has_published_since(store, change):
    save(open_version())
    stricter(change)
    assert adopt_today(store) is not None
    change("norms/education", "value: 30", "value: 33")
    app = open_version(version="1")
    assert Translator("fr")("contingency.definitions_differ") in [w.value for w in app.warning]
    assert "33 → 30" in "".join(m.proto.body for m in app.get("html"))


def test_an_entry_that_is_new_is_named_in_the_history_without_its_content(store, change):
    change(
        "norms/education",
        "girls_per_latrine:",
        "girls_per_cabin: {unit: pupils/cabin, labels: {fr: a, ar: b, en: c}}\ngirls_per_latrine:",
    )
    assert "girls_per_cabin: — → pupils/cabin" in describe_move(store)


@pytest.mark.slow
@pytest.mark.always
def test_a_version_prints_the_same_amounts_after_its_norm_was_changed_and_says_so(store, change):
    """The trial: version 1 of Tizi N'test, then 33 pupils a room become 30."""
    saved = save(open_version())
    old = load_today().digest
    new = stricter(change).digest
    assert adopt_today(store) is not None
    draft = said_by(open_version())
    assert draft["amounts"] != saved["amounts"]
    app = open_version(version="1")
    assert said_by(app)["amounts"] == saved["amounts"]
    assert short(old) in said_by(app)["foot"]
    assert Translator("fr")("contingency.definitions_differ") in [w.value for w in app.warning]
    assert "33 → 30" in "".join(m.proto.body for m in app.get("html"))
    app.radio[0].set_value("today").run()
    assert app.query_params["definitions"] in ("today", ["today"])
    again = said_by(app)
    assert again["amounts"] == draft["amounts"]
    assert short(new) in again["foot"]
    assert "recalculée" in again["foot"]


@pytest.mark.slow
def test_what_has_not_changed_is_not_announced(store):
    save(open_version())
    app = open_version(version="1")
    assert not app.radio
    assert app.warning.len <= 1


def test_costs_that_were_edited_when_a_version_was_saved_stay_with_it(store):
    figures = load_figures(store.snapshot_id())
    draft = PlanDraft(
        load_library()["trend"], {}, date(2025, 8, 1), figures.snapshot_id, {}, "",
        figures.definition_set.digest, {COST: (1.0, 2.0, 3.0)},
    )  # fmt: skip
    save_version(store, TIZI, draft, figures.definition_set)
    with store.open() as connection:
        (version,) = list_versions(connection.cursor(), (TIZI,))[TIZI]
    assert version.draft == draft
    rooms = [v for k, v in said_by(open_version(version="1"))["amounts"].items() if k.startswith("classrooms")]
    assert rooms
    assert all(cost == 2.0 * units for units, cost in rooms)


def test_a_snapshot_is_computed_with_its_own_definitions(store, change):
    first = store.snapshot_id()
    before = load_figures(first)
    pressures = before.of_month("EDU01", before.months[-1])["pressure"]
    stricter(change)
    # Until it is published again, what readers see stays as it was, in a new process as well.
    assert load_figures(first).of_month("EDU01", before.months[-1])["pressure"].equals(pressures)
    second = adopt_today(store).id
    after = load_figures(second)
    assert (after.of_month("EDU01", before.months[-1])["pressure"] > pressures)[pressures > 0].all()
    assert load_figures(first).of_month("EDU01", before.months[-1])["pressure"].equals(pressures)
    assert load_figures(first).definition_set.digest != after.definition_set.digest


def test_the_methods_say_when_the_files_are_ahead_of_the_figures(store, change):
    stricter(change)
    app = AppTest.from_function(_methods_alone, default_timeout=60).run()
    assert [w.value for w in app.warning] == [Translator("fr")("definition.not_published")]
    adopt_today(store)
    app.run()
    assert not app.exception
    assert not app.warning


def _methods_alone():
    from data.i18n import Translator
    from pages.figures.load import load_figures, published
    from pages.screens.methods import screen
    from pages.widgets import session
    from pages.widgets.screen import Screen

    figures = load_figures(published(), session.current_assumptions())
    screen.render(Screen(figures, session.current_selection(figures), Translator("fr"), {}))


def test_means_texts_triggers_and_scenarios_of_a_snapshot_are_its_own(store, change):
    first = store.snapshot_id()
    change("costs", "central_mad: 220000", "central_mad: 230000")
    change("triggers", "above: 0.9", "above: 0.95")
    change("scenarios/0_trend", "returns: central", "returns: rapid")
    adopt_today(store)
    old, new = (load_figures(s).definition_set for s in (first, store.snapshot_id()))
    assert (old.means.costs[COST].central_mad, new.means.costs[COST].central_mad) == (220000, 230000)
    assert (old.triggers.levels[0].above, new.triggers.levels[0].above) == (0.9, 0.95)
    assert (old.library["trend"].returns, new.library["trend"].returns) == ("central", "rapid")


def test_a_note_keeps_the_definitions_of_the_snapshot_before_it(store, change):
    digest = store.current().definitions
    stricter(change)
    write_note(store, TIZI, "president", "Deux écoles ont rouvert.")
    assert store.current().definitions == digest
    with store.open() as connection:
        assert connection.execute("SELECT count(*) FROM definition_set").fetchone() == (1,)


def test_a_start_publishes_new_definitions_once_and_the_history_says_what_moved(store, change, capsys):
    stricter(change)
    assert main(["init", "--if-missing"]) == 0
    told = capsys.readouterr().out
    assert f"{NORM}.values.0.value: 33 → 30" in told
    current = store.current()
    assert current.action == "definitions"
    assert "33 → 30" in current.detail
    assert describe_move(store) == ""
    assert main(["init", "--if-missing"]) == 0
    assert store.current().id == current.id
    with store.open() as connection:
        row = connection.execute(
            "SELECT value FROM norm WHERE norm_id = $id AND profile = 'planning'", {"id": NORM}
        ).fetchone()
    assert row == (30.0,)


@pytest.mark.slow
def test_a_store_made_before_says_that_its_definitions_were_not_kept_and_migrates_with_the_next_write(store, change):
    _forget_definitions(store)
    assert store.current().definitions is None
    assert load_figures(store.snapshot_id()).definition_set is load_today()
    write_note(store, TIZI, "president", "Bonjour.")
    assert store.current().definitions is None
    assert adopt_today(store).detail == f"— → {short(load_today().digest)}"
    assert store.current().definitions == load_today().digest


def test_a_version_saved_before_definitions_were_kept_says_so(store):
    draft = PlanDraft(load_library()["trend"], {}, date(2025, 8, 1), store.snapshot_id(), {})
    save_version(store, TIZI, draft)
    app = open_version(version="1")
    assert Translator("fr")("contingency.definitions_lost") in [c.value for c in app.caption]


def _forget_definitions(store: Store) -> None:
    turn_earlier(store, without=["0010_definitions"])


def test_the_api_names_the_definitions_of_its_snapshot(store, change):
    digest = store.current().definitions
    stricter(change)
    client = open_client()
    ask = {"indicator": "EDU01", "commune": TIZI, "date": "2025-08"}
    before = client.get("/api/v1/pressure", params=ask).json()
    assert before["definitions"] == digest
    adopt_today(store)
    after = client.get("/api/v1/pressure", params=ask).json()
    assert after["definitions"] == load_today().digest
    assert after["results"] != before["results"]


@pytest.mark.taroudannt
def test_changes_are_named_by_norm_and_cost_values_first_and_words_counted(change):
    before = DefinitionSet(DefinitionFiles(DEFINITIONS, territory=TAROUDANNT.folder))
    change("norms/education", "value: 40", "value: 42.5")
    change("costs", "low_mad: 150000", "low_mad: 140000")
    after = change("costs", "Salle modulaire de 54 m²", "Salle modulaire")
    lines = list_changes(before, after, Translator("en"))
    assert "Pupils per classroom, primary" in lines[-2]
    assert lines[-2].endswith("40 → 42.5")
    assert lines[0].endswith("150,000 → 140,000")
    assert lines[-1] == "and 1 text or source"
    assert load_means().costs[COST].low_mad == 140000
