"""Signing off a commune's month: by whom, in which order, for which figures; said on screen, paper, slides and in the API."""

import csv
import io
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from data.exporting.full_export import export_store
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.people.viewer import Person, viewer_of
from data.queries import read_month_figures
from data.records.kind import Role
from data.records.sign_offs import is_another_person, return_month, submit_month, validate_month
from data.store import Store, StoreError
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.figures.records import Records
from pages.print.plan.content import build_document
from pages.print.plan.context import PlanContext
from pages.print.sheet.content import build_content
from pages.print.tables.results import build_result_table, write_csv
from pages.words.sign_offs import MonthState, read_state, write_state, write_states
from pages.words.view import View
from tests.sent_figures import send_month
from tests.workbooks import write_workbook

HERE, THERE, MONTH = "09.541.04.67", "09.541.01.01", pd.Timestamp("2025-09-01")
DAY = MONTH.date()


@pytest.fixture
def store(reported) -> Store:
    return reported


def of(store: Store, role: Role, account: str = "first") -> Store:
    return Store(store.root, writer=Person(viewer_of(role, (HERE,)), account))


def looked_at(store: Store) -> SimpleNamespace:
    """What a state is read from, without the figures that nobody asks for here."""
    connection = store.open()
    records = Records(connection, (HERE, THERE))
    read = lambda month: read_month_figures(connection.cursor(), (HERE, THERE), month.date())  # noqa: E731
    return SimpleNamespace(records=records, origins=SimpleNamespace(month_figures=read))


def seen(store: Store, commune: str = HERE) -> str:
    return looked_at(store).origins.month_figures(MONTH)[commune]


def state(store: Store, month: pd.Timestamp = MONTH) -> MonthState | None:
    return read_state(looked_at(store), HERE, month)


def refused(act) -> str:
    with pytest.raises(StoreError) as error:
        act()
    return error.value.key


def test_a_month_is_a_draft_then_submitted_then_validated_by_the_steward(store):
    assert state(store) == MonthState("draft")
    submit_month(of(store, Role.ANIMATOR), HERE, DAY, seen(store))
    assert (state(store).state, state(store).last.role) == ("submitted", Role.ANIMATOR)
    validate_month(of(store, Role.STEWARD, "steward"), HERE, DAY, seen(store))
    assert (state(store).state, state(store).last.role, state(store).last.account) == ("validated", Role.STEWARD, "steward")
    assert store.current().action == "month-validated"
    store.undo()
    assert state(store).state == "submitted"


def test_a_second_person_validates_and_never_the_one_who_submitted(store):
    submit_month(of(store, Role.COMMUNE), HERE, DAY, seen(store))
    assert refused(lambda: validate_month(of(store, Role.COMMUNE), HERE, DAY, seen(store))) == "store.sign_off_same_person"
    assert (
        refused(lambda: validate_month(of(store, Role.COMMUNE, ""), HERE, DAY, seen(store))) == "store.sign_off_same_person"
    )
    last = state(store).last
    people = [("first", Role.COMMUNE), ("", Role.COMMUNE), ("second", Role.COMMUNE), ("first", Role.STEWARD)]
    assert [is_another_person(Person(viewer_of(role, (HERE,)), name), last) for name, role in people] == [
        False,
        False,
        True,
        True,
    ]
    validate_month(of(store, Role.COMMUNE, "second"), HERE, DAY, seen(store))
    assert state(store).state == "validated"


def test_a_sign_off_holds_for_the_figures_that_were_seen_and_for_no_others(store):
    before = seen(store)
    submit_month(of(store, Role.COMMUNE), HERE, DAY, before)
    validate_month(of(store, Role.STEWARD), HERE, DAY, before)
    send_month(store, 1300)
    assert (state(store).state, state(store).is_changed) == ("draft", True)
    # Whoever still has the earlier page open signs nothing that they did not see.
    assert refused(lambda: submit_month(of(store, Role.COMMUNE), HERE, DAY, before)) in (
        "store.sign_off_changed", "store.sign_off_done",
    )  # fmt: skip
    assert refused(lambda: validate_month(of(store, Role.STEWARD), HERE, DAY, seen(store))) == "store.sign_off_not_submitted"
    submit_month(of(store, Role.COMMUNE), HERE, DAY, seen(store))
    assert state(store).state == "submitted"
    # The same figures again are what was signed off.
    send_month(store, 1250)
    assert seen(store) == before


