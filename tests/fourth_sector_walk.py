"""Walk papers, and screens by name, with water in the index, and print what came of each: run in a copy whose YAML says so."""

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date

TODAY = date(2025, 9, 15)
# The first has figures of water, the second has none.
COMMUNES = {"with": "99.900.01.01", "without": "99.900.03.01"}
LANGUAGES = ("fr", "ar")
# What takes long is walked once a language and once a commune.
DRAWN = ("fr with", "ar without")


def main() -> None:
    """Answer by name: what each paper says, or the error."""
    os.environ["SERVICE_PRESSURE_STORE"] = tempfile.mkdtemp()
    answers = {}
    for name, walk in _walks(_figures_with_water(), sys.argv[1:]).items():
        try:
            answers[name] = {"said": walk()}
        except Exception as error:
            answers[name] = {"error": repr(error)}
    json.dump(answers, sys.stdout)


def _figures_with_water():
    from data.importing.accept import accept_import, prepare_for_store
    from data.initialise import initialise
    from data.loaders.today import load_variables
    from data.store import Store
    from pages.figures.load import load_figures
    from tests.workbooks import write_workbook

    store, variables = Store(), load_variables()
    initialise(store)
    heading = ["Commune", "Mois", *(variables[v].labels["fr"] for v in ("displaced_on_sites", "water_litres_day"))]
    content = write_workbook([heading, ["Roche-Bleue", "2025-08", 100, 900]])
    accept_import(store, content, prepare_for_store(store, content, "eau.xlsx", TODAY))
    return load_figures(store.snapshot_id())


def _walks(figures, screens: list[str]) -> dict[str, Callable[[], str]]:
    from analytics.assumptions import DEFAULTS
    from data.i18n import Translator
    from pages.address.selection import Selection
    from pages.widgets.screen import Screen
    from tests.lone_screen import SCREENS

    month, walks = figures.default_month, {}
    index, water = (figures.of_month(r, month).loc[COMMUNES["with"]] for r in ("ISP", "water"))
    walks["index"] = lambda: f"{index['worst_indicator']} {water['score']:.1f} {index['score']:.1f}"
    for which, commune in COMMUNES.items():
        for language in LANGUAGES:
            chosen = Selection(language, "all", month, "ISP", commune, DEFAULTS)
            screen, end = Screen(figures, chosen, Translator(language), {}), f"{language} {which}"
            walks[f"sheet {end}"] = lambda s=screen, c=commune: _sheet(s, c)
            walks[f"deck {end}"] = lambda s=screen, c=commune: _deck(s, c)
            for scenario in ("fast_returns", "second_shock"):
                walks[f"plan {scenario} {end}"] = lambda s=screen, c=commune, n=scenario: _plan(s, c, n)
            if end not in DRAWN:
                continue
            walks[f"pdf {end}"] = lambda s=screen, c=commune: _pdf(s, c)
            walks[f"plan file {end}"] = lambda s=screen, c=commune: _plan_file(s, c)
            # Each screen once, one after the other in one language and commune and in the other.
            for name in set(SCREENS[DRAWN.index(end) :: len(DRAWN)]) & set(screens):
                walks[f"screen {name} {end}"] = lambda n=name, lang=language, c=commune: _screen(n, lang, c)
    return walks


def _sheet(screen, commune: str) -> str:
    from pages.print.sheet.page import build_sheet

    return build_sheet(screen, commune, "http://127.0.0.1/", TODAY)


def _pdf(screen, commune: str) -> str:
    import pypdfium2

    from pages.print.sheet.page import build_sheet_pdf

    pages = list(pypdfium2.PdfDocument(build_sheet_pdf(screen, commune, "http://127.0.0.1/", TODAY)))
    return f"{len(pages)} pages " + " ".join(page.get_textpage().get_text_range() for page in pages)


def _deck(screen, commune: str) -> str:
    from pptx import Presentation

    from data.loaders.today import load_means
    from pages.print.deck.slides import build_deck

    slides = Presentation(io.BytesIO(build_deck(screen, commune, load_means(), TODAY))).slides
    return " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)


def _basis(screen, commune: str, scenario: str):
    from data.loaders.today import load_library, load_means
    from pages.print.plan.context import PlanContext

    return PlanContext(screen, commune, load_library(screen.figures.province)[scenario], load_means(), TODAY)


def _plan(screen, commune: str, scenario: str) -> str:
    from pages.print.plan.content import build_document

    return repr(build_document(_basis(screen, commune, scenario), TODAY))


def _plan_file(screen, commune: str) -> str:
    from pages.print.plan.content import build_document
    from pages.print.plan.docx import write_docx
    from pages.print.plan.pdf import print_pdf

    document = build_document(_basis(screen, commune, "hard_winter"), TODAY)
    pdf, word = (write(document, screen.t, TODAY) for write in (print_pdf, write_docx))
    return f"{pdf[:4]!r} {word[:2]!r}"


def _screen(name: str, language: str, commune: str) -> str:
    from tests.lone_screen import open_screen

    app = open_screen(name, lang=language, commune=commune)
    return " ".join(str(e.value) for kind in (app.title, app.markdown, app.caption, app.subheader) for e in kind)


if __name__ == "__main__":
    main()
