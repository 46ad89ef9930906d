"""Documents that prove figures: recorded by hash beside a file, listed per indicator, never stored."""

import io
import shutil
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import openpyxl
import pytest

from data.exporting.full_export import export_store
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.people.viewer import Person, viewer_of
from data.records.figure_proofs import ProofDraft, list_proofs, record_proof, withdraw_proof
from data.records.kind import Role
from data.store import ROOT_VARIABLE, Store, StoreError
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.print.tables.plain import write_tables
from pages.words import proofs
from pages.words.view import View
from tests.three_communes import CODES
from tests.walking import open_screen

HERE, THERE = CODES[0], "09.541.01.01"
DOCUMENT = b"%PDF-1.7 a signed statement"
HASH = sha256(DOCUMENT).hexdigest()


@pytest.fixture
def store(first_week_store, tmp_path, monkeypatch) -> Store:
    root = tmp_path / "store"
    shutil.copytree(first_week_store, root)
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    return Store(root)


def upload_of(store: Store) -> str:
    with store.open() as connection:
        return connection.execute("SELECT upload_id FROM upload WHERE kind = 'import'").fetchall()[0][0]


def draft(store: Store, **given) -> ProofDraft:
    said = ProofDraft(
        HERE, upload_of(store), HASH, "État signé d'octobre 2026", date(2026, 11, 5), "Bureau d'ordre, registre 12"
    )
    return replace(said, **given)


def listed(store: Store):
    with store.open() as connection:
        return list_proofs(connection.cursor(), (HERE, THERE))


def view(store: Store) -> View:
    figures = load_figures(store.snapshot_id())
    return View(figures, read_selection(figures, {"commune": HERE, "month": "2026-10"}), Translator("fr"))


def test_a_document_is_known_by_its_hash_and_listed_under_the_indicators_of_its_file(store):
    record_proof(store, draft(store))
    (proof,) = listed(store)
    assert (proof.draft.sha256, proof.file_name, proof.role) == (HASH, "trois-communes.xlsx", Role.STEWARD)
    rows = {row["id"]: row for row in proofs.list_by_indicator(view(store), HERE)}
    assert [d["sha256"] for d in rows["EDU01"]["documents"]] == [HASH]
    assert rows["EDU01"]["figures"] > 0
    assert proofs.find_document(view(store), HASH)
    assert not any(row["documents"] for row in proofs.list_by_indicator(view(store), CODES[1]))


def test_the_document_itself_is_nowhere_in_the_store(store):
    record_proof(store, draft(store))
    assert not any(DOCUMENT in path.read_bytes() for path in store.root.rglob("*") if path.is_file())


def test_the_workbook_for_an_audit_names_indicators_without_a_document_too(store):
    record_proof(store, draft(store))
    book = openpyxl.load_workbook(
        io.BytesIO(write_tables({"x": proofs.build_proof_table(view(store))}, [], Translator("fr")))
    )
    rows = list(book.worksheets[0].iter_rows(values_only=True))[1:]
    assert {row[0] for row in rows} == set(CODES)
    assert any(row[-1] == HASH for row in rows if row[0] == HERE)
    assert not any(row[-1] for row in rows if row[0] != HERE)


def test_a_document_that_is_withdrawn_leaves_the_list_and_may_come_again(store):
    record_proof(store, draft(store))
    withdraw_proof(store, draft(store))
    assert listed(store) == []
    with pytest.raises(StoreError) as gone:
        withdraw_proof(store, draft(store))
    assert gone.value.key == "store.proof_gone"
    record_proof(store, draft(store, kept_at="Archives"))
    assert [proof.draft.kept_at for proof in listed(store)] == ["Archives"]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"sha256": HASH[:-1]}, "store.proof_hash"),
        ({"title": " "}, "store.proof_text"),
        ({"kept_at": "x" * 161}, "store.proof_text"),
        ({"title": "Appeler 0661 23 45 67"}, "store.proof_personal"),
        ({"document_date": date.today() + timedelta(days=1)}, "store.proof_day"),
        ({"upload_id": "import-0000000000000000"}, "store.proof_upload"),
        ({"commune_code": THERE}, "store.proof_upload"),
    ],
)
def test_what_proves_nothing_is_refused(store, given, key):
    with pytest.raises(StoreError) as refused:
        record_proof(store, draft(store, **given))
    assert refused.value.key == key
    assert listed(store) == []


def test_a_commune_records_its_own_documents_only_and_a_reader_none(store):
    def of(role: Role, commune: str) -> Store:
        return Store(store.root, writer=Person(viewer_of(role, (commune,)), "a"))

    record_proof(of(Role.ANIMATOR, HERE), draft(store))
    for role, commune, key in ((Role.COMMUNE, THERE, "store.commune_not_own"), (Role.READER, HERE, "store.role_may_not")):
        with pytest.raises(StoreError) as refused:
            record_proof(of(role, commune), draft(store))
        assert refused.value.key == key


def test_the_list_comes_back_from_an_export(store, tmp_path):
    record_proof(store, draft(store))
    (file,) = [path for path in export_store(store, tmp_path / "out") if path.name == "figure_proofs.csv"]
    withdraw = Store(store.root)
    withdraw.undo()
    report = prepare_for_store(withdraw, file.read_bytes(), file.name)
    accept_import(withdraw, file.read_bytes(), report)
    assert [proof.draft for proof in listed(store)] == [draft(store)]


def test_a_document_is_recorded_on_the_screen_and_shown(store):
    app = open_screen("quality", commune=HERE, month="2026-10", lang="fr")
    app.session_state["quality_tab"] = "Justificatifs"
    app.run()
    assert not app.exception
    for key, text in (("proof-hash-", HASH), ("proof-title-", "État signé"), ("proof-kept-", "Bureau d'ordre")):
        next(box for box in app.text_input if box.key and box.key.startswith(key)).set_value(text)
    next(button for button in app.button if button.label == "Consigner le document").click().run()
    assert not app.exception
    assert [proof.draft.title for proof in listed(store)] == ["État signé"]
