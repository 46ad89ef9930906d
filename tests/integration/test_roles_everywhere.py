"""Every address and every screen as each role, against a list of what it may open; a new one without an entry fails."""

import ast
import os
from dataclasses import replace
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from data.i18n import Translator
from data.people import handed_on
from data.people.accounts import pseudonym, set_role
from data.people.ledger import ledger_path
from data.people.roles import Right
from data.people.sessions import visit
from data.people.setting import PROXY_SECRET, PUBLIC, SIGN_IN, Setting
from data.people.tokens import make_token
from data.people.viewer import EVERYTHING, OPERATOR, Person, viewer_of
from data.records.kind import Role
from data.store import ROOT_VARIABLE, Store
from pages.figures.load import load_figures
from pages.web.api import answering, catalogues
from pages.web.api.pictures import PICTURES
from pages.web.gate import Gate
from pages.web.kept_answers import KeptAnswers
from pages.web.middleware import MIDDLEWARE
from pages.web.routes import ROUTES
from pages.words.map_layers import LAYERS
from tests.conftest import read_through
from tests.walking import list_screens, open_screen

ROOT = Path(__file__).parents[2]
HERE, THERE = "09.541.04.67", "09.541.01.01"
SECRET = "a secret that the proxy and the application share"
SIGNED_IN = [role for role in Role if role is not Role.PUBLIC]
EVERYBODY = "nobody waiting public " + " ".join(SIGNED_IN)
WITH_ROLE = "public " + " ".join(SIGNED_IN)

# Of every address one that exists, and who is let through to it; whoever else is turned away with 401, 403, or to the sign-in.
ADDRESSES = {
    "/overview": ("/overview", WITH_ROLE + " waiting"),
    "/healthz": ("/healthz", EVERYBODY),
    "/robots.txt": ("/robots.txt", EVERYBODY),
    "/sheet/{commune_code}.pdf": (f"/sheet/{HERE}.pdf", WITH_ROLE),
    "/sheet/{commune_code}": (f"/sheet/{HERE}", WITH_ROLE),
    "/portrait/{commune_code}.pdf": (f"/portrait/{HERE}.pdf", WITH_ROLE),
    "/portrait/{commune_code}": (f"/portrait/{HERE}", WITH_ROLE),
    "/deck/{commune_code}": (f"/deck/{HERE}", WITH_ROLE),
    "/report.docx": ("/report.docx", "reader commune adviser steward"),
    "/report.pdf": ("/report.pdf", "reader commune adviser steward"),
    "/diaspora": ("/diaspora", WITH_ROLE),
    "/diaspora/{commune_code}": (f"/diaspora/{HERE}", WITH_ROLE),
    "/sign-in": ("/sign-in", EVERYBODY),
    "/sign-in/{provider}": ("/sign-in/default", EVERYBODY),
    "/api/v1/communes": ("/api/v1/communes", WITH_ROLE),
    "/api/v1/pressure": ("/api/v1/pressure?indicator=EDU01", WITH_ROLE),
    **{
        f"/api/v1/{name}": (f"/api/v1/{name}?commune={HERE}", WITH_ROLE)
        for name in ("observations", "movements", "facilities")
    },
    **{
        f"/api/v1/{name}": (f"/api/v1/{name}", WITH_ROLE)
        for name in ("indicators", "norms", "intervals", "scenarios", "snapshots")
    },
    "/api/v1/communes.geojson": ("/api/v1/communes.geojson?indicator=EDU01", WITH_ROLE),
    "/api/v1/territory.gpkg": ("/api/v1/territory.gpkg", WITH_ROLE),
    "/api/v1/map.{form}": ("/api/v1/map.svg", WITH_ROLE),
    "/api/v1/chart/{name}.{form}": ("/api/v1/chart/ranking.svg", WITH_ROLE),
    "/api/docs": ("/api/docs", WITH_ROLE),
    "/openapi.json": ("/openapi.json", WITH_ROLE),
    "/embed/map": ("/embed/map", WITH_ROLE),
    "/embed/chart/{name}": ("/embed/chart/history", WITH_ROLE),
    "/api/v1/support": (f"/api/v1/support?commune={HERE}", WITH_ROLE),
    "/api/v1/worth": ("/api/v1/worth", WITH_ROLE),
    "/api/v1/douars": (f"/api/v1/douars?commune={HERE}", WITH_ROLE),
    "/api/v1/service_points": (f"/api/v1/service_points?commune={HERE}", WITH_ROLE),
    "/api/v1/import": ("/api/v1/import", "commune animator steward"),
    "/api": ("/api", WITH_ROLE),
    "/api/{address:path}": ("/api/v2/anything", WITH_ROLE),
    "/assets/style.css": ("/assets/style.css", EVERYBODY),
    "/assets/page.js": ("/assets/page.js", EVERYBODY),
    "/assets/map.js": ("/assets/map.js", EVERYBODY),
    "/assets/leaflet": ("/assets/leaflet/leaflet.js", EVERYBODY),
    "/assets/douars/{province}/{figure}": ("/assets/douars/taroudannt/college_km", WITH_ROLE + " waiting"),
    "/assets/map/{province}/{layer}": ("/assets/map/taroudannt/people", WITH_ROLE + " waiting"),
    "/assets/layers/{province}/{file}": ("/assets/layers/taroudannt/communes.geojson", EVERYBODY),
    # Streamlit's own.
    "/_stcore/health": ("/_stcore/health", EVERYBODY),
    "/_stcore/metrics": ("/_stcore/metrics", "steward"),
    "/_stcore/host-config": ("/_stcore/host-config", EVERYBODY),
    "/media/{file_id:path}": ("/media/abc.csv", WITH_ROLE + " waiting"),
    "/_stcore/upload_file/{session_id}/{file_id}": ("/_stcore/upload_file/s/f", "commune animator steward"),
    "/component/{path:path}": ("/component/x/index.html", EVERYBODY),
    "/_stcore/bidi-components/{path:path}": ("/_stcore/bidi-components/x", EVERYBODY),
    "/_stcore/stream": ("/_stcore/stream", WITH_ROLE + " waiting"),
    "/auth/login": ("/auth/login", EVERYBODY),
    "/auth/logout": ("/auth/logout", EVERYBODY),
    "/oauth2callback": ("/oauth2callback", EVERYBODY),
    "/_stcore/agent/interact": ("/_stcore/agent/interact", "steward"),
    "/_stcore/agent/openapi.json": ("/_stcore/agent/openapi.json", "steward"),
    "/_stcore/agent/mcp": ("/_stcore/agent/mcp", "steward"),
    "/app/static/{path:path}": ("/app/static/icon.svg", EVERYBODY),
    # Whatever is none of these is the page of a screen.
    "": ("/commune", WITH_ROLE + " waiting"),
}
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


