"""Judges one mutant: a process that has every library at hand already is forked, and runs the tests on the changed copy.

To begin a Python and import pandas and Streamlit takes longer than the tests of most mutants.
"""

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest

SECONDS = 300
_LIBRARIES = ("numpy", "pandas", "scipy.optimize", "scipy.stats", "duckdb", "pyarrow", "shapely", "yaml", "openpyxl",
              "rapidfuzz", "hypothesis", "xdist", "streamlit", "starlette.testclient", "plotly.graph_objects", "geopandas")  # fmt: skip
_OPTIONS = ("-q", "-x", "--no-header", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-cov")
_OURS = ("analytics", "data", "geo", "pages", "tests", "app")


def load_libraries() -> None:
    """Import what tests import and no mutant changes; nothing of ours."""
    for name in _LIBRARIES:
        import_module(name)


def passes(copy: Path, tests: Sequence[str]) -> bool:
    """Whether the tests pass in a copy of the code; one that takes too long does not."""
    child = os.fork()
    if not child:
        _run(copy, tests)
    _, status = os.waitpid(child, 0)
    _end_what_it_began(child)
    return status == 0


def _run(copy: Path, tests: Sequence[str]) -> None:
    """In the child: ends the process with what the tests said."""
    code = 3
    try:
        os.setsid()
        signal.alarm(SECONDS)
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        os.chdir(copy)
        # The compiled file of a changed module would be taken for that of the next one of the same length and second.
        sys.dont_write_bytecode = True
        sys.path[0] = str(copy)
        for name in [name for name in sys.modules if name.split(".")[0] in _OURS]:
            del sys.modules[name]
        code = int(pytest.main([*_OPTIONS, *tests]))
    finally:
        os._exit(code)


def _end_what_it_began(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass
