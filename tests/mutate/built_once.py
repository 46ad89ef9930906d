"""Stores that tests only read, built once for all mutants of what reads them: to build one takes longer than most tests."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

_BUILD = """
import shutil, sys
from pathlib import Path
from data.ingest import drop_demonstration
from data.initialise import initialise
from data.store import Store
from tests.territories import VALCLAIR
root = Path(sys.argv[1])
initialise(Store(root / "built_store"))
initialise(Store(root / "valclair_store", province=VALCLAIR))
shutil.copytree(root / "built_store", root / "official_store")
with Store(root / "official_store").write("drop-demonstration") as connection:
    drop_demonstration(connection)
"""
_BUILT = ("built_store", "valclair_store", "official_store")


def build_stores(folder: Path) -> dict[str, Path]:
    """The stores of ``tests/conftest.py``, by the name of their fixture, in a folder that is made."""
    folder.mkdir()
    subprocess.run([sys.executable, "-c", _BUILD, str(folder)], check=True)
    return {name: folder / name for name in _BUILT}


class BuiltOnce:
    """A plugin of pytest: such a fixture is a copy of its store; those of the same name in a folder below stay as they are."""

    def __init__(self, stores: Mapping[str, Path]) -> None:
        self.stores = stores

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> Path | None:
        """The store, or None for pytest to call the fixture."""
        built = self.stores.get(fixturedef.argname)
        if built is None or fixturedef.func.__module__ != "tests.conftest":
            return None
        path = request.getfixturevalue("tmp_path_factory").mktemp("stores") / fixturedef.argname
        shutil.copytree(built, path)
        fixturedef.cached_result = (path, fixturedef.cache_key(request), None)
        return path
