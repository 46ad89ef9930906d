"""A commune imports its own figures and records; a file that touches another commune is refused whole, its cells named."""

import pytest

from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.importing.findings import render_finding
from data.people.viewer import Person, viewer_of
from data.records.kind import Role
from data.store import Store, StoreError
from tests.workbooks import write_workbook

HERE, THERE = "09.541.04.67", "09.541.01.01"
HEADINGS = ["Commune", "Mois", "Demandes du mois"]
MOVEMENTS = ["Type de mouvement", "Mois", "Commune de départ", "Commune d'arrivée", "Personnes"]
FACILITIES = ["Code de l'établissement", "Commune", "Mois", "Nom de l'établissement", "Type d'établissement"]


def of(store: Store, role: Role = Role.COMMUNE) -> Store:
    return Store(store.root, writer=Person(viewer_of(role, (HERE,)), "account"))


@pytest.mark.parametrize("role", [Role.COMMUNE, Role.ANIMATOR])
def test_a_commune_imports_its_own_month(store, role):
    own = of(store, role)
    content = write_workbook([HEADINGS, ["Tizi N'Test", "2025-09", 1250]])
    report = prepare_for_store(own, content, "septembre.xlsx")
    assert report.is_acceptable
    assert accept_import(own, content, report).action == "import"


def test_a_file_with_a_row_of_another_commune_is_refused_whole_with_its_cells(store):
    content = write_workbook(
        [HEADINGS, ["Tizi N'Test", "2025-09", 1250], [THERE, "2025-09", 300], ["Igherm", "2025-09", 200]]
    )
    report = prepare_for_store(of(store), content, "septembre.xlsx")
    assert not report.is_acceptable
    assert (report.refusal.key, report.cells_kept) == ("commune_not_own", 0)
    assert [cell.rpartition("!")[2] for cell in report.refusal.cells] == ["C3", "C4"]
    for language in LANGUAGES:
        assert "C3" in render_finding(report.refusal, report.file_name, Translator(language))


def test_a_report_that_somebody_else_had_made_is_not_accepted_either(store):
    content = write_workbook([HEADINGS, [THERE, "2025-09", 300]])
    report = prepare_for_store(store, content, "septembre.xlsx")
    before = store.snapshot_id()
    with pytest.raises(StoreError) as refused:
        accept_import(of(store), content, report)
    assert refused.value.key == "store.commune_not_own"
    assert store.snapshot_id() == before


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.READER])
def test_a_role_that_imports_nothing_has_no_file_checked(store, role):
    with pytest.raises(StoreError) as refused:
        prepare_for_store(of(store, role), write_workbook([HEADINGS, ["Tizi N'Test", "2025-09", 1250]]), "a.xlsx")
    assert refused.value.key == "store.role_may_not"


def test_a_commune_reports_who_came_and_who_left_and_no_movement_between_others(store):
    own = write_workbook([MOVEMENTS, ["arrivée", "2025-09", "Igherm", "Tizi N'Test", 12]], title="Mouvements")
    assert prepare_for_store(of(store), own, "mouvements.xlsx").refusal is None
    others = write_workbook([MOVEMENTS, ["arrivée", "2025-09", "Igherm", THERE, 12]], title="Mouvements")
    assert prepare_for_store(of(store), others, "mouvements.xlsx").refusal.key == "commune_not_own"


def test_a_commune_takes_over_no_facility_of_another(store):
    theirs = write_workbook([FACILITIES, ["X-1", THERE, "2025-09", "Centre", "centre de santé"]], title="Établissements")
    accept_import(store, theirs, prepare_for_store(store, theirs, "a.xlsx"))
    taken = write_workbook([FACILITIES, ["X-1", HERE, "2025-10", "Centre", "centre de santé"]], title="Établissements")
    assert prepare_for_store(of(store), taken, "b.xlsx").refusal.key == "commune_not_own"
    fresh = write_workbook([FACILITIES, ["X-2", HERE, "2025-09", "Centre", "centre de santé"]], title="Établissements")
    assert prepare_for_store(of(store), fresh, "c.xlsx").refusal is None


def test_a_commune_puts_no_decisions_back(store):
    head = "decision_id,subject,question,reference_date,text,responsible,due_date,base_snapshot_id,noted_at,withdrawn_at"
    row = f"{'a' * 32},{HERE},where,2025-08-31,Ouvrir une salle,,,,2025-09-01 10:00:00,"
    content = f"{head}\n{row}\n".encode()
    assert prepare_for_store(store, content, "decisions.csv").cells_kept == 1
    assert prepare_for_store(of(store), content, "decisions.csv").refusal.key == "role_writes_not"


def test_a_commune_is_not_told_the_figures_that_another_has(store):
    """What a new figure is compared with is bound to the sender's communes: a jump of another one is told to nobody."""
    content = write_workbook([HEADINGS, [THERE, "2025-09", 1], ["Tizi N'Test", "2025-09", 1250]])
    report = prepare_for_store(of(store), content, "a.xlsx")
    assert report.findings == ()
    assert report.before is None
