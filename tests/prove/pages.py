"""A hostile caller of each role speaks to Streamlit's own addresses: its websocket, the pages of others, uploads, files of others."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2 as httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from data.people.accounts import pseudonym, set_role
from data.people.sessions import visit
from data.people.setting import PROXY_SECRET, PUBLIC, SIGN_IN
from data.people.viewer import OPERATOR, viewer_of
from data.records.kind import Role
from pages.web.sockets import MOST_OF_ADDRESS
from pages.web.uploads import MOST_BYTES
from tests.browser.conftest import Application
from tests.closed_house import HERE, SECRET, SIGNED_IN, THERE, headers_of

ROUNDS = 1
SAYS = "a hostile caller of each role at Streamlit's websocket, uploads and files: nothing of another's reached"
PATIENCE, LARGEST = 120, 2**27
UPLOAD = "/_stcore/upload_file"
# What Streamlit obeys on a developer's machine.
ORDERS = ("debug_shutdown_runtime", "debug_disconnect_websocket", "load_git_info", "clear_cache", "stop_script")


def run(root: Path, at: int) -> None:
    for role in SIGNED_IN:
        visit(pseudonym("proxy", role.value))
        set_role(OPERATOR, pseudonym("proxy", role.value), role, (HERE,), known=(HERE, THERE))
    visit(pseudonym("proxy", "neighbour"))
    set_role(OPERATOR, pseudonym("proxy", "neighbour"), Role.COMMUNE, (THERE,), known=(HERE, THERE))
    running = Application(root, **{SIGN_IN: "headers", PUBLIC: "1", PROXY_SECRET: SECRET})
    try:
        for attack in (_handshakes, _messages, _other_screens, _other_communes, _pages_of_others, _floods):
            asyncio.run(attack(running.address))
    finally:
        running.stop()


@asynccontextmanager
async def _page(address, who, protocols=("streamlit",), **further):
    """A page of somebody's, over the websocket."""
    headers = {**headers_of(who), **further.pop("headers", {})}
    to = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(
        to,
        subprotocols=list(protocols),
        additional_headers=headers,
        max_size=LARGEST,
        open_timeout=PATIENCE,
        **further,
    ) as socket:
        yield socket


async def _show(socket, page="", query="", changed=(), page_hash=""):
    """Ask for a screen; what came until it stood."""
    asked = BackMsg()
    asked.rerun_script.query_string, asked.rerun_script.page_name = query, page
    asked.rerun_script.page_script_hash = page_hash
    asked.rerun_script.widget_states.widgets.extend(changed)
    await socket.send(asked.SerializeToString())
    came = []
    async with asyncio.timeout(PATIENCE):
        while not came or came[-1].WhichOneof("type") != "script_finished":
            came.append(ForwardMsg.FromString(await socket.recv()))
    return came


def _elements(came, kind):
    new = [m.delta.new_element for m in came if m.WhichOneof("type") == "delta"]
    return [getattr(element, kind) for element in new if element.WhichOneof("type") == kind]


def _title(came):
    return next((heading.body for heading in _elements(came, "heading") if heading.tag == "h1"), "")


def _screens(came):
    """Names and hashes of the screens that a role is offered."""
    (offered,) = [m.navigation for m in came if m.WhichOneof("type") == "navigation"][-1:]
    return {page.url_pathname: page.page_script_hash for page in offered.app_pages}


def _id_of(came):
    return next(m.new_session.initialize.session_id for m in came if m.WhichOneof("type") == "new_session")


async def _handshakes(address):
    refused = [("nobody", {}), ("steward", {"origin": "https://evil.example"}), ("steward", {"origin": "null"}),
               ("steward", {"headers": {"Host": "evil.example"}}),
               ("nobody", {"headers": {"x-service-pressure-person": "eyJ9.00", "x-service-pressure-account": "steward"}})]  # fmt: skip
    for who, further in refused:
        with pytest.raises(InvalidStatus) as refused:
            await _page(address, who, **dict(further)).__aenter__()
        assert refused.value.response.status_code in (400, 403), further


