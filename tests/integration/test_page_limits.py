"""A page of Streamlit's is its account's alone, for files too; and nobody opens pages or sends files without end."""

from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDisconnect
from streamlit import config

from data.people import handed_on
from data.people.setting import read_setting
from data.people.viewer import Person, viewer_of
from data.records.kind import Role
from pages.web import sockets, uploads
from pages.web.gate import Gate
from pages.web.guard import Rate
from pages.web.sockets import Sockets
from pages.web.uploads import Uploads
from pages.widgets import sent_files
from tests.closed_house import HERE, headers_of, socket_behind

OURS = Person(viewer_of(Role.COMMUNE, (HERE,)), "ours")
MIB = 2**20


class AsPerson:
    """In the place of the gate: whoever the test says."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app({**scope, "person": OURS}, receive, send)


@pytest.fixture
def pages(monkeypatch):
    """Pages that are open, by their id and account, and the files that Streamlit holds for them."""
    held, owners = {}, {"mine": OURS.actor, "too": OURS.actor, "theirs": "commune:other"}

    def client_of(page):
        headers = [(handed_on.ACCOUNT_HEADER, owners[page])] if page in owners else None
        return headers and SimpleNamespace(client_context=SimpleNamespace(headers=headers))

    runtime = SimpleNamespace(get_client=client_of, uploaded_file_mgr=SimpleNamespace(file_storage=held))
    monkeypatch.setattr(uploads, "exists", lambda: True)
    monkeypatch.setattr(uploads, "get_instance", lambda: runtime)
    return held


@pytest.fixture
def sending(pages):
    async def keep(request):
        data, page = await request.body(), request.path_params["page"]
        pages.setdefault(page, {})[request.path_params["file"]] = SimpleNamespace(data=bytes(len(data)))
        return PlainTextResponse(status_code=204)

    routes = [Route("/_stcore/upload_file/{page}/{file}", keep, methods=["PUT", "DELETE"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(AsPerson), Middleware(Uploads)]))


def put(client, page, name, content=b"x"):
    return client.put(f"/_stcore/upload_file/{page}/{name}", content=content).status_code


def test_a_file_goes_into_the_page_of_its_sender_and_into_no_other(sending):
    assert put(sending, "mine", "a") == 204
    assert put(sending, "theirs", "a") == 404
    assert put(sending, "unknown", "a") == 404
    assert sending.delete("/_stcore/upload_file/theirs/a").status_code == 404


def test_one_account_holds_so_much_on_all_its_pages_and_room_comes_back(sending, pages, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 3 * MIB)
    assert [put(sending, page, "a", bytes(MIB)) for page in ("mine", "too", "mine")] == [204, 204, 204]
    assert put(sending, "mine", "b", bytes(MIB)) == 204
    assert put(sending, "too", "c", b"x") == 413
    pages.pop("mine")
    assert put(sending, "too", "c", bytes(MIB)) == 204
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    assert put(sending, "too", "d") == 413
    refused = sending.put("/_stcore/upload_file/too/d?lang=en", content=iter([b"without a length"]))
    assert refused.status_code == 413
    assert "accept or remove them" in refused.text


def test_everybody_together_is_bounded_too(sending, pages, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES_OF_ALL", 2 * MIB)
    pages["theirs"] = {"a": SimpleNamespace(data=bytes(MIB))}
    assert put(sending, "mine", "a", bytes(MIB)) == 204
    assert put(sending, "mine", "b", b"x") == 503


def test_what_is_on_its_way_counts_as_held(pages):
    limit = Uploads(None)
    with limit._on_its_way(OURS.actor, uploads.MOST_BYTES):
        assert limit._refuse(OURS.actor, 1, {}) == ("uploads_full", 413)
    assert limit._refuse(OURS.actor, 1, {}) is None


def test_so_many_pages_are_open_at_once_and_a_closed_one_makes_room(monkeypatch):
    monkeypatch.setattr(sockets, "MOST_OF_ADDRESS", 2)

    async def stay(socket):
        await socket.accept()
        if (await socket.receive())["type"] == "websocket.receive":
            await socket.close()

    client = TestClient(
        Starlette(routes=[WebSocketRoute("/_stcore/stream", stay)], middleware=[Middleware(Rate), Middleware(Sockets)])
    )
    with client.websocket_connect("/_stcore/stream") as first, client.websocket_connect("/_stcore/stream"):
        with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect("/_stcore/stream"):
            pass
        assert refused.value.code == 1013
        first.send_text("I go")
        with pytest.raises(WebSocketDisconnect):
            first.receive_text()
        with client.websocket_connect("/_stcore/stream"):
            pass


def test_the_account_of_a_page_is_written_by_the_gate_alone_and_known_to_streamlit(closed):
    named = {}

    async def tell(socket):
        named.update(socket.headers)
        await socket_behind(socket)

    app = Gate(Starlette(routes=[WebSocketRoute("/_stcore/stream", tell)]))
    forged = {**headers_of("commune"), handed_on.ACCOUNT_HEADER: "steward:x"}
    with TestClient(app).websocket_connect("/_stcore/stream", headers=forged) as socket:
        person = handed_on.read({handed_on.HEADER: socket.receive_text()}, read_setting())
    assert named[handed_on.ACCOUNT_HEADER] == person.actor
    assert handed_on.ACCOUNT_HEADER in config.get_option("server.trustedUserHeaders")


def test_files_leave_memory_with_the_screen_that_they_were_sent_on(monkeypatch):
    gone, state = [], {"_sent_reports": 1, "kept": 2}
    manager = SimpleNamespace(remove_session_files=gone.append)
    monkeypatch.setattr(sent_files, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(
        sent_files, "get_script_run_ctx", lambda: SimpleNamespace(session_id="mine", uploaded_file_mgr=manager)
    )
    for screen in ("data", "data"):
        sent_files.leave_others(screen)
    assert (gone, "_sent_reports" in state) == ([], True)
    sent_files.leave_others("map")
    assert gone == ["mine"]
    assert {"kept"} == set(state) - {sent_files._SHOWN}
