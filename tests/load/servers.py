"""One process, or several behind Caddy, as `make run` and `make serve` start them, with the processor time that they use."""

from __future__ import annotations

import os
import secrets
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.people.setting import PROXY_SECRET
from tests.browser.conftest import ROOT as PROJECT
from tests.browser.conftest import Application, free_port

CADDYFILE = PROJECT / "deploy" / "workers.caddy"
# What Caddy says once it listens.
SERVING = "serving initial configuration"


@dataclass(frozen=True, slots=True)
class Served:
    """An address, and the processes behind it."""

    address: str
    processes: list[int]

    def processor_seconds(self) -> float:
        """Processor time of all processes until now."""
        return sum(self.processor_seconds_of(process) for process in self.processes)

    @staticmethod
    def processor_seconds_of(process: int) -> float:
        """Processor time of one process until now."""
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_bytes(self) -> list[int]:
        """Memory of each process as the system counts it (resident set)."""
        pages = (int(Path(f"/proc/{p}/statm").read_text(encoding="ascii").split()[1]) for p in self.processes)
        return [count * os.sysconf("SC_PAGE_SIZE") for count in pages]


@contextmanager
def serve(root: Path, processes: int, proxied: bool | None = None) -> Iterator[Served]:
    """Start the application on a store; behind the proxy where there are several processes, or where it is asked for."""
    secret = secrets.token_urlsafe(32)
    started = [Application(root, **{PROXY_SECRET: secret}) for _ in range(processes)]
    try:
        pids = [application.process.pid for application in started]
        if proxied or (proxied is None and processes > 1):
            with _proxy([a.port for a in started], secret) as address:
                yield Served(address, pids)
        else:
            yield Served(started[0].address, pids)
    finally:
        for application in started:
            application.stop()


@contextmanager
def _proxy(ports: list[int], secret: str) -> Iterator[str]:
    port = free_port()
    upstreams = " ".join(f"127.0.0.1:{p}" for p in ports)
    environment = {"PORT": str(port), "ADDRESS": "127.0.0.1", "UPSTREAMS": upstreams, PROXY_SECRET: secret}
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(CADDYFILE)]
    proxy = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True)
    try:
        assert proxy.stderr is not None
        if not any(SERVING in line for line in iter(proxy.stderr.readline, "")):
            raise RuntimeError("the proxy ended while it started")
        # What else it says is read, or it would wait for a reader one day.
        threading.Thread(target=proxy.stderr.read, daemon=True).start()
        yield f"http://127.0.0.1:{port}"
    finally:
        proxy.terminate()
        proxy.wait()
