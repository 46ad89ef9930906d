"""The centre: all results of the province, a country; sheets, slides and charts."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from analytics.assessment import assess
from analytics.assumptions import DEFAULTS
from analytics.first_breaks import first_breaks
from analytics.projection import project, starting_range
from analytics.scenario import LONGEST_HORIZON, moved_indicators
from analytics.scenario_triggers import levels_ahead
from data.i18n import Translator
from data.loaders.today import load_definitions, load_library, load_means, load_trigger_rules
from data.store import Store
from pages.address.selection import Selection
from pages.figures.figures import Figures
from pages.figures.load import load_figures
from pages.print.charts import canvas
from pages.print.deck.slides import build_deck
from pages.print.sheet.page import build_sheet
from pages.widgets.screen import Screen
from tests.benchmarks.budget import Measure, median_seconds
from tests.drawings import list_charts
from tests.territories import TAROUDANNT

TIZI = "09.541.04.67"


def run(store: Store) -> Iterator[Measure]:
    """Measures of the analytics and of what is printed."""
    figures = load_figures(store.snapshot_id() or "")
    definitions = load_definitions()
    panel = figures.assessment.panel
    yield Measure(
        "province: every indicator, sector, index x 24 months", median_seconds(lambda: assess(panel, definitions)), "s"
    )
    yield from _scenarios(figures)
    chosen = Selection("ar", "all", figures.months[-1], "ISP", TIZI, DEFAULTS)
    screen = Screen(figures, chosen, Translator("ar"), {})
    sheet = lambda: build_sheet(screen, TIZI, "http://127.0.0.1:8501/", date(2026, 1, 1))  # noqa: E731
    yield Measure("commune sheet, HTML", median_seconds(sheet) * 1000, "ms", 150)
    yield Measure("  its size", len(io.BytesIO(sheet().encode()).getvalue()) / 1000, "kB", 60)
    deck = lambda: build_deck(screen, TIZI, load_means(), date(2026, 1, 1))  # noqa: E731
    yield Measure("deck of a commune, PPTX", median_seconds(deck, 3), "s", 3)
    for name, chart in list_charts(figures).items():
        yield Measure(f"chart {name}, PNG", median_seconds(partial(chart.draw, screen, canvas.PNG), 3), "s", 0.5)


def _scenarios(figures: Figures) -> Iterator[Measure]:
    """The heaviest scenario of the library over the longest horizon, with its range, its breaks and its triggers."""
    panel, setting, definitions = figures.assessment.panel, figures.scenario_setting, figures.definitions
    scenario = replace(load_library(TAROUDANNT)["second_shock"], horizon_months=LONGEST_HORIZON)
    months = len(panel.commune_codes) * LONGEST_HORIZON
    name = f"projection with range: {months} commune-months, 3 sectors"
    # How well the last month is known is worked out once for all scenarios of a server.
    kept = starting_range(panel, definitions, DEFAULTS)
    at_hand = lambda: project(panel, scenario, setting, DEFAULTS, lambda _: kept)  # noqa: E731
    yield Measure(name, median_seconds(at_hand), "s", 1)
    yield Measure("  the first one of a server", median_seconds(lambda: project(panel, scenario, setting), 3), "s")
    projection = project(panel, scenario, setting)
    ids = [i.id for sector in load_definitions().services for i in moved_indicators(definitions, sector)]
    rules = load_trigger_rules()

    def read() -> None:
        first_breaks(projection, ids, figures.assessment)
        levels_ahead(figures.assessment, projection, definitions, rules)

    yield Measure("  who breaks when, and every trigger", median_seconds(read), "s")