def test_a_month_is_returned_with_a_reason_and_submitted_again(store):
    submit_month(of(store, Role.COMMUNE), HERE, DAY, seen(store))
    steward = of(store, Role.STEWARD)
    assert refused(lambda: return_month(steward, HERE, DAY, seen(store), " ")) == "store.sign_off_reason"
    assert refused(lambda: return_month(steward, HERE, DAY, seen(store), "a" * 301)) == "store.sign_off_reason"
    assert refused(lambda: return_month(steward, HERE, DAY, seen(store), "Voir 0612345678")) == "store.sign_off_personal"
    return_month(steward, HERE, DAY, seen(store), "Le guichet d'Ijoukak manque.")
    assert (state(store).state, state(store).last.reason) == ("draft", "Le guichet d'Ijoukak manque.")
    assert refused(lambda: return_month(steward, HERE, DAY, seen(store), "Encore")) == "store.sign_off_not_submitted"
    submit_month(of(store, Role.COMMUNE), HERE, DAY, seen(store))
    assert state(store).state == "submitted"
    assert refused(lambda: submit_month(of(store, Role.COMMUNE), HERE, DAY, seen(store))) == "store.sign_off_done"


def test_other_roles_sign_nothing_off(store):
    others, now = [Role.PUBLIC, Role.READER, Role.ADVISER], seen(store)
    for role in others:
        assert refused(lambda role=role: submit_month(of(store, role), HERE, DAY, now)) == "store.role_may_not"
    submit_month(of(store, Role.COMMUNE), HERE, DAY, now)
    for role in (*others, Role.ANIMATOR):
        by = of(store, role, "other")
        assert refused(lambda by=by: validate_month(by, HERE, DAY, now)) == "store.role_may_not"
        assert refused(lambda by=by: return_month(by, HERE, DAY, now, "Non")) == "store.role_may_not"


def test_a_commune_signs_off_no_other_commune_and_nobody_a_demonstration(store):
    august = date(2025, 8, 1)
    assert state(store, pd.Timestamp(august)) is None
    assert refused(lambda: submit_month(of(store, Role.STEWARD), HERE, august, "0" * 32)) == "store.sign_off_nothing"
    content = write_workbook([["Commune", "Mois", "Demandes du mois"], [THERE, "2025-09", 300]])
    accept_import(store, content, prepare_for_store(store, content, "autre.xlsx"))
    theirs = seen(store, THERE)
    assert refused(lambda: submit_month(of(store, Role.COMMUNE), THERE, DAY, theirs)) == "store.commune_not_own"


def view(store: Store, language: str) -> View:
    figures = load_figures(store.snapshot_id())
    return View(
        figures, read_selection(figures, {"commune": HERE, "month": "2025-09", "lang": language}), Translator(language)
    )


def test_every_paper_and_table_says_how_far_the_month_is_signed_off(store):
    submit_month(of(store, Role.COMMUNE), HERE, DAY, seen(store))
    validate_month(of(store, Role.STEWARD), HERE, DAY, seen(store))
    for language in LANGUAGES:
        one = view(store, language)
        said = write_state(one, HERE)
        assert one.t(f"role.{Role.STEWARD}") in said
        assert said in build_content(one, HERE, "http://127.0.0.1/").warning
        assert write_state(one, THERE) == ""
        assert one.t.number(1) in write_states(one)
    one = view(store, "fr")
    today, scenario = date(2025, 11, 3), one.figures.definition_set.library["hard_winter"]
    plan = PlanContext(one, HERE, scenario, one.figures.definition_set.means, today)
    assert write_state(one, HERE) in dict(build_document(plan, today).cover).values()
    table = build_result_table(one.figures, one.t, ["EDU01", "CIV01"], [MONTH], [HERE, THERE])
    rows = list(csv.DictReader(io.StringIO(write_csv(table).decode("utf-8-sig"))))
    assert {(row["commune_code"], row["figures_state"]) for row in rows} == {(HERE, "validated"), (THERE, "")}


def test_sign_offs_leave_with_the_export_and_come_back_by_the_steward_alone(store, tmp_path):
    submit_month(of(store, Role.COMMUNE), HERE, DAY, seen(store))
    file = next(path for path in export_store(store, tmp_path / "export") if path.name == "sign_offs.csv")
    content = file.read_bytes()
    store.undo()
    assert state(store) == MonthState("draft")
    for role in (Role.COMMUNE, Role.ANIMATOR):
        report = prepare_for_store(of(store, role), content, file.name)
        assert report.refusal.key == "role_writes_not"
    steward = of(store, Role.STEWARD)
    accept_import(steward, content, prepare_for_store(steward, content, file.name))
    assert (state(store).state, state(store).last.role) == ("submitted", Role.COMMUNE)
