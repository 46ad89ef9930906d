"""Every address and every screen as each role, against a list of what it may open; a new one without an entry fails."""

import ast
import os
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from data.i18n import Translator
from data.people import handed_on
from data.people.setting import PUBLIC
from data.people.viewer import EVERYTHING, Person, viewer_of
from data.records.kind import Role
from data.store import Store
from pages.figures.load import load_figures
from pages.web.api.registers import REGISTERS
from pages.web.gate import Gate
from pages.web.routes import ROUTES
from tests.clients import open_client
from tests.closed_house import HERE, SIGNED_IN, THERE, behind, headers_of, socket_behind
from tests.walking import list_screens, open_screen

ROOT = Path(__file__).parents[2]
EVERYBODY = "nobody waiting public " + " ".join(SIGNED_IN)
WITH_ROLE = "public " + " ".join(SIGNED_IN)
# Of every address one that exists, and who is let through to it; whoever else is turned away with 401, 403, or to the sign-in.
ADDRESSES = {
    "/overview": ("/overview", WITH_ROLE + " waiting"),
    "/healthz": ("/healthz", EVERYBODY),
    "/robots.txt": ("/robots.txt", EVERYBODY),
    "/favicon.ico": ("/favicon.ico", EVERYBODY),
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
    **{resource.path: (resource.path, WITH_ROLE) for resource in REGISTERS},
    "/api/v1/worth": ("/api/v1/worth", WITH_ROLE),
    "/api/v1/douars": (f"/api/v1/douars?commune={HERE}", WITH_ROLE),
    "/api/v1/service_points": (f"/api/v1/service_points?commune={HERE}", WITH_ROLE),
    "/api/v1/import": ("/api/v1/import", "commune animator adviser steward"),
    "/api": ("/api", WITH_ROLE),
    "/api/{address:path}": ("/api/v2/anything", WITH_ROLE),
    "/assets/style.css": ("/assets/style.css", EVERYBODY),
    "/assets/page.js": ("/assets/page.js", EVERYBODY),
    "/assets/map.js": ("/assets/map.js", EVERYBODY),
    "/assets/leaflet": ("/assets/leaflet/leaflet.js", EVERYBODY),
    "/assets/douars/{province}/{figure}": ("/assets/douars/taroudannt/college_km", WITH_ROLE + " waiting"),
    "/assets/map/{province}/months": ("/assets/map/taroudannt/months", WITH_ROLE + " waiting"),
    "/assets/map/{province}/{layer}": ("/assets/map/taroudannt/people", WITH_ROLE + " waiting"),
    "/assets/layers/{province}/{file}": ("/assets/layers/taroudannt/communes.geojson", EVERYBODY),
    # Streamlit's own.
    "/_stcore/health": ("/_stcore/health", EVERYBODY),
    "/_stcore/metrics": ("/_stcore/metrics", "steward"),
    "/_stcore/host-config": ("/_stcore/host-config", EVERYBODY),
    "/media/{file_id:path}": ("/media/abc.csv", WITH_ROLE + " waiting"),
    "/_stcore/upload_file/{session_id}/{file_id}": ("/_stcore/upload_file/s/f", "commune animator adviser steward"),
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


def routes_of_streamlit() -> list[Route | WebSocketRoute | Mount]:
    runtime = MagicMock()
    runtime._main_script_path = str(ROOT / "pages" / "frame.py")
    return create_streamlit_routes(runtime)


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


def test_without_the_public_setting_nobody_sees_a_figure_before_signing_in(closed, monkeypatch):
    monkeypatch.delenv(PUBLIC)
    client = open_client()
    for address, roles in ADDRESSES.values():
        if "public" in roles.split() and "nobody" not in roles.split() and address != "/_stcore/stream":
            assert client.get(address, headers=headers_of("public"), follow_redirects=False).status_code == 401, address


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
    ("data", "file_uploader"): "commune animator adviser steward",
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


@pytest.mark.always
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