def routes_of_streamlit() -> list[Route | WebSocketRoute | Mount]:
    runtime = MagicMock()
    runtime._main_script_path = str(ROOT / "pages" / "frame.py")
    return create_streamlit_routes(runtime)


async def behind(request: Request) -> PlainTextResponse:
    """What stands behind the gate in the place of the application: whoever was let through."""
    return PlainTextResponse(f"through as {request.scope['person'].viewer.role}")


async def socket_behind(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.headers[handed_on.HEADER])
    await socket.close()


@pytest.fixture
def closed(built_store, tmp_path, monkeypatch):
    """An installation behind a proxy, open to the public, with a person of each role; the store is the one that was built."""
    read_through(built_store, tmp_path / "taroudannt")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    monkeypatch.setenv(SIGN_IN, "headers")
    monkeypatch.setenv(PROXY_SECRET, SECRET)
    monkeypatch.setenv(PUBLIC, "1")
    for role in SIGNED_IN:
        visit(pseudonym("proxy", role.value))
        set_role(OPERATOR, pseudonym("proxy", role.value), role, (HERE,), known=(HERE, THERE))


def headers_of(who: str) -> dict[str, str]:
    """What the proxy sends: no name for the public, and no proof for nobody."""
    if who == "nobody":
        return {}
    return {"x-proxy-secret": SECRET} | ({} if who == "public" else {"x-forwarded-user": who})


def test_every_address_has_an_entry_and_every_entry_an_address():
    known = {getattr(route, "path", "") or "" for route in (*ROUTES, *routes_of_streamlit())}
    assert known == set(ADDRESSES)


@pytest.mark.parametrize("who", EVERYBODY.split())
def test_each_role_is_let_through_to_the_addresses_of_its_list_and_to_no_other(closed, who):
    app = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", socket_behind), Route("/{path:path}", behind, methods=["GET", "PUT"])]
    )
    client = TestClient(Gate(app))
    for address, roles in ADDRESSES.values():
        may = who in roles.split()
        if address == "/_stcore/stream":
            assert opens_socket(client, who) == may, address
            continue
        answer = client.get(address, headers=headers_of(who), follow_redirects=False)
        assert answer.text.startswith("through") == may, (address, answer.status_code)
        if not may:
            assert answer.status_code in ((401,) if who == "nobody" else (403,)), address
            assert answer.headers["cache-control"] == "no-store"


