"""Which test walks which line: a call before each statement that a mutant changes, and in each function, notes it by test.

A test also walks what was walked to set up a fixture that it asks for, whichever test was the first to.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pytest

from tests.mutate.transfer import Replaced, replaced_codes

_NOTE = "__walked__"
# A place is "module:line", or "module function" for each function that was entered.
Place = str


def place_of(module: str, line: int | str) -> Place:
    return f"{module}:{line}"


def with_notes(module: str, text: str, lines: Sequence[int]) -> Replaced:
    """A module's functions with a call before each statement that holds one of the lines, and at the start of each."""
    tree = ast.parse(text)
    bodies = [body for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for body in _bodies(function)]
    for line in lines:
        holding = [
            (statement.lineno, body, statement)
            for body in bodies
            for statement in body
            if statement.lineno <= line <= (statement.end_lineno or statement.lineno)
        ]
        if holding:
            # The innermost begins last.
            _, body, statement = max(holding, key=lambda one: one[0])
            body.insert(body.index(statement), _note(place_of(module, line), statement))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            first = function.body[0]
            is_said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            function.body.insert(int(is_said), _note(f"{module} {function.name} {function.lineno}", first))
    return replaced_codes(text, tree) or {}


def _bodies(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                yield body


def _note(place: Place, at: ast.stmt) -> ast.stmt:
    return ast.copy_location(ast.parse(f"{_NOTE}({place!r})").body[0], at)


class Noted:
    """A plugin of pytest that gathers, by the name of a test, the places that it walks."""

    def __init__(self) -> None:
        self.now: set[Place] = set()
        self.of_tests: dict[str, set[Place]] = {}
        self.of_fixtures: dict[str, set[Place]] = defaultdict(set)

    def note_in(self, module: object) -> None:
        setattr(module, _NOTE, self.now.add)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef):
        outside = set(self.now)
        self.now.clear()
        result = yield
        if fixturedef.scope != "function":
            self.of_fixtures[fixturedef.argname] |= self.now
        self.now |= outside
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item):
        self.now.clear()
        result = yield
        self.of_tests[item.nodeid] = set(self.now)
        return result

    def walked(self, fixtures: Mapping[str, Sequence[str]]) -> dict[str, list[Place]]:
        """Places by test; ``fixtures``: what each asks for."""
        return {
            name: sorted(places.union(*(self.of_fixtures.get(fixture, set()) for fixture in fixtures[name])))
            for name, places in self.of_tests.items()
        }
