"""Words that keep inside the picture: measured in its own fonts, broken into lines, made smaller before they would run over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from matplotlib.text import Text

# The fonts that ship with the project have no sign for it.
_MINUS = "\N{MINUS SIGN}"
# Kerning and spaces make a line slightly wider or narrower than the sum of its words.
_SAFE = 0.99


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text and the size at which they fit."""

    lines: tuple[str, ...]
    size: float

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def measure(figure: Figure | SubFigure, text: str, size: float, **font: Any) -> float:
    """Width of the widest line of a text, as a share of the picture's width."""
    return _pixels(text, size, float(figure.dpi), tuple(sorted(font.items()))) / float(figure.bbox.width)


@lru_cache(maxsize=8192)
def _pixels(text: str, size: float, dots_per_inch: float, font: tuple[tuple[str, Any], ...]) -> float:
    """Kept, because charts of all communes and months are made of the same words, and measuring them is a third of a drawing."""
    drawn = Text(0, 0, text, figure=_blank(dots_per_inch), fontsize=size, **dict(font))
    return float(drawn.get_window_extent().width)


@cache
def _blank(dots_per_inch: float) -> Figure:
    figure = Figure(dpi=dots_per_inch)
    FigureCanvasAgg(figure)
    return figure


def fit(figure: Figure | SubFigure, text: str, width: float, sizes: Sequence[float], most_lines: int, **font: Any) -> Fitted:
    """Break a text into lines no wider than ``width`` (a share of the picture's) at the first of ``sizes`` that gives at most so
    many lines; at the last one it takes the lines it needs: nothing is cut."""
    # Cache the width of each word at one size and scale it: measuring whole lines would take longer than drawing the chart.
    words = text.replace(_MINUS, "–").split(" ")
    first = sizes[0]
    space = measure(figure, "n n", first, **font) - measure(figure, "nn", first, **font)
    widths = [measure(figure, word, first, **font) if word else 0.0 for word in words]
    for size in sizes:
        room = width * first / size * _SAFE
        fitted = Fitted(tuple(_break(list(zip(words, widths, strict=True)), space, room)), size)
        if len(fitted.lines) <= most_lines:
            return fitted
    return fitted


def _break(words: list[tuple[str, float]], space: float, room: float) -> list[str]:
    """Words with their widths, put into lines that are no wider than ``room``."""
    lines: list[str] = []
    line, taken = "", 0.0
    pieces = [piece for entire in words for piece in _pieces(*entire, room)]
    for word, width in pieces:
        if line and taken + space + width > room:
            lines.append(line)
            line, taken = word, width
        else:
            line, taken = (f"{line} {word}", taken + space + width) if line else (word, width)
    return [*lines, line]


def _pieces(word: str, width: float, room: float) -> list[tuple[str, float]]:
    """A word, in pieces where it alone is too wide for a line."""
    if width <= room:
        return [(word, width)]
    length = max(1, int(len(word) * room / width * 0.9))
    return [(word[at : at + length], width * length / len(word)) for at in range(0, len(word), length)]
