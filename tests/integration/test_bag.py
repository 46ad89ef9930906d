"""Every sheet at once: only what changed is printed again; the bag opens without a network and is light enough to carry."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pypdfium2
import pytest

from analytics.assumptions import DEFAULTS
from data.i18n import Translator
from data.records.commune_notes import write_note
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.print.sheet import files
from pages.print.sheet.bag import Request, build_bag, build_collection
from pages.print.sheet.content import build_content
from pages.print.sheet.files import KEPT, Form, fingerprint, keep_sheet
from pages.print.sheet.page import Edition
from pages.widgets.screen import Screen

TIZI, TAROUDANNT = "09.541.04.67", "09.541.01.13"
BASE = "http://127.0.0.1:8501/"
BOTH = (Form.HTML, Form.PDF)
# Bytes that the bag of the whole province may weigh, without and with PDFs.
LIGHT, HEAVY = 10_000_000, 25_000_000


def screen(figures, language="fr"):
    chosen = Selection(language, "all", figures.default_month, "ISP", TIZI, DEFAULTS)
    return Screen(figures, chosen, Translator(language), {})


def request(folder, communes=(TIZI, TAROUDANNT), base=BASE, day=date(2026, 11, 25)):
    return Request(communes, base, day, folder)


def ignore(_done, _total):
    pass


def test_the_bag_opens_without_a_network(figures, tmp_path):
    seen = []
    bag = build_bag(screen(figures), request(tmp_path), lambda *step: seen.append(step), BOTH)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    with zipfile.ZipFile(io.BytesIO(bag.content)) as archive:
        names = set(archive.namelist())
        index = archive.read("index.html").decode()
        pages = [archive.read(name).decode() for name in names if name.endswith(".html")]
        pdfs = [archive.read(name) for name in names if name.endswith(".pdf")]
        book = openpyxl.load_workbook(io.BytesIO(archive.read("resultats-2025-08.xlsx")))
    assert book.worksheets[0].max_row == 1 + 2 * len(figures.results)
    links = re.findall(r'href="([^"]+)"', index)
    assert set(links) == names - {"index.html"}
    assert 'dir="rtl"' in index
    assert len(pages) == 5
    for page in pages:
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
        assert "<script" not in page
    assert [len(pypdfium2.PdfDocument(pdf)) for pdf in pdfs] == [2] * 4


def test_without_pdfs_the_bag_holds_none_and_its_index_points_to_none(figures, tmp_path):
    bag = build_bag(screen(figures), request(tmp_path), ignore)
    with zipfile.ZipFile(io.BytesIO(bag.content)) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".pdf")]
        assert ".pdf" not in archive.read("index.html").decode()


@pytest.mark.slow
def test_the_bag_of_the_province_is_light_enough_to_carry(figures, tmp_path):
    """Seven communes from the whole list, scaled; the workbook grows with them. ``make bench`` weighs all of them."""
    communes = figures.territory[::13]
    scale = len(figures.territory) / len(communes)
    light = build_bag(screen(figures), request(tmp_path, communes), ignore)
    heavy = build_bag(screen(figures), request(tmp_path, communes), ignore, BOTH)
    assert len(light.content) * scale < LIGHT
    assert len(heavy.content) * scale < HEAVY
    assert len(heavy.content) > len(light.content)


@pytest.mark.slow
def test_only_sheets_that_changed_are_printed_again(store, tmp_path):
    def printed(day=date(2026, 11, 25)):
        figures = load_figures(store.snapshot_id())
        return build_bag(screen(figures), request(tmp_path, day=day), ignore, BOTH).printed

    assert printed() == 2 * 2 * 2
    assert printed() == 0
    # Another day and another snapshot that says the same change nothing.
    write_note(store, "09.541.03.29", "president", "Ailleurs.")
    assert printed(day=date(2026, 12, 1)) == 0
    write_note(store, TIZI, "president", "Une école a rouvert.")
    assert printed() == 1 * 2 * 2


def test_another_address_language_template_or_form_is_another_sheet(figures, monkeypatch):
    one = build_content(screen(figures), TIZI, BASE)
    first = fingerprint([one], Form.PDF)
    assert first == fingerprint([build_content(screen(figures), TIZI, BASE)], Form.PDF)
    others = [
        build_content(screen(figures), TIZI, "http://10.0.0.1/"),
        build_content(screen(figures, "ar"), TIZI, BASE),
        replace(one, version="2027.01"),
        replace(one, words={**one.words, "sheet.title": "Fiche"}),
    ]
    assert len({first, fingerprint([one], Form.HTML), *(fingerprint([other], Form.PDF) for other in others)}) == 6
    monkeypatch.setattr(files, "_printer", lambda form: "another template")
    assert fingerprint([one], Form.PDF) != first


def test_old_sheets_are_forgotten_and_those_in_use_kept(figures, tmp_path):
    one, edition = build_content(screen(figures), TIZI, BASE), Edition("20260101", date(2026, 1, 1))
    other = build_content(screen(figures), TAROUDANNT, BASE)
    assert keep_sheet(other, Form.HTML, edition, tmp_path).is_new
    versions = [replace(one, version=str(number)) for number in range(KEPT + 2)]
    for content in versions[:KEPT]:
        assert keep_sheet(content, Form.HTML, edition, tmp_path).is_new
    assert not keep_sheet(versions[0], Form.HTML, edition, tmp_path).is_new
    assert keep_sheet(versions[KEPT], Form.HTML, edition, tmp_path).is_new
    assert not keep_sheet(versions[0], Form.HTML, edition, tmp_path).is_new
    assert keep_sheet(versions[1], Form.HTML, edition, tmp_path).is_new
    assert not keep_sheet(other, Form.HTML, edition, tmp_path).is_new
    assert len(list(tmp_path.iterdir())) == KEPT + 1


def test_a_printing_that_fails_leaves_nothing_behind(figures, tmp_path, monkeypatch):
    def fail(*_given):
        raise RuntimeError("no ink")

    monkeypatch.setattr(files, "print_pdf", fail)
    with pytest.raises(RuntimeError):
        keep_sheet(build_content(screen(figures), TIZI, BASE), Form.PDF, Edition("x", date(2026, 1, 1)), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_one_pdf_holds_every_sheet_in_order_of_name_with_a_bookmark_each(figures, tmp_path, language):
    seen, communes = [], figures.territory[:6]
    bag = build_collection(screen(figures, language), request(tmp_path, communes), lambda *step: seen.append(step))
    assert seen[-1] == (6, 6)
    names = sorted(screen(figures, language).name(code) for code in communes)
    with pypdfium2.PdfDocument(bag.content) as document:
        assert len(document) == 12
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
        marks = [mark.get_title() for mark in document.get_toc() if mark.level == 0]
    for position, name in enumerate(names):
        assert name in texts[2 * position]
        assert name in texts[2 * position + 1]
        assert marks[position].startswith(name)
    assert bag.printed == 1
    assert build_collection(screen(figures, language), request(tmp_path, communes), ignore).printed == 0
