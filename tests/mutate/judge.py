"""Judges one mutant: a process that has every library at hand already is forked, and runs the tests on the changed copy.

To begin a Python and import pandas and Streamlit takes longer than the tests of most mutants.
"""

import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

# Of the processor, for one test and for all tests of a mutant: whoever shares the machine changes the clock, not them. One test that
# takes so long goes round for ever; where all take so long, the mutant counts as survived.
OF_ONE_TEST, OF_A_MUTANT = 60, 120
# By the clock, for what waits for ever and computes nothing.
PATIENCE = 1200
_LIBRARIES = (
    "numpy", "pandas", "scipy.optimize", "scipy.stats", "duckdb", "pyarrow", "shapely", "yaml", "openpyxl", "rapidfuzz", "hypothesis",
    "xdist", "streamlit", "starlette.testclient", "plotly.graph_objects", "geopandas",
)  # fmt: skip
_OPTIONS = ("-q", "-x", "--no-header", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-cov")
_OURS = ("analytics", "data", "geo", "pages", "tests", "app")


def load_libraries() -> None:
    """Import what tests import and no mutant changes; nothing of ours."""
    for name in _LIBRARIES:
        import_module(name)


class _FirstFailure:
    """Tells by a pipe which test failed, or did not come to its end; bounds what each takes of the processor."""

    def __init__(self, said: int) -> None:
        self.said = said

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """True where enough was run: pytest takes the test for done."""
        if _processor_seconds() > OF_A_MUTANT:
            return True
        os.write(self.said, f"{item.nodeid}\n".encode())
        resource.setrlimit(resource.RLIMIT_CPU, (_processor_seconds() + OF_ONE_TEST, resource.RLIM_INFINITY))
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self.said, f"{report.nodeid}\n".encode())


def _processor_seconds() -> int:
    return int(time.process_time())


def first_failure(copy: Path, tests: Sequence[str]) -> str | None:
    """The first of some tests that fails in a copy of the code, or never comes to its end: the first of all where none could begin;
    None where they pass."""
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        _run(copy, tests, said)
    os.close(said)
    _, status = os.waitpid(child, 0)
    _end_what_it_began(child)
    begun = os.read(heard, 65_536).decode().splitlines()
    os.close(heard)
    return None if status == 0 else begun[-1] if begun else tests[0]


def _run(copy: Path, tests: Sequence[str], said: int) -> None:
    """In the child: ends the process with what the tests said."""
    code = 3
    try:
        os.setsid()
        signal.alarm(PATIENCE)
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        os.chdir(copy)
        # The compiled file of a changed module would be taken for that of the next one of the same length and second.
        sys.dont_write_bytecode = True
        sys.path[0] = str(copy)
        for name in [name for name in sys.modules if name.split(".")[0] in _OURS]:
            del sys.modules[name]
        code = int(pytest.main([*_OPTIONS, *tests], plugins=[_FirstFailure(said)]))
    finally:
        os._exit(code)


def _end_what_it_began(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
