"""``POST /api/v1/import``: the checks and the report of the command, by the token of a role, within its communes and limits."""

import json
import shutil

import pytest

from data.i18n import Translator
from data.import_command import import_contents
from data.people.roles import Right
from data.people.setting import PROXY_SECRET, SIGN_IN
from data.people.tokens import make_token, revoke_token
from data.people.viewer import OPERATOR
from data.records.kind import Role
from data.store import ROOT_VARIABLE, Store
from pages.web import importing
from tests.clients import open_client
from tests.workbooks import write_workbook

HERE, THERE = "09.541.04.67", "09.541.01.01"
ADDRESS = "/api/v1/import"
WORKBOOK = write_workbook([["Commune", "Mois", "Demandes du mois"], ["Tizi N'Test", "2025-09", 1250]])
FOREIGN = b"commune;mois;Demandes du mois\nTizi N'Test;2025-09;1250\nTaroudannt;2025-09;12\n"
DATA_VALUES = json.dumps(
    {"dataValues": [{"dataElement": "registry_requests", "period": "202509", "orgUnit": HERE, "value": "1250"}]}
).encode()


@pytest.fixture
def store(official_store, tmp_path, monkeypatch) -> Store:
    """A store below the folder of an installation that people sign in to, where tokens are kept too."""
    shutil.copytree(official_store, tmp_path / "taroudannt")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    monkeypatch.setenv(SIGN_IN, "headers")
    monkeypatch.setenv(PROXY_SECRET, "a secret that the proxy and the application share")
    return Store()


@pytest.fixture
def client():
    return open_client(raise_server_exceptions=False)


def token(role: Role = Role.COMMUNE, scopes=(Right.IMPORT,), commune: str = HERE) -> dict[str, str]:
    communes = [commune] if role in (Role.COMMUNE, Role.ANIMATOR) else []
    text, _ = make_token(OPERATOR, "Kobo", role, scopes, 30, communes, known=(HERE, THERE))
    return {"authorization": f"Bearer {text}"}


def figure(store: Store) -> list[tuple[float, str]]:
    with store.open() as connection:
        return connection.execute(
            "SELECT value, upload_id FROM current_observation WHERE variable = 'registry_requests' AND reference_date = '2025-09-01'"
        ).fetchall()


def test_a_workbook_is_kept_and_answered_as_the_command_answers_it(store, client):
    tried = client.post(f"{ADDRESS}?name=septembre.xlsx&dry_run=1&lang=fr", content=WORKBOOK, headers=token())
    expected = import_contents(store, [("septembre.xlsx", WORKBOOK)], Translator("fr"), is_confirmed=False, is_trial=True)
    assert (tried.status_code, tried.json()) == (200, expected.data)
    assert figure(store) == []
    done = client.post(f"{ADDRESS}?name=septembre.xlsx", content=WORKBOOK, headers=token())
    assert (done.status_code, done.json()["status"]) == (200, "done")
    assert done.json()["snapshot"] == store.snapshot_id()
    ((value, upload),) = figure(store)
    assert value == 1250
    assert upload.startswith("import")
    entry = store.audit.entries(1)[0]
    assert (entry.action, entry.actor.split(":")[0]) == ("import", "commune")


@pytest.mark.parametrize(
    "sent",
    [
        {"content": DATA_VALUES, "headers": {"content-type": "application/json"}},
        {"files": {"file": ("envoi.xlsx", WORKBOOK)}},
    ],
    ids=["data values", "form"],
)
def test_data_values_and_a_form_come_in_by_the_same_checks(store, client, sent):
    sent = {**sent, "headers": {**sent.get("headers", {}), **token(Role.STEWARD)}}
    answer = client.post(ADDRESS, **sent)
    assert (answer.status_code, answer.json()["status"]) == (200, "done"), answer.json()
    assert [value for value, _ in figure(store)] == [1250]


def test_several_files_are_answered_one_by_one_and_a_refused_one_keeps_none_back(store, client):
    files = [("file", ("a.xlsx", WORKBOOK)), ("file", ("b.csv", b"nothing;here\n1;2\n"))]
    answer = client.post(ADDRESS, files=files, headers=token())
    assert (answer.status_code, answer.json()["status"]) == (422, "refused")
    assert [file["status"] for file in answer.json()["files"]] == ["done", "refused"]
    assert len(figure(store)) == 1


def test_a_row_of_another_commune_refuses_the_whole_file(store, client):
    answer = client.post(f"{ADDRESS}?name=x.csv", content=FOREIGN, headers=token())
    assert answer.status_code == 422
    assert [finding["key"] for finding in answer.json()["findings"]] == ["commune_not_own"]
    assert figure(store) == []


