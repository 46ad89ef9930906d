"""The blank page of a chart for a projector or for print: fonts that ship with the project, title, source line, two formats."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.lines import Line2D

from data.i18n import Translator
from geo.palette import INK, LINE, MUTED, WARNING_EDGE, WARNING_PAPER
from pages.print.charts.wrapping import fit, measure
from pages.print.fonts import FONTS

WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 16.0, 9.0, 120
PNG, SVG = "png", "svg"
LEFT, RIGHT, TOP = 0.035, 0.965, 0.965
# Between the words above and the source line below: left, bottom, width, height.
AREA = (0.07, 0.175, 0.89, 0.57)
LEGEND_AT = 0.76
_TITLE_SIZE, _TITLE_SIZES, _SUBTITLE_SIZES, _SOURCE_SIZES = 27, (24, 21, 18), (17, 15, 13), (13, 11.5, 10)
_WARNING_SIZE, _WARNING_MARGIN = 14, 0.01
_LEGEND_SIZES = (16.0, 14.0, 12.0, 10.0)
_LEAST_IN_ONE_ROW = 14.0
_LEGEND_ROWS = (1, 2, 3)
_SECOND_ROW = 0.035
# What a legend's line needs besides its word, as a share of the picture's width for each point of its letters.
_HANDLE_SHARE = 4.6 / 72 / WIDTH_INCHES
_LINE_SPACING = 1.05
# Twice as quick as zlib's own level, for a tenth more bytes.
_COMPRESSION = 3

for _font in sorted(FONTS.glob("*.ttf")):
    fontManager.addfont(_font)

# rcParams are global: set once, not around each drawing, since requests draw in threads. Paths instead of text: an SVG that looks
# the same on a machine without our fonts. A dollar in a name is a dollar, not the start of a formula.
_STYLE: dict[Any, Any] = {
    "font.family": ["Noto Sans", "Noto Naskh Arabic"],
    "font.size": 17,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelcolor": MUTED,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "axes.edgecolor": LINE,
    "svg.fonttype": "path",
    "svg.hashsalt": "service-pressure",
    "hatch.linewidth": 0.6,
}
matplotlib.rcParams.update(_STYLE)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where a picture's figures come from, and what must be seen before they are believed (empty where nothing must)."""

    text: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a chart: the finding as title, what is shown, where it comes from."""

    title: str
    subtitle: str
    source: SourceLine


def draw(words: Words, t: Translator, form: str, plot: Callable[[Axes], None], *, known: bool = True) -> bytes:
    """A picture of 1,920 × 1,080 pixels or its SVG, with what ``plot`` draws between title and source line; where nothing is ``known``
    that there is nothing to draw, in a frame that no one takes for a chart, and what would fill it."""
    return render(compose(words, t, plot if known else lambda axes: _say_empty(axes, t)), form)


def _say_empty(axes: Axes, t: Translator) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set(color=LINE, linestyle=(0, (6, 6)), linewidth=2)
    for text, height, size, color in ((t("chart.empty"), 0.56, 30.0, INK), (t("chart.empty_remedy"), 0.44, 20.0, MUTED)):
        said = fit(axes.figure, text, AREA[2] * 0.9, (size, size * 0.8), 2)
        axes.text(
            0.5, height, said.text, fontsize=said.size, color=color, ha="center", va="center", transform=axes.transAxes
        )


def compose(words: Words, t: Translator, plot: Callable[[Axes], None]) -> Figure:
    """The picture before it takes a form."""
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor="white")
    FigureCanvasAgg(figure)
    _write_words(figure, words, t)
    plot(figure.add_axes(AREA))
    return figure


def render(figure: Figure, form: str) -> bytes:
    """A picture as PNG or as SVG."""
    target = io.BytesIO()
    if form == SVG:
        figure.savefig(target, format=SVG, metadata={"Date": None})
    else:
        figure.savefig(target, format=PNG, pil_kwargs={"compress_level": _COMPRESSION})
    return target.getvalue()


def _write_words(figure: Figure, words: Words, t: Translator) -> None:
    """Title and subtitle from the top down, the warning at the end of the subtitle's line, source from the bottom up, each in as
    many lines as it needs."""
    side, align = start(t)
    shared: dict[str, Any] = {"ha": align, "multialignment": align, "linespacing": _LINE_SPACING}
    title = fit(figure, words.title, RIGHT - LEFT, (_TITLE_SIZE,), 1, fontweight="bold")
    if len(title.lines) > 1:
        title = fit(figure, words.title, RIGHT - LEFT, _TITLE_SIZES, 2, fontweight="bold")
    drawn = figure.text(side, TOP, title.text, fontsize=title.size, fontweight="bold", va="top", **shared)
    below = drawn.get_window_extent().y0 / figure.bbox.height - 0.012
    taken = _write_warning(figure, words.source.warning, below, t)
    subtitle = fit(figure, words.subtitle, RIGHT - LEFT - taken, _SUBTITLE_SIZES, 1)
    figure.text(side, below, subtitle.text, fontsize=subtitle.size, color=MUTED, va="top", **shared)
    source = fit(figure, words.source.text, RIGHT - LEFT, _SOURCE_SIZES, 2)
    figure.text(side, 0.018, source.text, fontsize=source.size, color=MUTED, va="bottom", **shared)


def _write_warning(figure: Figure, warning: str, top: float, t: Translator) -> float:
    """A warning in the colours that it has on screens, where a line ends; the share of the width that it takes."""
    if not warning:
        return 0.0
    end, align = (LEFT, "left") if t.direction == "rtl" else (RIGHT, "right")
    box = {"boxstyle": "round,pad=0.3", "facecolor": WARNING_PAPER, "edgecolor": WARNING_EDGE, "linewidth": 1}
    figure.text(end, top, warning, fontsize=_WARNING_SIZE, color=WARNING_EDGE, va="top", ha=align, bbox=box)
    return measure(figure, warning, _WARNING_SIZE) + 2 * _WARNING_MARGIN


def start(t: Translator) -> tuple[float, str]:
    """Where a line begins in the reader's script, and the alignment that begins it there."""
    return (RIGHT, "right") if t.direction == "rtl" else (LEFT, "left")


