"""What one can read at once: no module over 300 lines, no function over 40, a docstring for whatever another module may call."""

import ast
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
ROOMS = ("analytics", "data", "geo", "pages")
LONGEST_MODULE, LONGEST_FUNCTION, MEDIAN_MODULE = 300, 40, 100


def modules() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
    }


def functions(body: list[ast.stmt]) -> list[ast.FunctionDef]:
    """Functions of a module and methods of its public classes."""
    own = [node for node in body if isinstance(node, ast.FunctionDef)]
    classes = [node for node in body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    return own + [node for named in classes for node in functions(named.body)]


def test_no_module_is_long_and_most_are_short():
    lines = {name: text.count("\n") for name, text in modules().items()}
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}
    assert median(lines.values()) <= MEDIAN_MODULE


def test_no_function_is_long():
    found = set()
    for name, text in modules().items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION:
                found.add(f"{name} {node.name}")
    assert found == set()


def test_what_another_module_may_call_says_what_it_does():
    silent = [
        f"{name} {node.name}"
        for name, text in modules().items()
        for node in functions(ast.parse(text).body)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []
