"""The picture of reconstruction by date: what was published, each line named at its end."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, date2num, num2date

from analytics.reconstruction import series
from geo.palette import ACCENT, INK, LINE, MUTED, NORM
from pages.print.charts import canvas
from pages.print.charts.canvas import SourceLine, Words, clear_frame
from pages.words import reconstruction as words
from pages.words.reconstruction import DRAWN, Watch
from pages.words.view import View

_COLOURS = (MUTED, ACCENT, INK, NORM)
_ROOM = 0.35


def draw_reconstruction(view: View, watch: Watch, form: str) -> bytes:
    """Files, permits, worksites and completed dwellings of an area."""
    t = view.t
    said = Words(
        words.state_watch(view, watch),
        f"{t('watch.title')} · {t(f'watch.area_{watch.area}')}",
        SourceLine(t("watch.source", sources=len(set(watch.facts["source"])))),
    )
    return canvas.draw(said, t, form, lambda axes: _plot(axes, view, watch), known=bool(watch.stood))


def _plot(axes: Axes, view: View, watch: Watch) -> None:
    t, ends = view.t, []
    for step, colour in zip(DRAWN, _COLOURS, strict=True):
        own = series(watch.facts, step)
        if own.empty:
            continue
        axes.plot(date2num(own.index), own, "o-", color=colour, lw=4, markersize=10)
        ends.append((float(date2num(own.index[-1])), float(own.iloc[-1]), t(f"fact.{step}"), colour))
    nearly = [s for s in watch.stood if s.nearly]
    axes.plot(
        date2num([s.day for s in nearly]), [s.completed for s in nearly], "o", mfc="white", color=NORM, markersize=13, mew=3
    )
    _scale(axes, view)
    _write_ends(axes, view, ends)


def _scale(axes: Axes, view: View) -> None:

    first, last = axes.get_xlim()
    axes.set_xlim(first, last + _ROOM * (last - first))
    axes.set_ylim(0)
    ticks = [
        tick for tick in AutoDateLocator(maxticks=6).tick_values(num2date(first), num2date(last)) if first <= tick <= last
    ]
    axes.set_xticks(ticks, [view.t.short_month(num2date(tick)) for tick in ticks])
    axes.yaxis.set_major_formatter(lambda value, _: view.t.number(value, 0))
    axes.grid(axis="y", color=LINE, lw=1)
    clear_frame(axes)


def _write_ends(axes: Axes, view: View, ends: list[tuple[float, float, str, str]]) -> None:
    """Name and figure beside the last point of each line, moved up where they would lie on each other."""
    apart, place = 0.085 * axes.get_ylim()[1], -1e12
    for day, value, label, colour in sorted(ends, key=lambda end: end[1]):
        place = max(value, place + apart)
        axes.annotate(
            f"{label} {view.t.number(value)}", (day, place), xytext=(14, 0), textcoords="offset points", color=colour,
            va="center", ha="left", fontsize=15, fontweight="bold", annotation_clip=False,
        )  # fmt: skip
