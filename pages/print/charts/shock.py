"""The picture of a second shock that leaves the screen: the communes where it would displace most people."""

from __future__ import annotations

from matplotlib.axes import Axes

from analytics.model import Provenance
from analytics.scenario import Scenario
from analytics.shock import DWELLING_VARIABLES
from analytics.shock_effects import ShockEffects
from geo.palette import GREY
from pages.print.charts import canvas
from pages.print.charts.bars import Bar, draw_bars
from pages.print.charts.canvas import Words
from pages.print.charts.words import write_source
from pages.words.shock import list_places, state_shock, write_shock_source
from pages.words.sources import cite_variables
from pages.words.view import View

# What the equation is laid on: people and their houses.
SHOCK_VARIABLES = ("population", *DWELLING_VARIABLES.values())


def draw_shock(view: View, scenario: Scenario, effects: ShockEffects, form: str) -> bytes:
    """People expected to be displaced, commune by commune, each with its range; the scale ends where these can be read."""
    t, places = view.t, list_places(view, effects)
    source = write_source(view, cite_variables(view, SHOCK_VARIABLES), Provenance.ESTIMATE, write_shock_source(view))
    words = Words(state_shock(view, scenario, effects), t("shock.where"), source)
    bars = [Bar(p.name, p.people, f"{p.expected} ({p.between})", p.low, p.high, fill=GREY) for p in places]
    unit = t("shock.expected")

    def plot(axes: Axes) -> None:
        draw_bars(axes, t, bars, unit=unit, end=1.5 * max((b.value for b in bars), default=1.0))

    return canvas.draw(words, t, form, plot, known=bool(bars))
