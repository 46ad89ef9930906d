"""Published figures corrected: changed, withdrawn, undone; the upload never edited, the list complete, roles and small counts held."""

import shutil
from datetime import date

import pandas as pd
import pytest

from data import queries
from data.exporting.full_export import export_store
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.published import FigureAsked, check_figure, correct_figure, undo_correction
from data.keeping.revert import list_revertible, revert_action
from data.loaders.today import load_variables
from data.people.viewer import Person, viewer_of
from data.records.figure_corrections import CorrectionState, list_corrections
from data.records.kind import Role
from data.store import Store, StoreError
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.words.actions import describe_snapshot
from pages.words.corrections import list_corrections as list_in_words
from pages.words.view import View
from tests.sent_figures import send_month
from tests.walking import open_screen
from tests.workbooks import write_workbook

HERE, THERE, MONTH = "09.541.04.67", "09.541.01.01", date(2025, 9, 1)


@pytest.fixture
def store(reported) -> Store:
    return reported


def of(store: Store, role: Role, commune: str = HERE) -> Store:
    return Store(store.root, writer=Person(viewer_of(role, (commune,)), "first"))


def asked(
    store: Store, value: str | None, variable: str = "registry_requests", reason: str = "faute de frappe"
) -> FigureAsked:
    with store.open() as connection:
        seen = queries.read_month_figures(connection.cursor(), (HERE,), MONTH).get(HERE, "")
    return FigureAsked(HERE, MONTH, variable, value, reason, seen)


def correct(store: Store, value: str | None, **given) -> str:
    figure = asked(store, value, **given)
    return correct_figure(store, figure, None if value is None else check_figure(store, figure))


def figure(store: Store, variable: str = "registry_requests") -> pd.Series:
    with store.open() as connection:
        return queries.read_figure_in_force(connection.cursor(), (HERE,), MONTH, variable).iloc[0]


def listed(store: Store):
    with store.open() as connection:
        return list_corrections(connection.cursor(), (HERE, THERE))


def refused(act) -> str:
    with pytest.raises(StoreError) as error:
        act()
    return error.value.key


def test_a_corrected_figure_wins_and_the_file_stays_as_it_was(store):
    uploads = {path.name: path.read_bytes() for path in (store.root / "uploads").iterdir()}
    before = figure(store)
    upload = correct(of(store, Role.COMMUNE), "1 150")
    now = figure(store)
    assert (now["value"], now["upload_id"], now["provenance"]) == (1150, upload, before["provenance"])
    assert "faute de frappe" in now["source"]
    assert {path.name: path.read_bytes() for path in (store.root / "uploads").iterdir()} == uploads
    with store.open() as connection:
        kept = connection.execute("SELECT value FROM observation WHERE upload_id = $id", {"id": before["upload_id"]})
        assert (1250.0,) in kept.fetchall()
    (one,) = listed(store)
    assert (one.before, one.value, one.reason, one.role, one.state) == (
        1250, 1150, "faute de frappe", Role.COMMUNE, CorrectionState.IN_FORCE,
    )  # fmt: skip


def test_a_withdrawn_figure_is_missing_and_never_zero(store):
    correct(store, None)
    now = figure(store)
    assert pd.isna(now["value"])
    assert now["status"] == "missing"
    assert listed(store)[0].is_withdrawn
    assert refused(lambda: correct(store, None)) == "store.correction_same"


def test_an_undone_correction_gives_the_figure_back_and_stays_on_the_list(store):
    upload = correct(store, "1150")
    undo_correction(of(store, Role.COMMUNE), upload, HERE, "le premier chiffre était juste")
    assert figure(store)["value"] == 1250
    assert [one.state for one in listed(store)] == [CorrectionState.UNDONE]
    assert refused(lambda: undo_correction(store, upload, HERE, "encore")) == "store.correction_gone"


def test_a_later_file_replaces_a_correction(store):
    upload = correct(store, "1150")
    send_month(store, 1300)
    assert figure(store)["value"] == 1300
    assert listed(store)[0].state is CorrectionState.REPLACED
    assert refused(lambda: undo_correction(store, upload, HERE, "trop tard")) == "store.correction_gone"


