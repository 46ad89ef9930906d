"""The start of a server reaches what is done once; connections that a listening socket accepts send at once, and nothing else of the
process is touched."""

import socket
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.web.middleware import MIDDLEWARE
from pages.web.transport import send_without_delay

FILES = Path("/proc/self/fd")


@pytest.mark.skipif(not FILES.is_dir(), reason="this system does not show open files")
def test_what_a_listening_socket_accepts_afterwards_sends_without_delay():
    # As the server binds it: no protocol named, so that asyncio leaves it alone.
    with socket.socket(socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        before = len(list(FILES.iterdir()))
        assert send_without_delay() >= 1
        assert len(list(FILES.iterdir())) == before
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_start_and_the_end_of_a_server_pass_all_that_stands_before_the_routes():
    """The server takes a fault on that way for an application without a start, and says nothing."""
    seen = []

    @asynccontextmanager
    async def lifespan(_app):
        seen.append("start")
        yield
        seen.append("end")

    with TestClient(Starlette(middleware=MIDDLEWARE, lifespan=lifespan)):
        assert seen == ["start"]
    assert seen == ["start", "end"]
