"""A process that has collected the tests and loaded what they test, and is forked for each mutant: what changes is put into the fork.

To load all that anew takes longer than the tests of most mutants.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from tests.mutate.built_once import BuiltOnce
from tests.mutate.judge import OPTIONS, PATIENCE, FirstFailure, become, end_what_it_began, name_said, one_example_is_enough
from tests.mutate.transfer import put_in, replaced_codes
from tests.mutate.walked import Noted, Place, with_notes

# How a fork ends that could not take the change.
_CANNOT = 77


class CannotChangeError(Exception):
    """What is to be changed runs while its module is loaded, or is not loaded."""


class Warm:
    """The process, begun with the files of the tests, in the copy."""

    def __init__(self, copy: Path, files: Sequence[str], stores: Mapping[str, Path]) -> None:
        self._here, there = Pipe()
        if not os.fork():
            self._here.close()
            become(copy)
            tests = str(copy.parent / "tests")
            pytest.main([*OPTIONS, "-m", "not slow", "--basetemp", tests, *files], plugins=[_Server(there, copy, stores)])
            os._exit(1)
        there.close()

    def walk(self, lines: Mapping[str, Sequence[int]], files: Sequence[str]) -> dict[str, list[Place]]:
        """Places that each test of some files walks; ``lines``: by module."""
        return self._ask("walk", lines, files)

    def first_failure(
        self,
        tests: Sequence[str],
        module: str = "",
        texts: tuple[str, str] = ("", ""),
        *,
        ready_stores: bool = False,
        bounded: bool = True,
    ) -> str | None:
        """The first of some tests that fails, or never comes to its end, where a module is changed (texts of before and after).

        Raises:
            CannotChangeError: the change is none of a function that is loaded.
        """
        said = self._ask("judge", tests, module, texts, ready_stores, bounded)
        if said == _CANNOT:
            raise CannotChangeError
        return said

    def _ask(self, *request: object) -> Any:
        self._here.send(request)
        return self._here.recv()


class _Server:
    """A plugin of pytest that answers instead of running what was collected."""

    def __init__(self, connection: Connection, copy: Path, stores: Mapping[str, Path]) -> None:
        self.connection, self.copy, self.stores = connection, copy, stores

    def pytest_collection(self) -> None:
        one_example_is_enough()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        answers = {"walk": self._walk, "judge": self._judge}
        while True:
            try:
                name, *asked = self.connection.recv()
            except EOFError:
                os._exit(0)
            self.connection.send(answers[name](session, *asked))

    def _walk(
        self, session: pytest.Session, lines: Mapping[str, Sequence[int]], files: Sequence[str]
    ) -> dict[str, list[Place]]:
        noted = Noted()
        session.config.pluginmanager.register(noted)
        items = [item for item in session.items if item.nodeid.partition("::")[0] in set(files)]
        here, there = Pipe()
        if not (child := os.fork()):
            for module, at in lines.items():
                if loaded := _loaded(self.copy, module):
                    noted.note_in(loaded)
                    put_in(loaded, with_notes(module, (self.copy / module).read_text(encoding="utf-8"), at))
            session.config.option.maxfail = 0
            _run(session, items)
            there.send(noted.walked({item.nodeid: item.fixturenames for item in items}))
            os._exit(0)
        there.close()
        found = here.recv()
        os.waitpid(child, 0)
        session.config.pluginmanager.unregister(noted)
        return found

    def _judge(
        self,
        session: pytest.Session,
        tests: Sequence[str],
        module: str,
        texts: tuple[str, str],
        ready_stores: bool,
        bounded: bool,
    ) -> object:
        named = {item.nodeid: item for item in session.items}
        with tempfile.TemporaryFile() as said:
            if not (child := os.fork()):
                os.setsid()
                signal.alarm(PATIENCE)
                if module and not self._change(module, *texts):
                    os._exit(_CANNOT)
                manager = session.config.pluginmanager
                manager.register(FirstFailure(said.fileno(), bounded))
                if ready_stores:
                    manager.register(BuiltOnce(self.stores))
                # A test that is gone has failed: it cannot have found anything.
                os._exit(
                    int(_run(session, [named[name] for name in tests if name in named]) or not set(tests) <= set(named))
                )
            _, status = os.waitpid(child, 0)
            end_what_it_began(child)
            # A number: a class of ours may have been loaded anew by a test, and is then another one to whoever asked.
            return _CANNOT if os.waitstatus_to_exitcode(status) == _CANNOT else name_said(status, said, tests)

    def _change(self, module: str, before: str, after: str) -> bool:
        loaded, replaced = _loaded(self.copy, module), replaced_codes(before, after)
        return bool(loaded and replaced and put_in(loaded, replaced))


def _loaded(copy: Path, module: str) -> Any:
    return next((m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(copy / module)), None)


def _run(session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
    """Whether one failed: the last that was run, where the session ends with the first."""
    session.testsfailed = 0
    for item, following in zip(items, [*items[1:], None], strict=True):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.config.option.maxfail and session.testsfailed:
            break
    return session.testsfailed > 0
