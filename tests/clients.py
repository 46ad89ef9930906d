"""Our routes as a browser of this machine asks for them, behind all that every answer goes through."""

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.web.middleware import MIDDLEWARE
from pages.web.routes import ROUTES


def open_client(**options: Any) -> TestClient:
    """A client of the routes; ``options`` are those of Starlette's."""
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), **{"base_url": "http://127.0.0.1:8501", **options})


def page(_request: Request) -> HTMLResponse:
    """What Streamlit answers at every address."""
    return HTMLResponse("<html>Streamlit</html>")


def open_before_pages() -> TestClient:
    """Our middleware and routes before an application that, as Streamlit, has a page for every address."""
    anything = [*ROUTES, Route("/{address:path}", page, methods=["GET", "POST"])]
    return TestClient(Starlette(routes=anything, middleware=MIDDLEWARE), raise_server_exceptions=False)
