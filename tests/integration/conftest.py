"""What several files of integration tests share: an installation with people of each role, charts that are drawn once."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from data.people.accounts import pseudonym, set_role
from data.people.sessions import visit
from data.people.setting import PROXY_SECRET, PUBLIC, SIGN_IN
from data.people.viewer import OPERATOR
from data.store import ROOT_VARIABLE, Store
from pages.figures.load import load_figures
from tests.clients import open_client
from tests.closed_house import HERE, SECRET, SIGNED_IN, THERE
from tests.conftest import read_through
from tests.drawings import draw_and_keep, list_charts
from tests.sent_figures import send_month


@pytest.fixture
def closed(built_store, tmp_path, monkeypatch):
    """An installation behind a proxy, open to the public, with a person of each role; the store is the one that was built."""
    read_through(built_store, tmp_path / "taroudannt")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    monkeypatch.setenv(SIGN_IN, "headers")
    monkeypatch.setenv(PROXY_SECRET, SECRET)
    monkeypatch.setenv(PUBLIC, "1")
    for role in SIGNED_IN:
        visit(pseudonym("proxy", role.value))
        set_role(OPERATOR, pseudonym("proxy", role.value), role, (HERE,), known=(HERE, THERE))


@pytest.fixture(scope="module")
def read_only(built_store):
    """Figures of the store that tests only read, under a name that golden pictures can hold."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(built_store))
        yield replace(load_figures(Store(built_store).snapshot_id()), snapshot_id="20260101T000000")


@pytest.fixture(scope="module")
def charts(read_only):
    """Every chart that leaves a screen, by name; their subjects are computed once."""
    return list_charts(read_only)


@pytest.fixture
def picture():
    """Draws a chart and gives the picture before it takes a form: no PNG is made."""
    return lambda chart, screen: draw_and_keep(chart, screen, render=lambda _figure, _form: b"")[0]


@pytest.fixture
def client(built):
    """Our routes on the built store, as a browser of this machine asks for them."""
    return open_client()


@pytest.fixture
def client_of_a_copy(store):
    """The same on a copy of the store, for a test that writes."""
    return open_client()


@pytest.fixture(scope="session")
def reported_store(official_store, tmp_path_factory) -> Path:
    """A store of measured figures to which one commune sent one month; copy it, never write to it."""
    root = tmp_path_factory.mktemp("reported") / "store"
    shutil.copytree(official_store, root)
    send_month(Store(root), 1250)
    return root


@pytest.fixture
def reported(reported_store, tmp_path, monkeypatch) -> Store:
    """A copy of it for one test that writes, which the whole application uses meanwhile."""
    root = tmp_path / "store"
    shutil.copytree(reported_store, root)
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    return Store(root)
