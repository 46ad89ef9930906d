"""The charts of support that screens offer as pictures."""

from __future__ import annotations

from collections.abc import Callable

from pages.print.charts.chart import Chart
from pages.words.support import OPEN
from pages.words.view import View


def balance_chart(view: View, need_id: str) -> Chart:
    """How much of each need is covered."""
    return _chart(view, need_id, "support.chart_balance", "soutien-besoins", "draw_balance")


def support_map_chart(view: View, need_id: str, shown: str) -> Chart:
    """Where what is open of a need lies, or how many organisations are where (``pages.words.support.MAPS``)."""
    name = f"soutien-carte-{need_id}" if shown == OPEN else "soutien-presence"
    return _chart(view, need_id, f"support.chart_map_{shown}", name, f"draw_{shown}_map")


def timeline_chart(view: View, need_id: str) -> Chart:
    """When the actions run."""
    return _chart(view, need_id, "support.chart_timeline", "soutien-calendrier", "draw_timeline")


def _chart(view: View, need_id: str, label: str, name: str, which: str) -> Chart:
    def draw(asked: View, form: str) -> bytes:
        # Matplotlib takes a third of a second to load: only whoever asks for a picture waits for it.
        from pages.print.charts import support

        drawers: dict[str, Callable[[View, str, str], bytes]] = {
            "draw_balance": support.draw_balance, "draw_open_map": support.draw_open_map,
            "draw_presence_map": support.draw_presence_map, "draw_timeline": support.draw_timeline,
        }  # fmt: skip
        return drawers[which](asked, need_id, form)

    return Chart(view.t(label), name, draw)