def opens_socket(client: TestClient, who: str) -> bool:
    try:
        with client.websocket_connect("/_stcore/stream", headers=headers_of(who)) as socket:
            return bool(socket.receive_text())
    except WebSocketDisconnect:
        return False


def test_an_address_written_to_look_like_another_counts_as_a_screen(closed):
    client = TestClient(Gate(Starlette(routes=[Route("/{path:path}", behind)])))
    for address in ALIKE:
        answer = client.get("http://testserver" + address, headers={"accept": "text/html"}, follow_redirects=False)
        assert not answer.text.startswith("through"), address


def test_a_page_leads_to_the_sign_in_and_a_program_is_told_in_json(closed):
    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
    page = client.get("/commune?lang=ar", headers={"accept": "text/html"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "sign-in?lang=ar")
    answer = client.get("/api/v1/pressure?lang=en")
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_sign_in_and_the_refusals_are_said_in_the_language_asked_for(closed, language):
    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
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
    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
    assert client.get("/api/v1/communes", headers=headers).status_code == 401


def test_a_client_writes_no_person_into_its_own_websocket(closed):
    app = Gate(Starlette(routes=[WebSocketRoute("/_stcore/stream", socket_behind)]))
    headers = {**headers_of("reader"), handed_on.HEADER: handed_on.write(Person(viewer_of(Role.STEWARD), "x"))}
    with TestClient(app).websocket_connect("/_stcore/stream", headers=headers) as socket:
        handed = {handed_on.HEADER: socket.receive_text()}
    setting = Setting(mode="headers", proxy_secret=SECRET)
    assert handed_on.read(handed, setting).viewer.role is Role.READER
    forged = {handed_on.HEADER: handed[handed_on.HEADER][:-1] + "0"}
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
    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
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


def test_every_layer_picture_and_page_to_embed_is_answered_for_the_own_commune(closed):
    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
    layers = [f"/assets/map/taroudannt/{layer}" for layer in LAYERS]
    pictures = [f"/embed/{'map' if name == 'map' else f'chart/{name}'}" for name in PICTURES]
    for who in ("commune", "animator"):
        for address in (*layers, *pictures):
            assert client.get(address, headers=headers_of(who)).status_code == 200, (who, address)


def test_what_an_action_was_about_is_told_to_nobody_who_sees_some_communes_only(closed, monkeypatch):
    snapshot = replace(Store().history()[0], action="import", detail="Taroudannt-2025-09.xlsx")
    monkeypatch.setattr(catalogues, "load_history", lambda _province: [snapshot])
    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
    monkeypatch.setattr(answering, "KEPT", KeptAnswers())
    for who in ("commune", "animator", "public", "reader", "steward"):
        (row,) = client.get("/api/v1/snapshots", headers=headers_of(who)).json()["snapshots"]
        assert row["detail"] == ("Taroudannt-2025-09.xlsx" if who in ("reader", "steward") else ""), who


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


def test_a_token_reads_what_it_was_made_for_and_opens_no_page(closed):
    text, _ = make_token(OPERATOR, "Tableau", Role.COMMUNE, [Right.API], 30, (HERE,), known=(HERE,))
    client, headers = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE)), {"authorization": f"Bearer {text}"}
    assert codes_of(client.get("/api/v1/communes", headers=headers)) == {HERE}
    assert client.get(f"/sheet/{HERE}", headers=headers).status_code == 403
    assert client.get("/overview", headers=headers, follow_redirects=False).status_code == 403
    for wrong in (text[:-1], text + "x", "", "sp_0_0"):
        answer = client.get("/api/v1/communes", headers={"authorization": f"Bearer {wrong}"})
        assert answer.status_code == 401, wrong
    # A token that is not one is not made good by a proxy that knows the person.
    assert client.get("/api/v1/communes", headers={**headers_of("steward"), "authorization": "Bearer x"}).status_code == 401


def test_without_the_public_setting_nobody_sees_a_figure_before_signing_in(closed, monkeypatch):
    monkeypatch.delenv(PUBLIC)
    client = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))
    for address, roles in ADDRESSES.values():
        if "public" in roles.split() and "nobody" not in roles.split() and address != "/_stcore/stream":
            assert client.get(address, headers=headers_of("public"), follow_redirects=False).status_code == 401, address


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
    answer = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), client=client).get(
        "/api/v1/communes", headers=headers
    )
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
    asked = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), client=("127.0.0.1", 5))
    assert asked.get("/api/v1/communes", headers=headers).status_code == (200 if is_let_in else 403)


# Screens by role, written out beside roles.yaml: who takes one out there and not here has to say why.
SCREENS = {
    "public": "overview map commune places compare support methods",
    "reader": "overview map commune places compare scenarios means support plan results council data quality methods",
    "commune": "commune places support plan results data quality methods",
    "animator": "commune places support results data quality methods",
    "adviser": "overview map commune places compare scenarios means support plan results council data quality methods",
    "steward": "overview map commune places compare scenarios means support plan results council data quality methods accounts",
}
# What writes, by the text of its button or the kind of its control: where it stands, and for whom.
CONTROLS = {
    ("data", "file_uploader"): "commune animator steward",
    ("data", "data.undo"): "steward",
    ("data", "data.demonstration_drop"): "steward",
    ("data", "data.export"): "commune steward",
    ("commune", "note.save"): "commune steward",
    ("plan", "contingency.save_words"): "commune steward",
    ("plan", "contingency.save_version"): "commune steward",
    # The first part that is open: the logical frame, or the posts of a role that is told of nothing else.
    ("results", "register.save"): "animator adviser steward",
    ("scenarios", "scenario.save"): "adviser steward",
}


def test_every_screen_is_some_roles():
    assert set(list_screens()) == {screen for screens in SCREENS.values() for screen in screens.split()}


@pytest.fixture
def as_role(built, monkeypatch):
    def be(role: str) -> None:
        person = Person(viewer_of(Role(role), (HERE,)), "account")
        monkeypatch.setattr(handed_on, "read", lambda _headers, _setting: person)

    return be


# Those that hold what differs between roles; PROVE=1 opens every screen of every role.
WALKED = {
    "public": "overview commune", "reader": "data scenarios", "animator": "data", "adviser": "data scenarios",
    "steward": "data accounts plan",
}  # fmt: skip


def test_each_role_opens_the_screens_of_its_list():
    for role, screens in SCREENS.items():
        assert viewer_of(Role(role), (HERE,)).screens == tuple(screens.split()), role


@pytest.mark.slow
@pytest.mark.parametrize("role", SCREENS)
def test_each_role_opens_its_screens_with_the_controls_that_it_may_use_and_no_other(as_role, role):
    as_role(role)
    closed = [screen for screen in list_screens() if screen not in SCREENS[role].split()]
    for screen in closed[:1]:
        with pytest.raises(LookupError):
            open_screen(screen, lang="fr")
    everything = SCREENS[role]
    for screen in (everything if os.environ.get("PROVE") else WALKED.get(role, everything)).split():
        app = open_screen(screen, lang="fr", commune=HERE)
        assert not app.exception, (screen, [f"{e.message} {e.stack_trace[-3:]}" for e in app.exception])
        labels = {element.label for kind in ("button", "download_button") for element in app.main.get(kind)}
        if app.main.get("file_uploader"):
            labels.add("file_uploader")
        for (place, label), roles in CONTROLS.items():
            if place == screen:
                said = label if label == "file_uploader" else Translator("fr")(label)
                assert (said in labels) == (role in roles.split()), (screen, label, labels)


def test_a_commune_meets_no_other_commune_on_its_screens(as_role):
    as_role("commune")
    for screen in ("commune", "data"):
        app = open_screen(screen, lang="ar", commune=THERE)
        assert app.session_state["commune"] == HERE
        boxes = [*app.main.selectbox, *app.sidebar.selectbox]
        assert len(boxes) > 3
        names = load_figures(Store().snapshot_id(), viewer=EVERYTHING).communes["name_ar"].drop(HERE)
        assert not {option for box in boxes for option in box.options} & set(names)


def test_every_figure_a_screen_or_route_asks_for_is_asked_for_a_viewer():
    """No call in ``pages`` leaves the viewer to its default, and none reads the store past it."""
    found = []
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = {keyword.arg for keyword in node.keywords}
                if node.func.id == "load_figures" and "viewer" not in given:
                    found.append((path.name, node.lineno, "load_figures without viewer"))
                if node.func.id == "Screen" and len(node.args) < 5:
                    found.append((path.name, node.lineno, "Screen without person"))
            inside = path.parent.name == "figures"
            if isinstance(node, ast.Attribute) and not inside and node.attr in ("connection", "whole", "_whole"):
                found.append((path.name, node.lineno, f"reads .{node.attr}"))
    assert found == []
