"""Our routes as a browser of this machine asks for them, behind all that every answer goes through."""

from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.web.middleware import MIDDLEWARE
from pages.web.routes import ROUTES


def open_client(**options: Any) -> TestClient:
    """A client of the routes; ``options`` are those of Starlette's."""
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), **{"base_url": "http://127.0.0.1:8501", **options})
