"""A new kind of record is one object and one SQL table: then it is in the template, imported, exported and undone.

Both kinds are invented here: how many persons of a commune need training, in what, in a month;
and who acts in a commune, as typed on a screen.
"""

import io
import shutil
from datetime import date

import openpyxl
import pandas as pd
import pytest

from data import migrations
from data.exporting.full_export import export_store
from data.exporting.template import FIRST_ROW, build_template
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.findings import render_finding
from data.initialise import initialise
from data.months import months_between
from data.records import entry_checks as checks
from data.records.entry_kind import EntryField, EntryKind
from data.records.entry_store import read_entries
from data.records.kind import IMPORT_ACTION, Action, Role
from data.records.layout import SheetField, SheetLayout
from data.records.sheet_kind import SheetKind
from data.records.sheet_store import read_in_force
from data.records.table import KINDS, actions_without_figures
from data.reference_files import read_communes
from data.store import Store, StoreError
from tests.territories import TAROUDANNT
from tests.workbooks import saved, write_workbook

TODAY = date(2025, 9, 15)
TIZI, FREIJA = "09.541.04.67", "09.541.09.15"

TABLE = """
CREATE TABLE training_need (
    commune_code VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    topic VARCHAR NOT NULL,
    persons DOUBLE,
    status VARCHAR NOT NULL,
    provenance VARCHAR NOT NULL,
    reliability VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    PRIMARY KEY (commune_code, reference_date, topic, upload_id)
);
"""


def in_all(french, arabic, english):
    return {"fr": french, "ar": arabic, "en": english}


LAYOUT = SheetLayout(
    labels=in_all("Besoins de formation", "حاجيات التكوين", "Training needs"),
    fields=(
        SheetField(
            "commune_code", "commune", "#adm3+code", in_all("Commune", "الجماعة", "Commune"), in_all("Où.", "أين.", "Where.")
        ),
        SheetField(
            "reference_date", "month", "#date+month", in_all("Mois", "الشهر", "Month"), in_all("Quand.", "متى.", "When.")
        ),
        SheetField(
            "topic",
            "word",
            "#subject",
            in_all("Thème de formation", "موضوع التكوين", "Training topic"),
            in_all("En quoi.", "في ماذا.", "In what."),
            words={
                "first_aid": {"labels": in_all("Secourisme", "الإسعافات الأولية", "First aid")},
                "registry": {"labels": in_all("État civil", "الحالة المدنية", "Civil registry"), "also": ["registre"]},
            },
        ),
        SheetField(
            "persons",
            "persons",
            "#affected+ind",
            in_all("Personnes", "عدد الأشخاص", "Persons"),
            in_all("Combien.", "كم.", "How many."),
            maximum=500,
        ),
    ),
    recognised_by=(("topic",), ("commune_code", "commune_name")),
    required=(("reference_date",), ("persons",)),
    template_rows=5,
)
TRAINING_NEEDS = SheetKind(
    id="training_needs",
    table="training_need",
    writers=frozenset((Role.COMMUNE, Role.STEWARD)),
    actions=(IMPORT_ACTION,),
    layout=lambda: LAYOUT,
    main="persons",
    key=("commune_code", "reference_date", "topic"),
)

HEADINGS = ["Commune", "Mois", "Thème de formation", "Personnes"]


@pytest.fixture
def kind(tmp_path, monkeypatch):
    """The kind in the table of kinds, its SQL table among the migrations: nothing else knows of it."""
    folder = tmp_path / "schema"
    shutil.copytree(migrations.SCHEMA, folder)
    (folder / "0099_training_needs.sql").write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(migrations, "SCHEMA", folder)
    monkeypatch.setitem(KINDS, TRAINING_NEEDS.id, TRAINING_NEEDS)
    return TRAINING_NEEDS


def in_force(store, territory=(TIZI, FREIJA)):
    with store.open() as connection:
        return read_in_force(connection, TRAINING_NEEDS, territory)


def said(rows):
    return [tuple(row) for row in rows[["commune_code", "topic", "persons"]].itertuples(index=False)]


def send(store, content, name="besoins.xlsx"):
    report = prepare_for_store(store, content, name, TODAY)
    if report.is_acceptable:
        accept_import(store, content, report)
    return report


def needs(*rows):
    return write_workbook([HEADINGS, *rows], title="Besoins")


def test_it_is_imported_and_seen_by_its_own_territory(kind, store):
    assert len(in_force(store)) == 0
    report = send(store, needs(["Tizi N'Test", "août 2025", "secourisme", 12], [FREIJA, "2025-08", "registre", "ND"]))
    assert report.findings == ()
    assert report.counts_of(kind) == {"kept": 2, "in": 2}
    assert said(in_force(store))[0] == (TIZI, "first_aid", 12)
    assert in_force(store)["status"].tolist() == ["reported", "missing"]
    assert in_force(store)["cell"].tolist() == ["Besoins!D2", "Besoins!D3"]
    assert said(in_force(store, (TIZI,))) == [(TIZI, "first_aid", 12)]


@pytest.mark.parametrize(
    ("row", "key", "cell"),
    [
        (["Zzzz", "2025-08", "secourisme", 1], "commune_unknown", "A2"),
        ([None, "2025-08", "secourisme", 1], "commune_absent", "A2"),
        (["Total", "2025-08", "secourisme", 1], "total_row", "A2"),
        (["Freija", "2031-01", "secourisme", 1], "date_outside", "B2"),
        (["Freija", "2025-08", "cuisine", 1], "word_unknown", "C2"),
        (["Freija", "2025-08", None, 1], "field_absent", "C2"),
        (["Freija", "2025-08", "secourisme", 501], "value_too_large", "D2"),
        (["Freija", "2025-08", "secourisme", 1.5], "value_not_whole", "D2"),
        (["Freija", "2025-08", "secourisme", "x"], "not_a_number", "D2"),
    ],
)
def test_a_row_that_cannot_be_kept_is_named_with_its_cell_and_remedy(kind, built, row, key, cell):
    report = prepare_for_store(built, needs(row), "besoins.xlsx", TODAY)
    (finding,) = report.findings
    assert (finding.key, finding.cells) == (key, (f"Besoins!{cell}",))
    assert (report.cells_in, report.cells_kept) == (1, 0)
    for language in LANGUAGES:
        line = render_finding(finding, "besoins.xlsx", Translator(language))
        assert finding.remedy(Translator(language)) in line
        assert cell in line


