"""The charts of douars, places of services, reconstruction and rounds that screens offer as pictures (see ``catalogue``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pages.print.charts.chart import Chart
from pages.words.view import View

if TYPE_CHECKING:
    from pages.figures.service_points import ServiceMap
    from pages.words.douar_rounds import RoundsPlan
    from pages.words.reconstruction import Watch


def douars_chart(view: View, douars: pd.DataFrame, figure: str) -> Chart:
    """The placed douars by one census figure."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.ground import draw_douars

        return draw_douars(asked, douars, figure, form)

    return Chart(view.t("douar.list"), f"douars-{figure}", draw)


def chosen_douars_chart(view: View, douars: pd.DataFrame, chosen: pd.DataFrame) -> Chart:
    """Douars chosen by criteria among the others."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.ground import draw_chosen

        return draw_chosen(asked, douars, chosen, form)

    return Chart(view.t("douar.criteria"), "douars-retenus", draw)


def points_chart(view: View, found: ServiceMap) -> Chart:
    """Derived and true places of a service, with their ellipses."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.ground import draw_points

        return draw_points(asked, found, form)

    return Chart(view.t("points.title"), f"points-{found.service}", draw)


def reconstruction_chart(view: View, watch: Watch) -> Chart:
    """Files, permits, worksites and completed dwellings by date."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.reconstruction import draw_reconstruction

        return draw_reconstruction(asked, watch, form)

    return Chart(view.t("watch.title"), f"reconstruction-{watch.area}", draw)


def douar_rounds_chart(view: View, found: RoundsPlan) -> Chart:
    """The stops of mobile teams at douars."""

    def draw(asked: View, form: str) -> bytes:
        from pages.print.charts.ground import draw_rounds

        return draw_rounds(asked, found, form)

    return Chart(view.t("chart.rounds"), "tournees-douars", draw)