def test_the_undo_of_an_action_takes_a_correction_back_and_leaves_what_came_since(store):
    correct(store, "1150")
    correct(store, "430", variable="pupils_primary")
    action = next(s for s in list_revertible(store) if s.action == "figure-corrected" and "registry_requests" in s.detail)
    revert_action(store, action.id)
    assert figure(store)["value"] == 1250
    assert figure(store, "pupils_primary")["value"] == 430
    assert [one.variable for one in listed(store)] == ["pupils_primary"]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"value": "1150", "reason": " "}, "store.correction_reason"),
        ({"value": "1150", "reason": "x" * 301}, "store.correction_reason"),
        ({"value": "1150", "reason": "appeler le 0661 23 45 67"}, "store.correction_personal"),
        ({"value": "1250"}, "store.correction_same"),
        ({"value": "-3"}, "store.correction_set_aside"),
        ({"value": "beaucoup"}, "store.correction_set_aside"),
        ({"value": "10", "variable": "registry_backlog"}, "store.correction_nothing"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(store, given, key):
    before = store.snapshot_id()
    assert refused(lambda: correct(store, **given)) == key
    assert store.snapshot_id() == before


def test_a_figure_that_changed_meanwhile_is_not_written_over(store):
    old = asked(store, "1150")
    send_month(store, 1300)
    assert refused(lambda: correct_figure(store, old, check_figure(store, old))) == "store.correction_changed"


def test_only_the_commune_itself_and_the_steward_correct(store):
    for role in (Role.ANIMATOR, Role.ADVISER, Role.READER, Role.PUBLIC):
        assert refused(lambda role=role: correct_figure(of(store, role), asked(store, None))) == "store.role_may_not"
    other = of(store, Role.COMMUNE, THERE)
    assert refused(lambda: correct_figure(other, asked(store, None))) == "store.commune_not_own"


def test_the_list_comes_back_from_an_export(store, tmp_path, official_store):
    correct(store, "1150")
    (file,) = [path for path in export_store(store, tmp_path / "out") if path.name == "figure_corrections.csv"]
    root = tmp_path / "fresh"
    shutil.copytree(official_store, root)
    fresh = Store(root)
    report = prepare_for_store(fresh, file.read_bytes(), file.name)
    assert report.entries_kept == 1, report.findings
    accept_import(fresh, file.read_bytes(), report)
    assert [(one.before, one.value, one.reason) for one in listed(fresh)] == [(1250, 1150, "faute de frappe")]


def test_a_figure_is_corrected_on_the_screen_and_the_list_shows_it(store):
    app = open_screen("commune", commune=HERE, month="2025-09", lang="fr")
    app.session_state["correction_form"] = True
    app.run()
    assert not app.exception
    choice = next(box for box in app.selectbox if box.key and box.key.startswith("correct-variable-"))
    choice.set_value("registry_requests")
    next(box for box in app.text_input if box.key and box.key.startswith("correct-value-")).set_value("1150")
    next(box for box in app.text_input if box.key and box.key.startswith("correct-reason-")).set_value("total mal recopié")
    next(button for button in app.button if "Publier la correction" in button.label).click().run()
    assert not app.exception
    assert figure(store)["value"] == 1150
    quality = open_screen("quality", lang="fr")
    quality.session_state["quality_tab"] = "Corrections"
    shown = " ".join(str(block.proto.body) for block in quality.run().get("html"))
    assert "total mal recopié" in shown


def test_the_list_of_corrections_shows_nothing_that_gives_a_small_count_back(store):
    labels = [load_variables()[name].labels["fr"] for name in ("displaced_women", "displaced_men")]
    content = write_workbook([["Commune", "Mois", *labels], ["Tizi N'Test", "2025-09", 3, 39]])
    accept_import(store, content, prepare_for_store(store, content, "deplaces.xlsx"))
    correct(store, "38", variable="displaced_men")
    figures, t = load_figures(store.snapshot_id()), Translator("fr")
    (row,) = list_in_words(View(figures, read_selection(figures, {"month": "2025-09"}), t))
    assert (row["before"], row["after"]) == (t("observation.suppressed"),) * 2


def test_the_undoing_of_a_correction_asks_first_and_names_it(store):
    correct(store, "1150")
    figures = load_figures(store.snapshot_id())
    view = View(figures, read_selection(figures, {}), Translator("fr"))
    done = describe_snapshot(store.current(), view)
    assert all(
        words in done for words in ("Tizi N'test", "septembre 2025", load_variables()["registry_requests"].labels["fr"])
    )
    quality = open_screen("quality", lang="fr")
    quality.session_state["quality_tab"] = "Corrections"
    quality.run()
    next(box for box in quality.text_input if box.label == "Motif de l'annulation").set_value("premier chiffre juste")
    next(button for button in quality.button if button.label == "Annuler cette correction").click().run()
    (question,) = [warning.value for warning in quality.warning if "Annuler la correction" in warning.value]
    assert "Tizi N" in question
    assert "septembre 2025" in question
    assert figure(store)["value"] == 1150
    quality.button(key="yes-correction-undo").click().run()
    assert not quality.exception
    assert figure(store)["value"] == 1250
