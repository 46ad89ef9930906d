"""A changed function into a module that is loaded: every function object that has the code of before gets that of after.

To load our modules anew and collect the tests takes ten times as long as the tests of most mutants. What is done while a module is
loaded (constants, classes, defaults, decorators) cannot be changed so: it is told, and judged in a process that loads it anew.
"""

import ast
import gc
from functools import _lru_cache_wrapper
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType, ModuleType

Replaced = dict[CodeType, CodeType]


def replaced_codes(before: str, after: str | ast.Module) -> Replaced | None:
    """What of a module's functions is other in its second text; None where something is that runs while it is loaded.

    Both texts hold the same functions in the same order.
    """
    pairs = _pairs(compile(before, "<module>", "exec"), compile(after, "<module>", "exec"))
    if pairs is None or any(not _is_function(was) and _own(was) != _own(now) for was, now in pairs):
        return None
    # The variables of an enclosing function are cells that a function object keeps.
    if any(was.co_freevars != now.co_freevars for was, now in pairs):
        return None
    return {was: now for was, now in pairs if _is_function(was) and was != now}


def put_in(module: ModuleType, replaced: Replaced) -> bool:
    """Whether a function of the module was there to be changed; what was remembered of earlier calls is forgotten.

    What the centre is handed by the rooms around it stays remembered: it was computed without it.
    """
    forgotten = ("analytics",) if module.__name__.startswith("analytics") else ("analytics", "data", "geo", "pages")
    found = 0
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == module.__file__:
            new = replaced.get(thing.__code__)
            if new is not None:
                thing.__code__ = new.replace(co_filename=thing.__code__.co_filename)
                found += 1
        elif isinstance(thing, _lru_cache_wrapper) and str(thing.__module__).split(".")[0] in forgotten:
            thing.cache_clear()
    return found > 0


def _is_function(code: CodeType) -> bool:
    """Not the body of a module or of a class, which runs once."""
    return bool(code.co_flags & CO_OPTIMIZED)


def _own(code: CodeType) -> tuple[object, ...]:
    """What a body does itself, without the functions in it."""
    constants = tuple((type(c), c) for c in code.co_consts if not isinstance(c, CodeType))
    return code.co_code, code.co_names, code.co_varnames, constants


def _nested(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _pairs(before: CodeType, after: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    """Both bodies and all in them, side by side; None where one holds other functions than the other."""
    found, inner = [(before, after)], (_nested(before), _nested(after))
    if [c.co_name for c in inner[0]] != [c.co_name for c in inner[1]]:
        return None
    for was, now in zip(*inner, strict=True):
        further = _pairs(was, now)
        if further is None:
            return None
        found += further
    return found
