"""What a commune waits for when it takes its plan away: both forms, in two languages."""

import time
from collections.abc import Iterator
from datetime import date

from analytics.assumptions import DEFAULTS
from data.i18n import Translator
from data.loaders.today import load_library, load_means
from data.store import Store
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.print.plan.context import PlanContext
from pages.screens.plan.files import build_file
from pages.widgets.screen import Screen
from tests.benchmarks.budget import Measure
from tests.territories import TAROUDANNT

TIZI = "09.541.04.67"
LANGUAGES, FORMS = ("fr", "ar"), ("docx", "pdf")


def run(store: Store) -> Iterator[Measure]:
    """The first four files of a plan, the projection and the two libraries counted in."""
    figures = load_figures(str(store.snapshot_id()))
    chosen = Selection("fr", "all", figures.default_month, "ISP", TIZI, DEFAULTS)
    plan = PlanContext(
        Screen(figures, chosen, Translator("fr"), {}),
        TIZI,
        load_library(TAROUDANNT)["hard_winter"],
        load_means(),
        date.today(),
    )
    begin = time.perf_counter()
    sizes = [len(build_file(plan, language, form)) for language in LANGUAGES for form in FORMS]
    yield Measure(f"plan, {len(FORMS)} forms x {len(LANGUAGES)} languages", time.perf_counter() - begin, "s", 10)
    yield Measure("  the largest of them", max(sizes) / 1e6, "MB")
    begin = time.perf_counter()
    build_file(plan, "fr", "pdf")
    yield Measure("  one PDF more", time.perf_counter() - begin, "s", 3)
