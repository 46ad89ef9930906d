"""What many tests share: a store built once, copied for each test that writes."""

import shutil
from pathlib import Path

import pytest

from data.ingest import drop_demonstration
from data.initialise import initialise
from data.store import ROOT_VARIABLE, Store


@pytest.fixture(scope="session")
def built_store(tmp_path_factory) -> Path:
    """The store as `python -m data init` makes it; read it, never write to it."""
    root = tmp_path_factory.mktemp("built")
    initialise(Store(root))
    return root


@pytest.fixture(scope="session")
def official_store(built_store, tmp_path_factory) -> Path:
    """The built store without its demonstration figures: a tenth of the rows."""
    root = tmp_path_factory.mktemp("official") / "store"
    shutil.copytree(built_store, root)
    with Store(root).write("drop-demonstration") as connection:
        drop_demonstration(connection)
    return root


@pytest.fixture
def built(built_store, monkeypatch) -> Store:
    """The built store itself, for tests that only read: figures computed once serve them all."""
    monkeypatch.setenv(ROOT_VARIABLE, str(built_store))
    return Store(built_store)


@pytest.fixture
def store(built_store, tmp_path, monkeypatch) -> Store:
    """A copy of the built store for one test that writes, which the whole application uses meanwhile."""
    root = tmp_path / "store"
    shutil.copytree(built_store, root)
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    return Store(root)


@pytest.fixture
def figures(built):
    """The figures of the built store."""
    from pages.figures.load import load_figures

    return load_figures(built.snapshot_id())
