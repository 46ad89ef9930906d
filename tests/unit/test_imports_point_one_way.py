"""Four floors: analytics at the bottom, then geo, then data, then pages; only pages and app.py know Streamlit or Starlette."""

import ast
import subprocess
import sys
from functools import cache
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
    "cachetools", "numpy", "pandas", "scipy", "__future__", "collections", "concurrent", "dataclasses", "enum", "datetime",
    "functools", "heapq", "itertools", "math", "re", "threading", "typing", "unicodedata", "zlib",
}  # fmt: skip


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


def modules_imported(path: Path) -> set[str]:
    """Dotted names of the modules of ``pages`` that a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages"):
            found.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
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


# Whatever shows a snapshot computes with the definitions of that snapshot; these ask whether today's are sound, or which they are.
ASK_TODAY = {"frame.py": {"require_sound"}, "first_view.py": {"require_sound"}, "web/routes.py": {"require_sound"},
             "web/definitions.py": {"require_sound"}, "figures/load.py": {"load_today"},
             "web/importing.py": {"require_sound"}}  # fmt: skip


def test_no_screen_and_no_paper_takes_the_definitions_of_today():
    for path in sorted((ROOT / "pages").rglob("*.py")):
        asked = {
            alias.name
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.ImportFrom) and node.module == "data.loaders.today"
            for alias in node.names
        }
        assert asked <= ASK_TODAY.get(str(path.relative_to(ROOT / "pages")), set()), path.name


def test_analytics_is_pure():
    for path in (ROOT / "analytics").rglob("*.py"):
        assert imported(path) <= PURE_LIBRARIES | {"analytics"}, path.name
        assert "open(" not in path.read_text(encoding="utf-8")


def test_every_module_is_described_in_a_sentence():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            described = ast.get_docstring(parsed(path))
            assert described, f"{path.relative_to(ROOT)} has no docstring"


# Rooms of ``pages`` from which a sheet, a plan or a chart is made in a plain script.
WITHOUT_STREAMLIT = ("words", "print", "address", "figures", "html.py")


def files_of(part: str) -> list[Path]:
    path = ROOT / "pages" / part
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


@pytest.mark.parametrize("part", WITHOUT_STREAMLIT)
def test_words_and_papers_know_no_streamlit(part):
    assert files_of(part)
    for path in files_of(part):
        assert not imported(path) & WEB, f"{path.relative_to(ROOT)} imports a web library"
        drawn = {name for name in modules_imported(path) if name.startswith(("pages.widgets", "pages.screens", "pages.web"))}
        assert not drawn, f"{path.relative_to(ROOT)} imports {drawn}"


def test_words_know_no_paper():
    for path in files_of("words"):
        papers = {name for name in modules_imported(path) if name.startswith("pages.print")}
        assert not papers, f"{path.relative_to(ROOT)} imports {papers}"


def test_no_screen_imports_another():
    screens = [folder for folder in (ROOT / "pages" / "screens").iterdir() if (folder / "screen.py").exists()]
    assert len(screens) >= 10
    for folder in screens:
        for path in folder.rglob("*.py"):
            names = [name for name in modules_imported(path) if name.startswith("pages.screens.")]
            foreign = {name for name in names if name.split(".")[2] != folder.name}
            assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def test_what_screens_share_imports_no_screen():
    for path in files_of("widgets"):
        assert not {name for name in modules_imported(path) if name.startswith("pages.screens")}, path.name


def test_no_module_is_imported_by_a_string():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            named = {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
            assert not named & {"import_module", "__import__"}, path.relative_to(ROOT)


@pytest.mark.slow
def test_a_sheet_a_plan_and_a_chart_are_made_without_streamlit():
    code = (
        "import sys; import pages.print.sheet.page, pages.print.plan.content, pages.print.plan.docx, pages.print.plan.pdf;"
        "import pages.print.deck.slides, pages.print.charts.catalogue, pages.print.charts.scores, pages.print.tables.results;"
        "import pages.figures.load; assert 'streamlit' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