async def _messages(address):
    for said in (b"\xff" * 100, "words", b"\x00" * 60_000_000):
        async with _page(address, "commune") as socket:
            try:
                await socket.send(said)
                while True:
                    await asyncio.wait_for(socket.recv(), PATIENCE)
            except ConnectionClosed:
                pass
    for order in ORDERS:
        async with _page(address, "commune") as socket:
            asked = BackMsg()
            setattr(asked, order, True)
            await socket.send(asked.SerializeToString())
            assert _title(await _show(socket, "commune")), order


async def _other_screens(address):
    async with _page(address, "steward") as socket:
        every = _screens(await _show(socket))
    for role in (*SIGNED_IN, Role.PUBLIC):
        async with _page(address, role.value) as socket:
            first = await _show(socket)
            own = _screens(first)
            assert set(own) - {""} == set(viewer_of(role, (HERE,)).screens[1:])
            for name, page_hash in every.items():
                if name not in own:
                    for came in (await _show(socket, page_hash=page_hash), await _show(socket, name)):
                        assert _title(came) == _title(first), (role, name)


async def _other_communes(address):
    async with _page(address, "steward") as socket:
        theirs = _title(await _show(socket, "commune", f"commune={THERE}&lang=fr"))
    async with _page(address, "commune") as socket:
        came = await _show(socket, "commune", f"commune={THERE}&lang=fr")
        own = _title(came)
        assert own != theirs
        for box in _elements(came, "selectbox"):
            for said in (THERE, "Ait Iaaza", "x", "'; drop table"):
                changed = [WidgetState(id=box.id, string_value=said)]
                title = _title(await _show(socket, "commune", "lang=fr", changed))
                assert title.split(" ")[:2] == own.split(" ")[:2], (box.label, said)


async def _pages_of_others(address):
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client, _page(address, "commune") as ours:
        mine = _id_of(await _show(ours, "data"))
        token = (await client.get("/_stcore/health", headers=headers_of("commune"))).cookies["_streamlit_xsrf"]
        sent = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token}
        file = {"file": ("a.csv", b"a;b")}
        for who in ("nobody", "public", "reader", "neighbour", "steward"):
            answer = await client.put(f"{UPLOAD}/{mine}/f", files=file, headers={**headers_of(who), **sent})
            assert answer.status_code in (401, 403, 404), who
            answer = await client.delete(f"{UPLOAD}/{mine}/f", headers={**headers_of(who), **sent})
            assert answer.status_code in (401, 403, 404), who
        assert (await client.put(f"{UPLOAD}/{mine}/f", files=file, headers=headers_of("commune"))).status_code == 403
        for who in ("public", "neighbour", "steward"):
            async with _page(address, who, ("streamlit", "x", mine)) as socket:
                assert _id_of(await _show(socket)) != mine, who
        assert _id_of(await _show(ours, "data")) == mine
        for name in ("0" * 56 + ".csv", "../app.py", "..%2f..%2fapp.py"):
            assert (await client.get(f"/media/{name}", headers=headers_of("commune"))).status_code in (400, 404), name
        largest, codes = {"file": ("b.csv", b"x" * 49_000_000)}, []
        while not codes or codes[-1] == 204:
            at = f"{UPLOAD}/{mine}/{len(codes)}"
            codes.append((await client.put(at, files=largest, headers={**headers_of("commune"), **sent})).status_code)
        assert (len(codes) - 1, codes[-1]) == (MOST_BYTES // 49_000_000, 413)
        await _show(ours, "methods")
        # Who has left the screen holds nothing of it any more.
        at = f"{UPLOAD}/{mine}/again"
        assert (await client.put(at, files=largest, headers={**headers_of("commune"), **sent})).status_code == 204


async def _floods(address):
    opened, refused = [], 0
    try:
        while not refused:
            page = _page(address, "public")
            try:
                await page.__aenter__()
                opened.append(page)
            except InvalidStatus:
                refused += 1
        assert len(opened) <= MOST_OF_ADDRESS
    finally:
        for page in opened:
            await page.__aexit__(None, None, None)
