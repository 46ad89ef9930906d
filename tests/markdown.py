"""Reads the pages of the documentation: what they name, link to, and tell a reader to type."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("analytics", "geo", "data", "pages", "tests", "docs")
TOP = ("app.py", "Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "CHANGELOG.md", "LICENSE")
# What exists once somebody has worked here: the store, the environment.
MADE = ("data/var",)
# Folders that are on their way here: what is named in them is checked as soon as they are there.
COMING = (
    "data/loaders",
    "data/records",
    "data/territories",
    "tests/territories",
    "tests/integration/importing/test_entries.py",
)
# What a reader of "add …" makes.
TO_BE_MADE = ("data/definitions/indicators/EDU11.yaml",)


def list_pages() -> list[Path]:
    """Every page, from the root of the project."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(page.relative_to(ROOT) for page in pages if page.name != "CHANGELOG.md")


def read_text(page: Path) -> str:
    """A page as text."""
    return (ROOT / page).read_text(encoding="utf-8")


def read_names(page: Path) -> list[str]:
    """Files and folders between backticks; a name with a gap to fill (``<id>``) is left out."""
    names = re.findall(r"`([^`\s]+)`", re.sub(r"```.*?```", "", read_text(page), flags=re.DOTALL))
    paths = [n for n in names if (n.startswith(tuple(f"{room}/" for room in ROOMS)) or n in TOP) and "<" not in n]
    left_out = (*MADE, *TO_BE_MADE, *list_coming())
    return [path for path in paths if not path.startswith(left_out)]


def list_coming() -> tuple[str, ...]:
    """What is named already and not here yet."""
    return tuple(name for name in COMING if not (ROOT / name).exists())


def read_links(page: Path) -> list[tuple[str, str]]:
    """Targets inside the project and their headings."""
    links = re.findall(r"\]\(([^)\s#]*)(?:#([^)\s]+))?\)", read_text(page))
    return [(target, anchor) for target, anchor in links if "://" not in target]


def read_anchors(path: Path) -> set[str]:
    """Headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def read_commands(page: Path) -> list[str]:
    """What the ``sh`` blocks of a page tell a reader to type, one a line."""
    blocks = re.findall(r"^```sh\n(.*?)^```", read_text(page), re.DOTALL | re.MULTILINE)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
