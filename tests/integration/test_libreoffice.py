"""Workbooks, template, annex and slides open in LibreOffice: a program that nobody here wrote reads them whole."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from data.exporting.template import build_template
from data.loaders.today import load_library, load_means
from data.months import months_between
from data.records.decisions import Decision, Draft
from data.reference_files import read_communes
from pages.figures.load import load_figures
from pages.print.deck.slides import build_deck
from pages.print.minutes import build_annex
from pages.print.plan.content import build_document
from pages.print.plan.context import PlanContext
from pages.print.plan.docx import write_docx
from pages.print.tables.means import write_gap_workbook
from pages.print.tables.results import build_result_table, write_workbook
from pages.words.gaps import observed
from tests.drawings import TIZI, gap_rows, make_screen
from tests.territories import TAROUDANNT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not there: apt-get install libreoffice-*-nogui"),
]
TODAY = date(2026, 11, 25)
LANGUAGES = ("fr", "ar")
DECK = "deck.pptx"
NAMES = ("results.xlsx", "means.xlsx", "template.xlsx", "annex.docx", "plan.docx", DECK)
DECIDED = "Louer deux salles à l'école d'Ijoukak"


def build_files(screen) -> dict[str, Callable[[], bytes]]:
    """What makes every kind of office file that the application gives out."""
    t, figures = screen.t, screen.figures
    rows, means = gap_rows(screen)
    table = build_result_table(figures, t, list(figures.results), [screen.chosen.month], [TIZI])
    moment = screen.figures.months[-1].to_pydatetime()
    decision = Decision(
        "1" * 32, Draft(TIZI, "who_pays", date(2025, 8, 1), DECIDED, "", date(2026, 1, 31)), "20261125T100000", moment
    )
    communes = read_communes(TAROUDANNT)
    plan = PlanContext(
        screen, TIZI, load_library(TAROUDANNT)["hard_winter"], load_means(), TODAY, {("fr", "summary"): DECIDED}
    )
    return {
        "results.xlsx": lambda: write_workbook(table, figures, t),
        "means.xlsx": lambda: write_gap_workbook(rows[rows["commune_code"] == TIZI], figures, means, observed(screen), t),
        "template.xlsx": lambda: build_template(communes.iloc[[0, 40]], months_between("2025-07", "2025-08"), t, communes),
        "annex.docx": lambda: build_annex(screen, screen.name(TIZI), [decision], TODAY),
        "plan.docx": lambda: write_docx(build_document(plan, TODAY), t, TODAY),
        DECK: lambda: build_deck(screen, TIZI, load_means(), TODAY),
    }


@pytest.fixture(scope="module")
def opened(request, built_store, tmp_path_factory):
    """Text of the pages of each file that this run asks about, by language and name, all converted by one process with a profile of
    its own; and the slides of the decks."""
    folder = tmp_path_factory.mktemp("office")
    wanted = files_asked_of(request.session.items)
    slides = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SERVICE_PRESSURE_STORE", str(built_store))
        from data.store import Store

        figures = load_figures(Store(built_store).snapshot_id())
        for language in {language for language, _ in wanted}:
            files = build_files(make_screen(figures, language))
            for name in {name for asked, name in wanted if asked == language}:
                (folder / f"{language}-{name}").write_bytes(files[name]())
        for language, _ in wanted & {(language, DECK) for language in LANGUAGES}:
            slides[language] = len(Presentation(folder / f"{language}-{DECK}").slides)
    sent = [str(folder / f"{language}-{name}") for language, name in sorted(wanted)]
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), *sent], check=True, capture_output=True)
    pages = {}
    for language, name in wanted:
        document = pypdfium2.PdfDocument(folder / f"{language}-{name.split('.')[0]}.pdf")
        pages[language, name] = [page.get_textpage().get_text_range() for page in document]
    return pages, slides


def files_asked_of(items) -> set[tuple[str, str]]:
    """Language and name of each file that the tests of this run read: to make and convert one takes longer than to read it."""
    cases = [item.callspec.params for item in items if item.path == Path(__file__)]
    return {(case["language"], case.get("name", DECK)) for case in cases}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_opens_and_its_words_are_there(opened, language, name):
    pages, _ = opened
    text = " ".join(" ".join(pages[language, name]).split())
    assert pages[language, name]
    assert "Err:" not in text
    assert "#REF!" not in text
    expected = {
        "results.xlsx": TIZI,
        "means.xlsx": TIZI,
        "template.xlsx": read_communes(TAROUDANNT)["commune_code"].iloc[40],
        "annex.docx": "Ijoukak",
        "plan.docx": "Ijoukak",
        "deck.pptx": "2025",
    }
    assert expected[name] in text
    has_arabic = any("\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufeff" for c in text)
    assert has_arabic if language == "ar" else "Tizi" in text or name == "template.xlsx"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slides_are_as_many_pages(opened, language):
    pages, slides = opened
    assert len(pages[language, DECK]) == slides[language]
