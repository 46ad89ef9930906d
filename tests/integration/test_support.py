"""Support from the store outwards: screen, API, files and the form say the same; need = covered + open everywhere."""

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

from analytics.support import BALANCE
from data.i18n import LANGUAGES, Translator
from data.importing.accept import prepare_for_store
from data.people.viewer import NOBODY, Person, Viewer
from data.records.actions import ACTIONS
from data.records.actors import ACTORS
from data.records.kind import Role
from data.store import Store, StoreError
from data.support_form import add_row
from data.support_tables import DEMONSTRATION, FACTS, file_of, read_support_files
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.figures.support import read_balance
from pages.print.sheet.needs import write_deducted
from pages.print.tables.support import COLUMNS, build_support_table, write_support_workbook
from pages.words import support as words
from pages.words import support_actions
from pages.words.gaps import quick_gap, state_deducted
from pages.words.support_actors import list_actors
from pages.words.view import View
from tests.territories import TAROUDANNT
from tests.walking import open_screen

TODAY = date(2025, 9, 15)
TIZI, AOULOUZ = "09.541.04.67", "09.541.01.02"


def view_of(built, language):
    figures = load_figures(built.snapshot_id())
    return View(figures, read_selection(figures, {"lang": language}), Translator(language))


def of(client, **asked):
    return client.get("/api/v1/support", params=asked).json()["support"]


def test_the_api_gives_it_by_commune_and_need(client):
    rows = of(client)
    assert len(rows) == 89 * 12
    for row in rows:
        if row["need"] is None:
            assert [row[name] for name in BALANCE] == [None] * 5
        else:
            assert row["need"] == pytest.approx(row["covered"] + row["open"])
            committed = row["quantity_funded"] + row["quantity_under_way"] + row["quantity_done"]
            assert row["covered"] == pytest.approx(min(row["need"], committed))
            assert row["surplus"] == pytest.approx(committed - row["covered"])
            assert row["planned"] == pytest.approx(min(row["open"], row["quantity_planned"]))
    (tizi,) = of(client, commune=TIZI, need="classrooms_primary")
    assert (tizi["unit"], tizi["quantity_done"], tizi["support_provenance"]) == ("classrooms", 2, "demonstration")
    assert (tizi["source"], tizi["reported_on"]) == ("Exemple inventé", "2025-08-01")


def test_the_lens_leaves_invented_support_out(client):
    real = of(client, figures="real")
    assert all(row["support_provenance"] != "demonstration" for row in real)
    assert sum(row["quantity_done"] for row in real) == 0
    wider = client.get("/api/v1/support?figures=real").json()["wider"]
    assert {row["provenance"] for row in wider} == {"declared", "official_via_press"}
    assert all(row["source"].startswith("https://") for row in wider)


@pytest.mark.parametrize("asked", ["need=magic", "commune=x", "date=2031-01", "format=xml", "indicator=EDU01"])
def test_a_parameter_that_cannot_be_answered_is_told(client, asked):
    assert client.get(f"/api/v1/support?{asked}").status_code == 400


def test_csv_holds_the_same(client):
    text = client.get(f"/api/v1/support?format=csv&commune={TIZI}").content.decode("utf-8-sig")
    table = pd.read_csv(io.StringIO(text))
    rows = of(client, commune=TIZI)
    assert table["need_id"].tolist() == [row["need_id"] for row in rows]
    assert table["open"].tolist() == pytest.approx([row["open"] for row in rows], nan_ok=True)


@pytest.mark.parametrize("which", [FACTS, DEMONSTRATION])
def test_what_ships_passes_the_checks_of_any_file(built, which):
    for kind in (ACTORS, ACTIONS):
        content = file_of(TAROUDANNT, kind, which).read_bytes()
        report = prepare_for_store(built, content, f"{kind.id}.csv", TODAY)
        assert [f for f in report.findings if f.sets_aside] == []
        shipped = read_support_files(TAROUDANNT, which)[kind.id]
        read = report.records[kind.id][list(kind.columns)]
        pd.testing.assert_frame_equal(
            read.drop(columns="cell"), shipped.drop(columns="cell"), check_dtype=False, check_like=True
        )


@pytest.mark.taroudannt
def test_facts_are_never_marked_demonstration_and_inventions_always():
    facts, invented = read_support_files(TAROUDANNT, FACTS), read_support_files(TAROUDANNT, DEMONSTRATION)
    assert set(facts["actions"]["provenance"]) == {"declared", "official_via_press"}
    assert facts["actions"]["source"].str.startswith("https://").all()
    assert facts["actions"]["commune_code"].replace("", pd.NA).nunique() == 19
    assert {*invented["actions"]["provenance"], *invented["actors"]["provenance"]} == {"demonstration"}


ROW = {"organisation": "ADS", "need": "classrooms_primary", "commune_code": TIZI, "quantity": 1.5, "action_status": "funded",
       "action_id": "F-1", "source": "Convention"}  # fmt: skip


def test_the_form_writes_by_the_same_checks_replaces_by_reference_and_is_undone(store, client_of_a_copy):
    def covered():
        return of(client_of_a_copy, commune=TIZI, need="classrooms_primary")[0]["quantity_funded"]

    assert add_row(store, ACTIONS, ROW) == ()
    assert (store.current().action, covered()) == ("support-action", 1.5)
    assert add_row(store, ACTIONS, ROW | {"quantity": 2}) == ()
    assert covered() == 2
    (finding,) = add_row(store, ACTIONS, ROW | {"unit": "mobile_days"})
    assert finding.key == "support_unit"
    assert add_row(store, ACTIONS, ROW | {"organisation": "Appeler le 06 61 23 45 67"})[0].key.endswith("telephone")
    assert covered() == 2
    store.undo()
    assert covered() == 1.5


