"""How the server's connections are set: answers leave at once on a connection that is kept."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_OWN_FILES = Path("/proc/self/fd")


def send_without_delay() -> int:
    """Have no connection wait for more to send (TCP_NODELAY instead of Nagle's algorithm); how many sockets were set.

    The server binds its socket without naming a protocol, and asyncio sets the option only where one is named: each answer on a
    connection that is kept waited about 40 ms for the acknowledgement of the one before. The connections that a listening socket
    accepts inherit what it is set to. Where a system does not show its open files, nothing is set.
    """
    count = 0
    for listening in _listening_sockets():
        with listening:
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            count += 1
    return count


def _listening_sockets() -> Iterator[socket.socket]:
    """This process's sockets that wait for TCP connections, each as a copy that is to be closed."""
    for path in list(_OWN_FILES.iterdir()) if _OWN_FILES.is_dir() else ():
        copy = -1
        with suppress(OSError):
            copy = os.dup(int(path.name))
            if (found := _listening(copy)) is not None:
                yield found
                continue
        if copy >= 0:
            os.close(copy)


def _listening(descriptor: int) -> socket.socket | None:
    """The socket behind a descriptor, which it takes over; None where it is no socket that listens for TCP."""
    found = socket.socket(fileno=descriptor)
    is_tcp = found.family in (socket.AF_INET, socket.AF_INET6) and found.type == socket.SOCK_STREAM
    if is_tcp and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        return found
    found.detach()
    return None