def write_legend(axes: Axes, t: Translator, handles: Sequence[Artist], *, foot: float | None = None) -> None:
    """The legend in a row, or in more where one would be too small to read: above the chart where a line begins, or in the middle of
    the picture with its foot at a height."""
    figure, (side, align) = axes.figure, start(t)
    words = [str(handle.get_label()) for handle in handles]
    rows, size = _arrange(figure, words)
    at = LEGEND_AT
    if rows > 1 and not foot:
        at -= (rows - 1) * _SECOND_ROW
        box = axes.get_position()
        axes.set_position((box.x0, box.y0, box.width, box.height - (rows - 1) * _SECOND_ROW))
    columns = [list(handles[i : i + rows]) for i in range(0, len(handles), rows)]
    columns[-1] += [Line2D([], [], alpha=0, label=" ")] * (rows - len(columns[-1]))
    options: dict[str, Any] = {
        "loc": "lower center" if foot else f"lower {align}",
        "bbox_to_anchor": (0.5, foot) if foot else (side, at),
        "fontsize": size,
        "ncols": len(columns),
        "frameon": False,
        "borderpad": 0,
        "borderaxespad": 0,
        "columnspacing": 1.6,
        "markerfirst": t.direction == "ltr",
        "alignment": align,
    }
    ordered = columns[::-1] if t.direction == "rtl" else columns
    figure.legend(handles=[handle for column in ordered for handle in column], **options)


def _arrange(figure: Any, words: Sequence[str]) -> tuple[int, float]:
    """Rows and size of a legend: the fewest rows in which its words can be read, each column as wide as its widest."""

    def width(rows: int, size: float) -> float:
        columns = [words[i : i + rows] for i in range(0, len(words), rows)]
        widest = (max(measure(figure, word, size) for word in column) for column in columns)
        return sum(widest) + len(columns) * size * _HANDLE_SHARE

    rows = next((n for n in _LEGEND_ROWS if width(n, _LEAST_IN_ONE_ROW) <= RIGHT - LEFT), _LEGEND_ROWS[-1])
    return rows, next((s for s in _LEGEND_SIZES if width(rows, s) <= RIGHT - LEFT), _LEGEND_SIZES[-1])


def clear_frame(axes: Axes) -> None:
    """Keep the axis that carries numbers and nothing else."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
