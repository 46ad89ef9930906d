"""Support: 2,000 actions in 89 communes, from the workbook to what a screen says of them."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator

import xlsxwriter

from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.reference_files import read_communes
from data.store import Store
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.figures.support import read_balance
from pages.html import fill
from pages.words import support as words
from pages.words import support_actions
from pages.words.view import View
from tests.benchmarks.budget import Measure, median_seconds
from tests.territories import TAROUDANNT

ACTIONS = 2000
SHOWN = 60
STATUSES = ("planned", "funded", "under_way", "done", "stopped")
NEEDS = ("classrooms_primary", "classrooms_college", "consultations", "distance_health", "registry_queue")


def run(store: Store) -> Iterator[Measure]:
    """Measures of the import and of each part of the screen, what it reads of the store included."""
    content = _workbook()
    begin = time.perf_counter()
    report = prepare_for_store(store, content, "3w.xlsx")
    accept_import(store, content, report)
    yield Measure(f"import of a 3W of {report.cells_kept} actions", time.perf_counter() - begin, "s", 3)
    figures = load_figures(store.snapshot_id() or "")
    view = View(figures, read_selection(figures, {}), Translator("fr"))
    begin = time.perf_counter()
    read_balance(figures, view.chosen.month)
    yield Measure("  first reading of a new snapshot", 1000 * (time.perf_counter() - begin), "ms")
    for name, part in _parts(view).items():
        yield Measure(f"screen of support: {name}", 1000 * median_seconds(part), "ms", 100)


def _parts(view: View) -> dict[str, Callable[[], object]]:
    need = words.list_needs(view)[0]

    def head() -> None:
        words.list_needs(view)
        words.state_finding(view, need)

    def balance() -> None:
        head()
        fill("support_balance", view.t, rows=words.list_balance(view))
        words.describe_cells(view, need)

    def matrix() -> None:
        head()
        headings, rows = words.list_matrix(view, "education")
        fill("support_matrix", view.t, headings=headings, rows=rows)

    def who() -> None:
        head()
        listed = support_actions.list_actions(view, words.read_own_actions(view).head(SHOWN))
        fill("support_actions", view.t, rows=listed, with_place=True)
        words.list_twice(view)
        words.write_orphans(view)
        support_actions.list_timeline(view)

    return {"needs and map": balance, "commune by commune": matrix, "who does what": who}


def _workbook() -> bytes:
    codes = list(read_communes(TAROUDANNT)["commune_code"])
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("3W")
        headings = ("reference", "organisation", "need", "commune", "status", "quantity", "start date", "end date", "raison")
        page.write_row(0, 0, headings)
        for number in range(ACTIONS):
            status = STATUSES[number % len(STATUSES)]
            page.write_row(
                number + 1,
                0,
                (f"B-{number}", f"Organisation {number % 60}", NEEDS[number % len(NEEDS)], codes[number % len(codes)], status,
                 1 + number % 4, f"2025-{1 + number % 12:02d}-01", "2026-12-31", "motif" if status == "stopped" else ""),
            )  # fmt: skip
    return target.getvalue()
