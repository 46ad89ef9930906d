"""Connections that a listening socket accepts send at once, and nothing else of the process is touched."""

import socket
from pathlib import Path

import pytest

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
