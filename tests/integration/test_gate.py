"""Who is let in: the proxy's proof, tokens, the open mode; in the reader's language, and never with the rows of another."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from data.people import handed_on
from data.people.accounts import pseudonym, set_role
from data.people.ledger import ledger_path
from data.people.roles import Right
from data.people.sessions import visit
from data.people.setting import PROXY_SECRET, Setting
from data.people.tokens import make_token
from data.people.viewer import OPERATOR, Person, viewer_of
from data.records.kind import Role
from data.store import Store
from pages.web.api import answering, catalogues
from pages.web.api.pictures import PICTURES
from pages.web.gate import Gate
from pages.web.kept_answers import KeptAnswers
from pages.web.middleware import MIDDLEWARE
from pages.words.map_layers import LAYERS
from tests.clients import open_before_pages, open_client
from tests.closed_house import HERE, SECRET, THERE, behind, headers_of, socket_behind

ALIKE = {
    "//api/v1/pressure": "/",
    "/./api/v1/pressure": "/",
    "/assets/../api/v1/pressure": "/",
    "/assets\\..\\api": "/",
    "/apis": "/",
    "/API/v1/pressure": "/",
    "/healthz.html": "/",
    "/sheets": "/",
    "/static-secrets": "/",
}


def test_an_address_written_to_look_like_another_counts_as_a_screen(closed):
    client = TestClient(Gate(Starlette(routes=[Route("/{path:path}", behind)])))
    for address in ALIKE:
        answer = client.get("http://testserver" + address, headers={"accept": "text/html"}, follow_redirects=False)
        assert not answer.text.startswith("through"), address


def test_a_page_leads_to_the_sign_in_and_a_program_is_told_in_json(closed):
    client = open_client()
    page = client.get("/commune?lang=ar", headers={"accept": "text/html"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "sign-in?lang=ar")
    answer = client.get("/api/v1/pressure?lang=en")
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_sign_in_and_the_refusals_are_said_in_the_language_asked_for(closed, language):
    client = open_client()
    for address, status in (("/sign-in", 200), (f"/sheet/{HERE}", 401)):
        answer = client.get(f"{address}?lang={language}")
        assert answer.status_code == status
        assert f'lang="{language}"' in answer.text
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-user": "steward"},
        {"x-forwarded-user": "steward", "x-proxy-secret": SECRET[:-1]},
        {"x-forwarded-user": "steward", "x-proxy-secret": SECRET + " "},
        {"x-forwarded-user": "steward", "x-proxy-secret": ""},
        {handed_on.HEADER: handed_on.write(OPERATOR)},
    ],
)
def test_a_name_without_the_proof_of_the_proxy_is_nobodys(closed, headers):
    client = open_client()
    assert client.get("/api/v1/communes", headers=headers).status_code == 401


def test_a_client_writes_no_person_into_its_own_websocket(closed):
    app = Gate(Starlette(routes=[WebSocketRoute("/_stcore/stream", socket_behind)]))
    headers = {**headers_of("reader"), handed_on.HEADER: handed_on.write(Person(viewer_of(Role.STEWARD), "x"))}
    with TestClient(app).websocket_connect("/_stcore/stream", headers=headers) as socket:
        handed = {handed_on.HEADER: socket.receive_text()}
    setting = Setting(mode="headers", proxy_secret=SECRET)
    assert handed_on.read(handed, setting).viewer.role is Role.READER
    # Another last digit of the signature than the true one.
    written = handed[handed_on.HEADER]
    forged = {handed_on.HEADER: written[:-1] + ("1" if written.endswith("0") else "0")}
    assert handed_on.read(forged, setting).viewer.communes == ()
    assert handed_on.read({}, setting).viewer.communes == ()


def test_a_role_that_is_taken_away_ends_a_page_that_is_open(closed):
    header = {handed_on.HEADER: handed_on.write(visit(pseudonym("proxy", "reader")))}
    setting = Setting(mode="headers", proxy_secret=SECRET)
    assert handed_on.read(header, setting).viewer.role is Role.READER
    set_role(OPERATOR, pseudonym("proxy", "reader"), None)
    assert handed_on.read(header, setting).viewer.screens == ()


def codes_of(answer) -> set[str]:
    said = answer.json()
    return {
        row["commune_code"] for row in said.get("communes") or said.get("results") or said.get("support") or said["douars"]
    }


def test_each_role_is_answered_its_own_rows_also_when_another_asked_the_same_before(closed):
    client = open_client()
    for who in ("commune", "steward", "animator", "public", "commune", "reader", "adviser", "animator"):
        for address in ("/api/v1/communes", "/api/v1/pressure?indicator=EDU01", "/api/v1/douars", "/api/v1/support"):
            codes = codes_of(client.get(address, headers=headers_of(who)))
            assert (codes == {HERE}) == (who in ("commune", "animator")), who
            assert len(codes) == 1 or len(codes) > 80
        own = who in ("commune", "animator")
        assert client.get(f"/api/v1/pressure?commune={THERE}", headers=headers_of(who)).status_code == (400 if own else 200)
    for who in ("steward", "commune", "public", "animator"):
        own = who in ("commune", "animator")
        assert client.get(f"/sheet/{THERE}", headers=headers_of(who)).status_code == (404 if own else 200), who
    unknown = client.get(f"/sheet/{THERE}", headers=headers_of("commune")).text
    assert f'href="{HERE}' in unknown
    assert unknown.count('<li><a href="09.') == 1


def test_a_first_view_holds_what_its_reader_may_see(closed):
    page = Starlette(
        routes=[Route("/{path:path}", lambda _r: PlainTextResponse('<html lang="en"><body></body>'))], middleware=MIDDLEWARE
    )
    client = TestClient(page)
    steward, commune, public, waiting = (
        client.get(f"/commune?commune={THERE}", headers=headers_of(who)).text
        for who in ("steward", "commune", "public", "waiting")
    )
    assert "first-view" in steward
    assert f'value="{THERE}"' in steward
    assert f'value="{THERE}"' not in commune
    assert f'value="{HERE}"' in commune
    assert f'value="{THERE}"' in public
    assert "first-view" not in waiting
    # The bare address is the first screen of the role.
    assert f'value="{HERE}"' in client.get("/", headers=headers_of("commune")).text
    assert "first-view" not in client.get("/overview", headers=headers_of("commune"), follow_redirects=False).text


def test_a_link_to_the_first_screen_of_a_role_leads_to_where_it_stands(closed):
    """Streamlit says that there is no page "commune" to whoever has it at the bare address."""
    client = open_before_pages()
    asked = f"/commune?commune={HERE}&month=2025-09"
    answer = client.get(asked, headers=headers_of("commune"), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, f"./?commune={HERE}&month=2025-09")
    assert client.get(asked, headers=headers_of("steward"), follow_redirects=False).status_code == 200
    assert client.get("/overview", headers=headers_of("steward"), follow_redirects=False).headers["location"] == "./"
    assert client.get("/map", headers=headers_of("commune"), follow_redirects=False).status_code == 403


def test_a_token_reads_what_it_was_made_for_and_opens_no_page(closed):
    text, _ = make_token(OPERATOR, "Tableau", Role.COMMUNE, [Right.API], 30, (HERE,), known=(HERE,))
    client, headers = open_client(), {"authorization": f"Bearer {text}"}
    assert codes_of(client.get("/api/v1/communes", headers=headers)) == {HERE}
    assert client.get(f"/sheet/{HERE}", headers=headers).status_code == 403
    assert client.get("/overview", headers=headers, follow_redirects=False).status_code == 403
    for wrong in (text[:-1], text + "x", "", "sp_0_0"):
        answer = client.get("/api/v1/communes", headers={"authorization": f"Bearer {wrong}"})
        assert answer.status_code == 401, wrong
    # A token that is not one is not made good by a proxy that knows the person.
    assert client.get("/api/v1/communes", headers={**headers_of("steward"), "authorization": "Bearer x"}).status_code == 401


@pytest.mark.parametrize(
    ("client", "headers", "is_let_in"),
    [
        (("127.0.0.1", 5), {}, True),
        (("::1", 5), {}, True),
        (("192.0.2.7", 5), {}, False),
        (("127.0.0.1", 5), {"x-forwarded-for": "192.0.2.7"}, False),
        (("127.0.0.1", 5), {"forwarded": "for=192.0.2.7"}, False),
    ],
)
def test_the_open_mode_serves_this_machine_alone_and_no_proxy(built, client, headers, is_let_in):
    answer = open_client(client=client).get("/api/v1/communes", headers=headers)
    assert answer.status_code == (200 if is_let_in else 403)
    assert not ledger_path().exists()


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ({"x-proxy-secret": SECRET, "x-forwarded-for": "127.0.0.1"}, True),
        ({"x-proxy-secret": SECRET, "x-forwarded-for": "127.0.0.1, 192.0.2.7"}, False),
        ({"x-proxy-secret": SECRET, "x-forwarded-for": "somebody"}, False),
        ({"x-proxy-secret": SECRET, "x-forwarded-for": "127.0.0.1", "x-real-ip": "192.0.2.7"}, False),
        ({"x-proxy-secret": SECRET[:-1], "x-forwarded-for": "127.0.0.1"}, False),
        ({"x-proxy-secret": "", "x-forwarded-for": "127.0.0.1"}, False),
    ],
)
def test_the_open_mode_knows_its_own_proxy_and_whom_it_speaks_for(built, monkeypatch, headers, is_let_in):
    monkeypatch.setenv(PROXY_SECRET, SECRET)
    asked = open_client(client=("127.0.0.1", 5))
    assert asked.get("/api/v1/communes", headers=headers).status_code == (200 if is_let_in else 403)


def test_every_layer_picture_and_page_to_embed_is_answered_for_the_own_commune(closed):
    client = open_client()
    layers = [f"/assets/map/taroudannt/{layer}" for layer in LAYERS]
    pictures = [f"/embed/{'map' if name == 'map' else f'chart/{name}'}" for name in PICTURES]
    for who in ("commune", "animator"):
        for address in (*layers, *pictures):
            assert client.get(address, headers=headers_of(who)).status_code == 200, (who, address)


def test_what_an_action_was_about_is_told_to_nobody_who_sees_some_communes_only(closed, monkeypatch):
    snapshot = replace(Store().history()[0], action="import", detail="Taroudannt-2025-09.xlsx")
    monkeypatch.setattr(catalogues, "load_history", lambda _province: [snapshot])
    monkeypatch.setattr(answering, "KEPT", KeptAnswers())
    client = open_client()
    for who in ("commune", "animator", "public", "reader", "steward"):
        (row,) = client.get("/api/v1/snapshots", headers=headers_of(who)).json()["snapshots"]
        assert row["detail"] == ("Taroudannt-2025-09.xlsx" if who in ("reader", "steward") else ""), who
