"""Words that keep inside the picture: measured in its own fonts, broken into lines, made smaller before they would run over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure, SubFigure
from matplotlib.text import Text

# The fonts that ship with the project have no sign for it.
_MINUS = "\N{MINUS SIGN}"


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
    drawn = Text(0, 0, text, figure=figure, fontsize=size, **font)
    return float(drawn.get_window_extent().width / figure.bbox.width)


def fit(figure: Figure | SubFigure, text: str, width: float, sizes: Sequence[float], most_lines: int, **font: Any) -> Fitted:
    """Break a text into lines no wider than ``width`` (a share of the picture's) at the first of ``sizes`` that gives at most so
    many lines; at the last one it takes the lines it needs: nothing is cut."""
    text = text.replace(_MINUS, "–")
    for size in sizes:
        fitted = Fitted(tuple(_break(figure, text, width, size, font)), size)
        if len(fitted.lines) <= most_lines:
            return fitted
    return fitted


def _break(figure: Figure | SubFigure, text: str, width: float, size: float, font: dict[str, Any]) -> list[str]:
    if measure(figure, text, size, **font) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(figure, longer, size, **font) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _break_word(figure, word, width, size, font)
        lines += whole
    return [*lines, line]


def _break_word(figure: Figure | SubFigure, word: str, width: float, size: float, font: dict[str, Any]) -> list[str]:
    """A word, in pieces where it alone is too wide for a line."""
    share = measure(figure, word, size, **font)
    if share <= width:
        return [word]
    length = max(1, int(len(word) * width / share * 0.9))
    return [word[at : at + length] for at in range(0, len(word), length)]
