"""Which pages may open a websocket: those that were opened under the name and port that it is asked for at."""

from contextlib import nullcontext

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from pages.web import guard
from pages.web.guard import KnownHosts


@pytest.mark.parametrize(
    ("origin", "headers", "opens"),
    [
        (None, {}, True),
        ("http://127.0.0.1:8501", {}, True),
        ("https://Pression.example.ma", {"host": "pression.example.ma"}, True),
        ("https://pression.example.ma", {"host": "pression.example.ma:443"}, True),
        ("https://pression.example.ma:8443", {"host": "10.0.0.1", "x-forwarded-host": "pression.example.ma:8443"}, True),
        # Another service under the same name: a browser sends it our cookies.
        ("http://127.0.0.1:8888", {}, False),
        ("https://pression.example.ma:8443", {"host": "pression.example.ma"}, False),
        ("http://pression.example.ma", {"host": "pression.example.ma:443"}, False),
        ("http://localhost:8501", {}, False),
        ("http://evil.example", {}, False),
        ("http://127.0.0.1:8501@evil.example", {}, False),
        ("null", {}, False),
        ("", {}, False),
    ],
)
def test_a_page_of_another_origin_opens_no_websocket(monkeypatch, origin, headers, opens):
    monkeypatch.setattr(guard, "is_host_allowed", lambda _host: True)
    client = TestClient(
        KnownHosts(Starlette(routes=[WebSocketRoute("/_stcore/stream", hear)])), base_url="http://127.0.0.1:8501"
    )
    asked = {"host": "127.0.0.1:8501", **headers, **({} if origin is None else {"origin": origin})}
    with (
        nullcontext() if opens else pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=asked),
    ):
        assert opens


async def hear(socket) -> None:
    await socket.accept()
    await socket.close()
