"""A slow line between the browser and the server: a proxy that lets through so many bytes a second each way, each one late.

Chromium's own throttling is set for one page at a time and has not always covered websockets; a line covers whatever passes.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress

KILOBITS_PER_SECOND = 400
ROUND_TRIP_SECONDS = 0.4
PACKET = 1460
_IN_FLIGHT = 64


class _Way:
    """One direction of the line, shared by every connection: a packet waits until those before it have passed."""

    def __init__(self, bytes_per_second: float, round_trip_seconds: float) -> None:
        self.bytes_per_second = bytes_per_second
        self.late_seconds = round_trip_seconds / 2
        self.free_at = 0.0
        self.bytes_passed = 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Bytes of one connection, in order, at the speed of the line."""
        clock, flying = asyncio.get_running_loop().time, asyncio.Queue[tuple[float, bytes]](_IN_FLIGHT)
        arriving = asyncio.create_task(_arrive(flying, writer, clock))
        packet = b"?"
        while packet:
            try:
                packet = await reader.read(PACKET)
            except ConnectionError:
                packet = b""
            self.free_at = max(self.free_at, clock()) + len(packet) / self.bytes_per_second
            self.bytes_passed += len(packet)
            sent = self.free_at
            await asyncio.sleep(sent - clock())
            await flying.put((sent + self.late_seconds, packet))
        await arriving


async def _arrive(
    flying: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter, clock: Callable[[], float]
) -> None:
    """Hand each packet over when it is due; an empty one closes the connection."""
    packet = b"?"
    while packet:
        due, packet = await flying.get()
        await asyncio.sleep(due - clock())
        # Who hangs up early is sent nothing more; what was still on the line is taken off it.
        if not writer.is_closing():
            writer.write(packet)
            with suppress(ConnectionError):
                await writer.drain()
    writer.close()


class SlowLine:
    """The line to a server: ``port`` is where the browser calls, ``bytes_down`` what has come through to it."""

    def __init__(self, server_port: int, kilobits_per_second: float, round_trip_seconds: float) -> None:
        self.server_port, self.port = server_port, 0
        self._round_trip_seconds = round_trip_seconds
        self._up, self._down = (_Way(kilobits_per_second * 1000 / 8, round_trip_seconds) for _ in range(2))
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def bytes_down(self) -> int:
        """Bytes that have come through to the browser, headers and websocket frames included."""
        return self._down.bytes_passed

    def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.create_task(self._connect(reader, writer))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A connection costs a round trip before anything is asked over it.
        await asyncio.sleep(self._round_trip_seconds)
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        await asyncio.gather(self._up.carry(reader, server_writer), self._down.carry(server_reader, writer))

    async def serve(self, opened: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]) -> None:
        """Carry connections until the event is set that is handed over once the line is open."""
        end = asyncio.Event()
        server = await asyncio.start_server(self._call, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        opened.set_result((asyncio.get_running_loop(), end))
        await end.wait()
        server.close()


@contextmanager
def slow_line(
    server_port: int,
    kilobits_per_second: float = KILOBITS_PER_SECOND,
    round_trip_seconds: float = ROUND_TRIP_SECONDS,
) -> Iterator[SlowLine]:
    """A line that is open as long as the block runs."""
    line, opened = SlowLine(server_port, kilobits_per_second, round_trip_seconds), Future()
    thread = threading.Thread(target=lambda: asyncio.run(line.serve(opened)), daemon=True)
    thread.start()
    loop, end = opened.result()
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()
