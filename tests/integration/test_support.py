"""Support from the store outwards: screen, API, files and the form say the same; need = covered + open everywhere."""

import io
import os
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analytics.support import BALANCE
from data.exporting.full_export import export_store
from data.exporting.iati import OWN, read_iati, write_iati
from data.exporting.three_w import write_3w_csv, write_3w_workbook
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.initialise import initialise
from data.people.viewer import NOBODY, Person, Viewer
from data.records.actions import ACTIONS
from data.records.actors import ACTORS
from data.records.kind import Role
from data.records.sheet_store import read_in_force
from data.store import Store, StoreError
from data.support_form import add_row
from data.support_tables import DEMONSTRATION, FACTS, file_of, read_support_files
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.figures.support import read_balance
from pages.print.sheet.needs import write_deducted
from pages.print.tables.support import COLUMNS, build_support_table, write_support_workbook
from pages.web.middleware import MIDDLEWARE
from pages.web.routes import ROUTES
from pages.words import support as words
from pages.words import support_actions
from pages.words.gaps import quick_gap, state_deducted
from pages.words.support_actors import list_actors
from pages.words.view import View
from tests.territories import TAROUDANNT
from tests.walking import open_screen

TODAY = date(2025, 9, 15)
TIZI, AOULOUZ = "09.541.04.67", "09.541.01.02"


@pytest.fixture
def client(built):
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), base_url="http://127.0.0.1:8501")


@pytest.fixture
def client_of_a_copy(store):
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), base_url="http://127.0.0.1:8501")


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


def read_communes_of(connection):
    return [row[0] for row in connection.execute("SELECT commune_code FROM commune").fetchall()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [write_3w_csv, write_3w_workbook])
def test_the_3w_reads_back_equal(store, language, write):
    t = Translator(language)
    with store.open() as connection:
        codes = tuple(read_communes_of(connection))
        before = read_in_force(connection, ACTIONS, codes)
    names = dict.fromkeys(codes, "")
    content = write(before, names, TAROUDANNT, t, exact=True)
    name = "3w.csv" if write is write_3w_csv else "3w.xlsx"
    report = prepare_for_store(store, content, name, TODAY)
    assert [f.key for f in report.findings if f.sets_aside] == []
    accept_import(store, content, report)
    with store.open() as connection:
        after = read_in_force(connection, ACTIONS, codes)
    mine = [column for column in ACTIONS.columns if column != "cell"]
    pd.testing.assert_frame_equal(after[mine], before[mine])


# Children of an activity, as the schema of IATI 2.03 orders them, of those that are written; ours stand last.
IN_ORDER = ["iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status", "activity-date",
            "recipient-country", "location", "sector", "budget", "transaction", "record"]  # fmt: skip


@pytest.fixture
def shipped_actions(built):
    with built.open() as connection:
        return read_in_force(connection, ACTIONS, tuple(read_communes_of(connection)))


@pytest.fixture
def iati_file(shipped_actions):
    return write_iati(shipped_actions, dict.fromkeys(shipped_actions["commune_code"], "x"), TAROUDANNT, exact=True)


def test_the_iati_file_has_the_structure_of_the_standard_and_reads_back_equal(shipped_actions, iati_file):
    root = etree.fromstring(iati_file)
    activities = root.findall("iati-activity")
    dated = shipped_actions["start_date"].notna() | shipped_actions["end_date"].notna()
    assert (root.tag, root.get("version"), len(activities)) == ("iati-activities", "2.03", dated.sum())
    # What has no date is no activity of the standard: its record stands after all of them.
    assert [child.tag for child in root[len(activities) :]] == [f"{{{OWN}}}record"] * (~dated).sum()
    for activity in activities:
        positions = [IN_ORDER.index(etree.QName(child).localname) for child in activity]
        assert positions == sorted(positions)
        assert {"iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status",
                "activity-date"} <= {child.tag for child in activity}  # fmt: skip
        assert all(n.text for n in activity.iter("narrative"))
        assert activity.find("activity-status").get("code") in "12345"
        for value in activity.iter("value"):
            assert (value.get("currency"), float(value.text) >= 0) == ("MAD", True)
            assert date.fromisoformat(value.get("value-date"))
        # An end that has passed belongs to what is done, and to nothing else.
        kinds = {day.get("type") for day in activity.iter("activity-date")}
        assert ("4" in kinds) <= (activity.find("activity-status").get("code") == "4")
    assert len({a.findtext("iati-identifier") for a in activities}) == len(activities)
    back = read_iati(iati_file).sort_values("action_id").reset_index(drop=True)
    before = shipped_actions[list(back.columns)].sort_values("action_id").reset_index(drop=True)
    pd.testing.assert_frame_equal(back, before, check_dtype=False)


@pytest.mark.skipif(
    "IATI_SCHEMAS" not in os.environ, reason="the official schemas are not carried here: see docs/support.md"
)
def test_the_iati_file_is_valid_by_the_official_schema(iati_file):
    schema = etree.XMLSchema(etree.parse(str(Path(os.environ["IATI_SCHEMAS"]) / "iati-activities-schema.xsd")))
    schema.assertValid(etree.fromstring(iati_file))


def test_a_full_export_comes_back(built, tmp_path):
    export_store(built, tmp_path / "out")
    again = Store(tmp_path / "again")
    initialise(again, reference=False)
    for kind in (ACTORS, ACTIONS):
        content = (tmp_path / "out" / f"{kind.id}.csv").read_bytes()
        report = prepare_for_store(again, content, f"{kind.id}.csv", TODAY)
        assert [f for f in report.findings if f.sets_aside] == []
        accept_import(again, content, report)
        frames = []
        for one in (built, again):
            with one.open() as connection:
                frames.append(read_in_force(connection, kind, tuple(read_communes_of(connection))))
        pd.testing.assert_frame_equal(*(frame.drop(columns=["cell", "upload_id"]) for frame in frames))


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
