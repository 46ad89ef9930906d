"""How a mutant comes into a loaded module, and which tests are known to walk its line (tests/mutate)."""

import importlib.util
from types import SimpleNamespace

import pytest

from tests.mutate.transfer import put_in, replaced_codes
from tests.mutate.walked import Noted, place_of, with_notes

BEFORE = '''"""A module."""
from functools import cache

LIMIT = 3


class Rule:
    """A rule."""

    share = 2

    def of(self, value, least=1):
        """Doubled, where it is not small."""
        if value < least:
            return 0
        return value * self.share


def over(values):
    return [value for value in values if value > LIMIT]


def counted(step):
    def count(value):
        return value + step
    return count


@cache
def kept(value):
    return Rule().of(value)
'''


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "analytics_example.py"
    path.write_text(BEFORE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("analytics", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def change(module, was: str, now: str) -> bool:
    replaced = replaced_codes(BEFORE, BEFORE.replace(was, now))
    return bool(replaced) and put_in(module, replaced)


def test_a_changed_function_is_the_changed_one_for_whoever_holds_it(module):
    of, over, count = module.Rule().of, module.over, module.counted(1)
    assert (module.kept(4), over([3, 4]), count(1)) == (8, [4], 2)
    assert change(module, "value * self.share", "value + self.share")
    # What was remembered was computed before.
    assert (of(4), module.kept(4)) == (6, 6)
    assert change(module, "value > LIMIT", "value >= LIMIT")
    assert over([3, 4]) == [3, 4]
    assert change(module, "value + step", "value - step")
    assert (count(1), module.counted(1)(1)) == (0, 0)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("share = 2", "share = 3"),
        ("least=1", "least=2"),
        ("@cache\n", ""),
        ("class Rule:", "class Rule(dict):"),
    ],
)
def test_what_runs_while_a_module_is_loaded_is_not_taken_for_a_function(was, now):
    assert replaced_codes(BEFORE, BEFORE.replace(was, now)) is None


def test_a_function_that_is_not_loaded_is_told():
    assert not put_in(
        SimpleNamespace(__name__="analytics.absent", __file__="absent.py"),
        replaced_codes(BEFORE, BEFORE.replace("+ step", "")),
    )


def test_a_line_is_walked_by_whoever_comes_to_it_and_a_function_by_whoever_enters_it(module):
    small, doubled = (BEFORE[: BEFORE.index(text)].count("\n") + 1 for text in ("return 0", "return value * self"))
    noted = Noted()
    noted.note_in(module)
    assert put_in(module, with_notes("m.py", BEFORE, [small, doubled]))
    module.Rule().of(4)
    assert place_of("m.py", doubled) in noted.now
    assert place_of("m.py", small) not in noted.now
    assert len([place for place in noted.now if place.startswith("m.py of ")]) == 1
    module.Rule().of(0)
    assert place_of("m.py", small) in noted.now
