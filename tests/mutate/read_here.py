"""Files are read in the process of the test, not in the one that all tests share: so that the lines of the reader know their tests,
and a mutant of it is the code that is run. A plugin of pytest.

Tests of the process itself keep it. It is started by them, so that it holds the mutant too.
"""

import pickle
from importlib import import_module
from typing import Any

import pytest

_OF_THE_PROCESS = "test_reading_apart.py"


class _Here:
    """What is asked instead of the reading process; gives what has passed as bytes, as that does."""

    def ask(self, request: bytes, *, ends_after: bool) -> tuple[str, Any]:
        answer = import_module("data.importing.reading_child")._answer(pickle.loads(request))
        kind, said = pickle.loads(pickle.dumps(answer, protocol=5))
        return kind, said


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.path.name != _OF_THE_PROCESS:
        monkeypatch.setattr(import_module("data.importing.apart"), "_READER", _Here())