def test_an_actor_is_typed_on_the_screen_listed_and_corrected_with_its_history(store):
    t = Translator("fr")
    app = open_screen("support", lang="fr", support="add")
    app.main.get("button_group")[-1].set_value(ACTORS.id).run()
    texts = {w.label: w for w in app.main.get("text_input")}
    for name, value in (("name_fr", "Amicale de test"), ("focal_function", "Appeler le 06 61 23 45 67")):
        texts[t.label(ACTORS.layout()[name].labels)].set_value(value)
    kinds = next(w for w in app.selectbox if w.label == t.label(ACTORS.layout()["organisation_type"].labels))
    kinds.set_value("diaspora")
    next(w for w in app.multiselect).set_value(["education", "health"])
    save = next(b for b in app.main.get("button") if b.label == t("support.save_actors"))
    save.click().run()
    assert app.error, "a telephone is refused"
    texts[t.label(ACTORS.layout()["focal_function"].labels)].set_value("Coordinatrice de projet")
    save.click().run()
    assert [s.value for s in app.success] == [t("support.saved_actors")]
    (row,) = [row for row in list_actors(view_of(store, "fr")) if row["name"] == "Amicale de test"]
    assert (row["sectors"], row["function"], row["actions"]) == ("Éducation, Santé", "Coordinatrice de projet", "0")
    assert store.current().action == "support-actor"


def test_what_ships_is_said_in_the_readers_language_and_leaves_as_it_was_written(built):
    said = support_actions.list_actions(view_of(built, "ar"), words.read_own_actions(view_of(built, "ar")))
    assert "حجرتان متنقلتان" in {row["activity"] for row in said}
    assert "Deux salles modulaires" in set(words.read_own_actions(view_of(built, "ar"))["activity"])
    assert "مثال مبتكر" in words.cite_support(view_of(built, "ar"))


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.READER, Role.COMMUNE, Role.ANIMATOR])
def test_only_adviser_and_steward_write(store, role):
    writer = Person(Viewer(role, (TIZI,) if role in (Role.COMMUNE, Role.ANIMATOR) else None))
    with pytest.raises(StoreError):
        add_row(Store(store.root, writer=writer), ACTIONS, ROW)


def test_a_commune_sees_its_own_and_what_is_of_its_cercle_or_of_the_province(built):
    viewer = Viewer(Role.COMMUNE, (TIZI,))
    figures = load_figures(built.snapshot_id(), viewer=viewer)
    actions = figures.records.support.actions
    assert set(actions["commune_code"]) <= {TIZI, ""}
    assert not (actions["cercle"] == "Taliouine").any()
    everybody = load_figures(built.snapshot_id())
    month = everybody.months[-1]
    whole = read_balance(everybody, month).set_index("commune_code").loc[[TIZI]].reset_index()
    pd.testing.assert_frame_equal(
        read_balance(figures, month).reset_index(drop=True), whole[read_balance(figures, month).columns]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_screen_file_and_api_say_the_same_total(built, client, language):
    view = view_of(built, language)
    rows = {row["label"]: row for row in words.list_balance(view)}
    table = pd.DataFrame(of(client))
    for need in words.list_needs(view):
        own = table[table["need_id"] == need]
        said = rows[words.need_label(view, need)]
        for name in ("covered", "planned", "open", "surplus"):
            assert said[name] == words.write_number(view, own[name].sum())
        assert words.write_number(view, own["open"].sum()) in words.state_finding(view, need)
    assert len(support_actions.list_actions(view, words.read_own_actions(view))) == 48


def test_the_workbook_is_the_table(built):
    view = view_of(built, "fr")
    needs = list(view.figures.definition_set.means.needs)
    table = build_support_table(view.figures, view.t, view.chosen.month, [AOULOUZ], needs)
    sheet = openpyxl.load_workbook(io.BytesIO(write_support_workbook(table, view.figures, view.t))).worksheets[0]
    position = COLUMNS.index("open") + 1
    assert [sheet.cell(row + 2, position).value for row in range(len(table))] == [
        None if pd.isna(value) else value for value in table["open"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_what_is_done_may_count_twice_is_said_wherever_it_is_taken_off(built, language):
    view = view_of(built, language)
    said, named = view.t("support.done_included"), view.t("support.done_twice")
    rows = quick_gap(view, view.figures.definition_set.means, [TIZI])
    assert said in state_deducted(view, rows)
    assert said in write_deducted(view, TIZI)
    assert said not in state_deducted(view, quick_gap(view, view.figures.definition_set.means, [AOULOUZ]))
    table = build_support_table(view.figures, view.t, view.chosen.month, [TIZI], ["classrooms_primary"])
    book = openpyxl.load_workbook(io.BytesIO(write_support_workbook(table, view.figures, view.t)))
    assert any(named in str(cell.value) for row in book[view.t("table.notes")].iter_rows() for cell in row)


def test_whoever_is_not_signed_in_is_handed_no_actor_and_no_action(built):
    support = load_figures(built.snapshot_id(), viewer=NOBODY.viewer).records.support
    assert len(support.actors) == len(support.actions) == 0
