"""Pages set for paper: values are data, the same values give the same bytes, Arabic is in logical order and shaped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pypdfium2
import pytest

from data.i18n import Translator
from pages.print import typeset as room
from pages.print.typeset import draw_pages, typeset

TODAY = date(2026, 11, 25)
PAGE = """#import "style.typ": *
#set document(title: d.title)
#show: styled
= #d.title
#d.text
"""


@pytest.fixture
def page(monkeypatch, tmp_path):
    """A template of one heading and one text, beside the style that all pages share."""
    (tmp_path / "style.typ").write_text((room.TEMPLATES / "style.typ").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "page.typ").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(room, "TEMPLATES", tmp_path)
    room._compiler.cache_clear()
    yield "page"
    room._compiler.cache_clear()


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_values_are_never_read_as_markup(page):
    hostile = '#panic("run") $x$ *bold* @ref <tag> \\ `code` = not a heading'
    assert hostile in text_of(typeset(page, Translator("fr"), {"title": "Titre", "text": hostile}, TODAY))


def test_the_same_values_on_the_same_day_give_the_same_bytes(page):
    values = {"title": "Titre", "text": "Texte"}
    first = typeset(page, Translator("fr"), values, TODAY)
    assert first == typeset(page, Translator("fr"), values, TODAY)
    assert first != typeset(page, Translator("fr"), values | {"text": "Autre"}, TODAY)


def test_arabic_stands_at_the_right_and_comes_out_in_logical_order(page):
    values = {"title": "خطة الطوارئ", "text": "جماعة تيزي نتاست"}
    text = text_of(typeset(page, Translator("ar"), values, TODAY))
    assert "خطة الطوارئ" in text
    assert "جماعة تيزي نتاست" in text
    with pypdfium2.PdfDocument(typeset(page, Translator("ar"), values, TODAY)) as document:
        words = document[0].get_textpage()
        assert words.count_rects()
        left, _, right, _ = words.get_rect(0)
        assert left > document[0].get_width() / 2
        assert right < document[0].get_width()


def test_pages_drawn_are_pictures(page):
    pages = draw_pages(page, Translator("fr"), {"title": "Titre", "text": "Texte"}, TODAY)
    assert [picture[:4] for picture in pages] == [b"\x89PNG"]


def test_readers_who_print_at_once_each_get_their_own_pages(page):
    texts = [f"Texte {number} " * 400 for number in range(8)]
    print_one = lambda text: typeset(page, Translator("fr"), {"title": "Titre", "text": text}, TODAY)  # noqa: E731
    alone = [print_one(text) for text in texts]
    with ThreadPoolExecutor(4) as readers:
        assert list(readers.map(print_one, texts)) == alone
