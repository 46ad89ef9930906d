"""What a server does once, when it starts: sockets that do not wait, figures that are there before the first visitor."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from data.publishing import do_ahead
from pages.figures.ahead import compute_ahead, warm
from pages.figures.following import FOLLOWING
from pages.web.transport import send_without_delay

# "0": figures are computed when they are first asked for, as a test or a small machine may wish.
VARIABLE = "SERVICE_PRESSURE_WARM"


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """From the start of the server to its end."""
    send_without_delay()
    if os.environ.get(VARIABLE, "1") != "0":
        do_ahead(compute_ahead)
        FOLLOWING.follow(compute_ahead)
        threading.Thread(target=_warm, name="warm", daemon=True).start()
    yield


def _warm() -> None:
    # The libraries of the first screens take a second to load, in which the server answers already.
    import pages.first_view  # noqa: F401

    warm()
