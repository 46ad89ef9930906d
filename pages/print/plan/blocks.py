"""What a chapter is made of, in words and pictures of one language; every form of the plan prints these and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Align = Literal["start", "end", "center"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` is the finding, ``small`` a remark, ``warning`` stands in a frame."""

    text: str
    style: Literal["body", "lead", "small", "warning"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points under each other, numbered where their order is an order."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, smaller ones under them, a colour behind them ("" none); ``strong`` for totals."""

    text: str
    note: str = ""
    fill: str = ""
    strong: bool = False

    @property
    def is_dark(self) -> bool:
        """Whether white words read better on the colour than dark ones: the relative luminance of WCAG at which both contrasts
        are equal."""
        if not self.fill:
            return False
        channels = (int(self.fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, how its cells stand, its part of the width."""

    label: str
    share: float = 1.0
    align: Align = "start"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings; ``caption`` says what it shows."""

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, with what a reader who does not see it is told, and the line under it."""

    svg: str
    description: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings side by side."""

    items: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the commune wrote itself, with the direction of its script; ``label`` says whose words these are."""

    label: str
    lines: tuple[str, ...]
    direction: str


Block = Heading | Paragraph | Bullets | Table | Picture | Pictures | OwnWords

_KINDS: dict[type, str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    Bullets: "bullets",
    Table: "table",
    Picture: "picture",
    Pictures: "pictures",
    OwnWords: "own",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: id, number, title, blocks."""

    id: str
    number: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """The whole plan in one language: the cover's lines as label and figure, the warnings on it, the chapters, the foot line."""

    title: str
    subject: str
    cover: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    contents: str
    chapters: tuple[Chapter, ...]
    foot: str


def as_values(block: Block) -> dict[str, Any]:
    """A block as JSON holds it, with its ``kind``; each cell says whether it is ``dark``."""
    values = {"kind": _KINDS[type(block)], **asdict(block)}
    if isinstance(block, Table):
        values["rows"] = [[asdict(cell) | {"dark": cell.is_dark} for cell in row] for row in block.rows]
    return values


def make_table(caption: str, columns: Sequence[TableColumn], rows: Iterable[Sequence[Cell | str]]) -> Table:
    """A table whose plain cells are given as words.

    Raises:
        ValueError: a row has not as many cells as there are columns.
    """
    cells = tuple(tuple(c if isinstance(c, Cell) else Cell(c) for c in row) for row in rows)
    if any(len(row) != len(columns) for row in cells):
        raise ValueError(f"a row of {caption!r} has not {len(columns)} cells")
    return Table(caption, tuple(columns), cells)