def test_an_adviser_sends_a_3w_and_no_figures(store, client):
    three_w = f"reference,organisation,need,commune,status,quantity\nW-1,ADS,classrooms_primary,{HERE},funded,1\n"
    answer = client.post(f"{ADDRESS}?name=3w.csv", content=three_w.encode(), headers=token(Role.ADVISER))
    assert (answer.status_code, answer.json()["status"]) == (200, "done"), answer.json()
    refused = client.post(f"{ADDRESS}?name=septembre.xlsx", content=WORKBOOK, headers=token(Role.ADVISER))
    assert (refused.status_code, [f["key"] for f in refused.json()["findings"]]) == (422, ["role_writes_not"])
    assert figure(store) == []


def test_without_a_token_made_for_it_nothing_comes_in(store, client):
    calls = {
        401: [{}, {"authorization": "Bearer sp_000000000000_" + "x" * 43}],
        403: [token(scopes=(Right.API,)), token(Role.READER, (Right.API,))],
    }
    for status, headers in ((status, one) for status, several in calls.items() for one in several):
        answer = client.post(ADDRESS, content=WORKBOOK, headers=headers)
        assert (answer.status_code in (401, 403), answer.status_code) == (True, status), headers
    text, made = make_token(OPERATOR, "Kobo", Role.STEWARD, (Right.IMPORT,), 30)
    revoke_token(OPERATOR, made.token)
    assert client.post(ADDRESS, content=WORKBOOK, headers={"authorization": f"Bearer {text}"}).status_code == 401
    proxied = {"x-proxy-secret": "a secret that the proxy and the application share", "x-forwarded-user": "steward"}
    assert client.post(ADDRESS, content=WORKBOOK, headers=proxied).status_code in (401, 403)
    assert figure(store) == []


def test_a_token_that_sends_files_reads_no_figures_and_opens_no_page(store, client):
    for address in ("/api/v1/pressure", f"/sheet/{HERE}", "/commune"):
        assert client.get(address, headers=token()).status_code in (401, 403), address


def test_in_the_open_mode_a_page_of_another_site_sends_nothing_for_whoever_has_it_open(store, monkeypatch):
    monkeypatch.delenv(SIGN_IN)
    local = open_client(client=("127.0.0.1", 1))
    answer = local.post(ADDRESS, content=WORKBOOK, headers={"origin": "https://evil.example", "content-type": "text/plain"})
    assert (answer.status_code, answer.json()["error"]) == (401, "token_asked")
    assert local.post(ADDRESS, content=WORKBOOK, headers=token(Role.STEWARD)).status_code == 200


def test_what_is_too_large_empty_or_unknown_is_refused_before_it_is_read(store, client, monkeypatch):
    monkeypatch.setattr(importing, "MAXIMUM_BYTES", 1000)
    steward = token(Role.STEWARD)

    def stream():
        yield from (b"x" * 600 for _ in range(3))

    for status, error, call in (
        (413, "too_large", {"content": b"x" * 1001}),
        (413, "too_large", {"content": stream()}),
        (413, "too_large", {"files": {"file": ("a.csv", b"x" * 2000)}}),
        (400, "nothing_sent", {"content": b""}),
        (400, "nothing_sent", {"data": {"a": "b"}, "files": {"file": ("a.csv", b"")}}),
        (400, "parameter_unknown", {"content": b"x", "params": {"confrim": "1"}}),
        (400, "parameter_value", {"content": b"x", "params": {"confirm": "yes"}}),
        (400, "parameter_value", {"content": b"x", "params": {"province": "../x"}}),
    ):
        answer = client.post(ADDRESS, headers=steward, **call)
        assert (answer.status_code, answer.json()["error"]) == (status, error), call
    assert client.get(ADDRESS, headers=steward).status_code == 405


def test_a_name_leads_nowhere(store, client):
    answer = client.post(ADDRESS, params={"name": "..\\..\\etc/passwd.xlsx"}, content=WORKBOOK, headers=token())
    assert answer.json()["file"] == "passwd.xlsx"


def test_the_name_of_a_file_is_one_line_and_its_ending_no_part_of_a_path(store, client):
    name = "%0Asept%0D%0Aembre%E2%80%AE." + "x" * 110
    csv = b"commune;mois;Demandes du mois\nTizi N'Test;2025-09;1250\n"
    answer = client.post(f"{ADDRESS}?name={name}&confirm=1", content=csv, headers=token())
    assert (answer.status_code, answer.json()["status"]) == (200, "done")
    with store.open() as connection:
        (kept,) = connection.execute("SELECT file_name FROM upload WHERE upload_id LIKE 'import-%'").fetchone()
    assert kept.isprintable()
    assert "septembre" in kept.replace(" ", "")
    assert {path.suffix for path in (store.root / "uploads").iterdir()} <= {"", ".csv", ".xlsx"}
