"""The size of type and the width of columns in which words keep inside their place, measured in the fonts that the project ships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parents[1] / "static" / "fonts"
SMALLEST = 12
LONGEST = 0.3
POINTS_PER_INCH = 72
# Height of a line in sizes of its type, as the fonts say it.
LINE = {"ltr": 1.37, "rtl": 1.72}
_MEASURED_AT = 100
_FACES = {"ltr": "NotoSans", "rtl": "NotoNaskhArabic"}
# Programs break lines a little earlier than the sum of the words.
_SAFE = 0.97
# Above and below the words of a row, in inches.
_AIR = 0.05


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a cell in one type."""

    text: str
    points: float
    bold: bool = False

    def widest(self, direction: str) -> float:
        """Inches that the longest word takes."""
        lengths = (_length(word, direction, self.bold) for word in self.text.replace("\n", " ").split(" "))
        return max(lengths) * self.points / _MEASURED_AT / POINTS_PER_INCH / _SAFE


def fit_text(text: str, width: float, height: float, points: int, direction: str, *, bold: bool = False) -> int:
    """The largest size up to ``points`` at which a text keeps inside a place; the smallest that is read where none does.

    Args:
        width, height: of the place without its margins, in inches.
        direction: ``ltr`` or ``rtl``: which script is measured.
    """
    for size in range(points, SMALLEST, -1):
        if count_lines(text, width, size, direction, bold=bold) * size * LINE[direction] <= height * POINTS_PER_INCH:
            return size
    return min(points, SMALLEST)


def fit_table(rows: Sequence[Sequence[str]], widths: Sequence[float], height: float, points: int, direction: str) -> int:
    """The same for all cells of a table together; ``widths`` are those of its columns without their margins."""
    for size in range(points, SMALLEST, -1):
        if sum(row_heights(rows, widths, size, direction)) <= height:
            return size
    return min(points, SMALLEST)


def table_fits(rows: Sequence[Sequence[str]], widths: Sequence[float], height: float, direction: str) -> bool:
    """Whether a table keeps inside a height in the smallest type that is read."""
    return sum(row_heights(rows, widths, SMALLEST, direction)) <= height


def spread_widths(
    columns: Sequence[Sequence[Words]], shares: Sequence[float], total: float, margins: float, direction: str
) -> list[float]:
    """The widths of a table's columns: by their shares, but none narrower than its longest word, which would be cut in two.

    Args:
        columns: all words of each column, its heading among them.
        total, margins: width of the table, and of the margins of one cell, in inches.

    A word longer than ``LONGEST`` of the table, an address of the web say, is cut where it must be.
    """
    longest = LONGEST * total
    floors = [min(max((words.widest(direction) for words in own), default=0.0) + margins, longest) for own in columns]
    if sum(floors) >= total:
        return [floor * total / sum(floors) for floor in floors]
    pinned: set[int] = set()
    while True:
        left = total - sum(floors[at] for at in pinned)
        free = sum(share for at, share in enumerate(shares) if at not in pinned)
        widths = [floors[at] if at in pinned else left * share / free for at, share in enumerate(shares)]
        narrow = {at for at, width in enumerate(widths) if at not in pinned and width < floors[at]}
        if not narrow:
            return widths
        pinned |= narrow


def row_heights(rows: Sequence[Sequence[str]], widths: Sequence[float], points: int, direction: str) -> list[float]:
    """Inches that each row of a table takes, the first of which is its heading: its longest cell, and a little air."""
    lines = [
        max(count_lines(text, width, points, direction, bold=at == 0) for text, width in zip(row, widths, strict=True))
        for at, row in enumerate(rows)
    ]
    return [count * points * LINE[direction] / POINTS_PER_INCH + _AIR for count in lines]


def count_lines(text: str, width: float, points: int, direction: str, *, bold: bool = False) -> int:
    """How many lines a text takes in a width in inches."""
    room = width * POINTS_PER_INCH * _SAFE * _MEASURED_AT / points
    space, lines = _length(" ", direction, bold), 0
    for paragraph in text.split("\n"):
        used, lines = 0.0, lines + 1
        for word in paragraph.split(" "):
            length = _length(word, direction, bold)
            if used and used + space + length > room:
                lines, used = lines + 1, length
            else:
                used += length + (space if used else 0.0)
    return lines


@lru_cache(maxsize=8192)
def _length(word: str, direction: str, bold: bool) -> float:
    return float(_face(direction, bold).getlength(word))


@cache
def _face(direction: str, bold: bool) -> ImageFont.FreeTypeFont:
    path = FONTS / f"{_FACES[direction]}-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(str(path), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)
