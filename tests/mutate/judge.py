"""Judges one mutant: a process that has every library at hand already is forked, and runs the tests on the changed copy.

To begin a Python and import pandas and Streamlit takes longer than the tests of most mutants.
"""

import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.mutate.built_once import BuiltOnce

# Of the processor, for one test and for all tests of a mutant: whoever shares the machine changes the clock, not them. One test that
# takes so long goes round for ever; where all take so long, the mutant counts as survived.
OF_ONE_TEST, OF_A_MUTANT = 30, 60
# By the clock, for what waits for ever and computes nothing.
PATIENCE = 1200
_LIBRARIES = (
    "numpy", "pandas", "scipy.optimize", "scipy.stats", "duckdb", "pyarrow", "shapely", "yaml", "openpyxl", "rapidfuzz", "hypothesis",
    "xdist", "streamlit", "starlette.testclient", "plotly.graph_objects", "geopandas",
)  # fmt: skip
READER = "tests.mutate.read_here"
OPTIONS = (
    "-q",
    "-p",
    READER,
    "-x",
    "--no-header",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--no-cov",
)
_OURS = ("analytics", "data", "geo", "pages", "tests", "app")


def load_libraries() -> None:
    """Import what tests import and no mutant changes; nothing of ours."""
    for name in _LIBRARIES:
        import_module(name)


class FirstFailure:
    """Tells in a file which test failed, or did not come to its end; bounds what each takes of the processor."""

    def __init__(self, said: int, bounded: bool) -> None:
        self.said, self.bounded = said, bounded

    def pytest_collection(self) -> None:
        one_example_is_enough()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """True where enough was run: pytest takes the test for done."""
        if self.bounded and _processor_seconds() > OF_A_MUTANT:
            return True
        os.write(self.said, f"{item.nodeid}\n".encode())
        resource.setrlimit(resource.RLIMIT_CPU, (_processor_seconds() + OF_ONE_TEST, resource.RLIM_INFINITY))
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self.said, f"{report.nodeid}\n".encode())


def one_example_is_enough() -> None:
    """To look for the smallest that fails takes longer than all tests."""
    from hypothesis import Phase, settings

    settings.register_profile("first example", deadline=None, database=None, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("first example")


def _processor_seconds() -> int:
    return int(time.process_time())


@dataclass(frozen=True)
class Judge:
    """``copy``: the code, one mutant at a time in it; ``stores``: by the name of a fixture, a store that was built without one."""

    copy: Path
    stores: Mapping[str, Path]

    def first_failure(self, tests: Sequence[str], *, ready_stores: bool = False, bounded: bool = True) -> str | None:
        """The first of some tests that fails in the copy, or never comes to its end: the first of all where none could begin;
        None where they pass, or where enough was run."""
        with tempfile.TemporaryFile() as said:
            child = os.fork()
            if not child:
                plugins = [FirstFailure(said.fileno(), bounded), *([BuiltOnce(self.stores)] if ready_stores else [])]
                _run(self.copy, tests, plugins)
            _, status = os.waitpid(child, 0)
            end_what_it_began(child)
            return name_said(status, said, tests)


def name_said(status: int, said: BinaryIO, tests: Sequence[str]) -> str | None:
    """What a fork told before it ended: the last test that it began, the first where it could begin none; None where all passed."""
    said.seek(0)
    names = said.read().decode().splitlines()
    return None if status == 0 else names[-1] if names else tests[0]


def become(copy: Path) -> None:
    """The process is silent from now on, works in the copy, and has loaded nothing of ours."""
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    os.chdir(copy)
    # The compiled file of a changed module would be taken for that of the next one of the same length and second.
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.path[0] = str(copy)
    for name in [name for name in sys.modules if name.split(".")[0] in _OURS]:
        del sys.modules[name]


def _run(copy: Path, tests: Sequence[str], plugins: Sequence[object]) -> None:
    """In the child: ends the process with what the tests said."""
    code = 3
    try:
        os.setsid()
        signal.alarm(PATIENCE)
        become(copy)
        code = int(pytest.main([*OPTIONS, *tests], plugins=plugins))
    finally:
        os._exit(code)


def end_what_it_began(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
