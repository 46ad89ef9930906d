"""The blank page of a chart for a projector or for print: fonts that ship with the project, title, source line, two formats."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from data.i18n import Translator
from pages.print.fonts import FONTS

WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 16.0, 9.0, 120
INK, MUTED, ACCENT, LINE = "#1f2933", "#52606d", "#1b5e7b", "#d5dbe1"
PNG, SVG = "png", "svg"
MEDIA_TYPES = {PNG: "image/png", SVG: "image/svg+xml"}

for _font in sorted(FONTS.glob("*.ttf")):
    fontManager.addfont(_font)

# Paths instead of text: an SVG that looks the same on a machine without our fonts.
_STYLE: dict[Any, Any] = {
    "font.family": ["Noto Sans", "Noto Naskh Arabic"],
    "font.size": 17,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "axes.edgecolor": LINE,
    "svg.fonttype": "path",
    "svg.hashsalt": "service-pressure",
    "hatch.linewidth": 0.6,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a chart: the finding as title, what is shown, where it comes from."""

    title: str
    subtitle: str
    source: str


def draw(words: Words, t: Translator, form: str, plot: Callable[[Axes], None]) -> bytes:
    """A picture of 1,920 × 1,080 pixels or its SVG, with what ``plot`` draws between title and source line."""
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor="white")
        side, align = (0.965, "right") if t.direction == "rtl" else (0.035, "left")
        figure.text(side, 0.945, words.title, fontsize=27, fontweight="bold", ha=align, va="center")
        figure.text(side, 0.885, words.subtitle, fontsize=17, color=MUTED, ha=align, va="center")
        figure.text(side, 0.03, words.source, fontsize=13, color=MUTED, ha=align, va="center")
        plot(figure.add_axes((0.06, 0.12, 0.90, 0.70)))
        target = io.BytesIO()
        figure.savefig(target, format=form, metadata={"Date": None} if form == SVG else None)
    return target.getvalue()


def clear_frame(axes: Axes) -> None:
    """Keep the axis that carries numbers and nothing else."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
