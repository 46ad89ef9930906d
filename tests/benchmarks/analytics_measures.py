"""The centre: all results of the province, a country; sheets and charts."""

import io
from collections.abc import Iterator
from datetime import date

from analytics.assessment import assess
from analytics.assumptions import DEFAULTS
from data.definitions_files import load_definitions
from data.i18n import Translator
from data.store import Store
from pages.figures import load_figures
from pages.print import canvas
from pages.print.charts import draw_history, draw_map, draw_ranking
from pages.print.sheet import build_sheet
from pages.ui.screen import Screen
from pages.ui.selection import Selection
from tests.benchmarks.budget import Measure, median_seconds

TIZI = "09.541.04.67"


def run(store: Store) -> Iterator[Measure]:
    """Measures of the analytics and of what is printed."""
    figures = load_figures(store.snapshot_id() or "")
    definitions = load_definitions()
    panel = figures.assessment.panel
    yield Measure(
        "province: every indicator, sector, index x 24 months", median_seconds(lambda: assess(panel, definitions)), "s"
    )
    chosen = Selection("ar", "all", figures.months[-1], "ISP", TIZI, DEFAULTS)
    screen = Screen(figures, chosen, Translator("ar"), {})
    sheet = lambda: build_sheet(screen, TIZI, "http://127.0.0.1:8501/", date(2026, 1, 1))  # noqa: E731
    yield Measure("commune sheet, HTML", median_seconds(sheet) * 1000, "ms", 150)
    yield Measure("  its size", len(io.BytesIO(sheet().encode()).getvalue()) / 1000, "kB", 60)
    for name, draw in (
        ("history", lambda: draw_history(screen, TIZI, "EDU01", canvas.PNG)),
        ("ranking", lambda: draw_ranking(screen, canvas.PNG)),
        ("map", lambda: draw_map(screen, canvas.PNG)),
    ):
        yield Measure(f"chart {name}, PNG", median_seconds(draw, 3), "s", 0.5)
