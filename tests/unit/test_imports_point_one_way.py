"""Four floors: analytics at the bottom, then geo, then data, then pages; only pages and app.py know Streamlit or Starlette."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("analytics", "geo", "data", "pages")
ALLOWED = {
    "analytics": {"analytics"},
    "geo": {"analytics", "geo"},
    "data": {"analytics", "geo", "data"},
    "pages": set(ROOMS),
}
WEB = {"streamlit", "streamlit_folium", "starlette"}
PURE_LIBRARIES = {
    "numpy", "pandas", "scipy", "__future__", "collections", "concurrent", "dataclasses", "enum", "datetime", "functools",
    "heapq", "math", "typing", "unicodedata", "zlib",
}  # fmt: skip


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_its_floor_and_below(room):
    files = sorted((ROOT / room).rglob("*.py"))
    assert files
    for path in files:
        wrong = (imported(path) & set(ROOMS)) - ALLOWED[room]
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"
        if room != "pages":
            assert not imported(path) & WEB, f"{path.relative_to(ROOT)} imports a web library"


def test_analytics_is_pure():
    for path in (ROOT / "analytics").rglob("*.py"):
        assert imported(path) <= PURE_LIBRARIES | {"analytics"}, path.name
        assert "open(" not in path.read_text(encoding="utf-8")


def test_every_module_is_described_in_a_sentence():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            described = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
            assert described, f"{path.relative_to(ROOT)} has no docstring"