def test_two_rows_of_one_key_must_agree(kind, built):
    row = ["Freija", "2025-08", "secourisme", 3]
    report = prepare_for_store(built, needs(row, row, ["Freija", "2025-08", "first aid", 4]), "besoins.xlsx", TODAY)
    assert [f.key for f in report.findings] == ["record_contradicted"]
    assert "Besoins de formation" in report.findings[0].message(Translator("fr"))


def test_it_leaves_with_the_full_export_and_comes_back(kind, store, tmp_path):
    send(store, needs(["Tizi N'Test", "2025-08", "secourisme", 12], ["Freija", "2025-07", "registre", "ND"]))
    export_store(store, tmp_path / "out")
    content = (tmp_path / "out" / "training_needs.csv").read_bytes()
    assert content.decode("utf-8-sig").splitlines()[0] == (
        "commune_code,commune_name,reference_date,topic,persons,status,provenance,reliability,source,upload_id,cell"
    )
    again = Store(tmp_path / "again")
    initialise(again, reference=False)
    assert send(again, content, "training_needs.csv").findings == ()
    columns = [name for name in TRAINING_NEEDS.columns if name != "cell"]
    pd.testing.assert_frame_equal(in_force(again)[columns], in_force(store)[columns])


def test_a_newer_upload_takes_its_place_and_undo_brings_it_back(kind, store):
    send(store, needs(["Freija", "2025-08", "secourisme", 3]), "un.xlsx")
    send(store, needs(["Freija", "2025-08", "secourisme", 4]), "deux.xlsx")
    assert said(in_force(store)) == [(FREIJA, "first_aid", 4)]
    store.undo()
    assert said(in_force(store)) == [(FREIJA, "first_aid", 3)]
    store.undo()
    assert len(in_force(store)) == 0


def test_the_template_asks_for_it_and_is_read_back(kind, store):
    content = build_template(read_communes(TAROUDANNT), months_between("2025-07", "2025-08"), Translator("ar"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["حاجيات التكوين"]
    assert sheet.data_validations.dataValidation[2].type == "list"
    sheet.cell(FIRST_ROW + 1, 1).value = f"{FREIJA} — فريجة"
    sheet.cell(FIRST_ROW + 1, 2).value = date(2025, 8, 1)
    sheet.cell(FIRST_ROW + 1, 3).value = "الحالة المدنية"
    sheet.cell(FIRST_ROW + 1, 4).value = 7
    assert send(store, saved(book)).findings == ()
    assert said(in_force(store)) == [(FREIJA, "registry", 7)]


def test_a_commune_that_the_store_does_not_know_is_not_published(kind, store):
    before = store.snapshot_id()
    with pytest.raises(StoreError), store.write("import") as connection:
        connection.execute(
            "INSERT INTO training_need VALUES ('09.999', '2025-08-01', 'first_aid', 1, 'reported', 'declared', 'B', '', '', 'u')"
        )
    assert store.snapshot_id() == before


VOLUNTEERS = EntryKind(
    id="volunteers",
    table="volunteer",
    writers=frozenset((Role.ADVISER, Role.STEWARD)),
    actions=(Action("volunteer", ("name",)),),
    fields=(
        EntryField("name", checks.sentence(40, shortest=1)),
        EntryField("commune_code", checks.commune),
        EntryField("written_at", checks.moment, "TIMESTAMP"),
    ),
    shown="name",
    key=("name",),
    order=("written_at", "name"),
)


def test_a_kind_that_people_type_is_exported_checked_brought_back_and_undone(store, tmp_path, monkeypatch):
    folder = tmp_path / "schema"
    shutil.copytree(migrations.SCHEMA, folder)
    sql = "CREATE TABLE volunteer (name VARCHAR PRIMARY KEY, commune_code VARCHAR NOT NULL, written_at TIMESTAMP NOT NULL);"
    (folder / "0099_actors.sql").write_text(sql, encoding="utf-8")
    monkeypatch.setattr(migrations, "SCHEMA", folder)
    monkeypatch.setitem(KINDS, VOLUNTEERS.id, VOLUNTEERS)
    action = VOLUNTEERS.actions[0]
    assert action.name in actions_without_figures()
    with store.write(action.name, action.describe({"name": "Croissant-Rouge"})) as connection:
        connection.execute("INSERT INTO volunteer VALUES ('Croissant-Rouge', $code, '2025-09-01 10:00:00')", {"code": TIZI})
    assert (store.current().action, store.current().detail) == ("volunteer", "Croissant-Rouge")
    export_store(store, tmp_path / "out")
    content = (tmp_path / "out" / "volunteers.csv").read_bytes()
    store.undo()
    assert send(store, content + b"Autre,09.999,2025-09-01 10:00:00\r\n", "volunteers.csv").findings[0].cells == ("B3",)
    export_store(store, tmp_path / "again")
    assert (tmp_path / "again" / "volunteers.csv").read_bytes() == content
    store.undo()
    with store.open() as connection:
        assert len(read_entries(connection, VOLUNTEERS)) == 0
