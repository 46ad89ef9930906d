"""The plan as PDF and as a Word document: every word, on every page, in every language."""

import io
import re
from datetime import date, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from data.i18n import LANGUAGES, Translator
from data.loaders.digest import short
from data.loaders.today import load_library
from data.records.plan_versions import PlanDraft, PlanVersion
from pages.print.plan.blocks import Cell, OwnWords, Paragraph, Table, TableColumn, make_table
from pages.print.plan.content import build_chapter, build_document
from pages.print.plan.docx import write_docx
from pages.print.plan.pdf import print_pages, print_pdf
from pages.print.sheet.page import build_sheet
from pages.print.typeset import printable
from pages.words.data_version import name_version
from pages.words.view import write_method
from tests.plan_words import TIZI, TODAY, basis, plain, text_of, words_of
from tests.territories import TAROUDANNT

HOSTILE = 'Le <script>alert(1)</script> & "x" \' #panic("run") $x$ *gras* @ref <tag> \\ `code` [crochet] // fin'
UNDRAWABLE = "a − b → c ≥ 3 ⵜⴰⵣⵓⵍⵜ 😀"


def letters(text):
    """The Arabic letters alone."""
    return re.sub(r"[^\u0621-\u063a\u0641-\u064a]", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_every_word_in_logical_order_on_pages_that_are_not_blank(figures, language):
    plan = basis(figures, language, texts={(language, "context"): HOSTILE})
    document = build_document(plan, TODAY)
    pdf = print_pdf(document, plan.t, TODAY)
    said = " ".join(text_of(pdf))
    written = [c.title for c in document.chapters]
    written += [b.text for c in document.chapters for b in c.blocks if isinstance(b, Paragraph)]
    if language == "ar":
        words = [letters(word) for text in written for word in text.split()]
        # The reader that the test uses turns over a word that follows a number at the end of a line; shaped wrongly, all would be.
        lost = [word for word in words if word not in letters(said)]
        assert len(lost) <= len(words) / 100, lost
    else:
        assert [text for text in written if plain(text) not in plain(said)] == []
    assert [word for word in re.findall(r"\w+", HOSTILE) if word not in said] == []
    # The version of the data by the hour that it was made at.
    assert re.sub(r"(..)(..)(..)", r"\1:\2:\3", figures.snapshot_id[9:15]) in said
    # Small type is grey at this size; a foot alone makes fewer than 600 such dots, and the last page may end after a few lines.
    *full, last = [
        sum(Image.open(io.BytesIO(page)).convert("L").histogram()[:224]) for page in print_pages(document, plan.t, TODAY, 40)
    ]
    assert min(full) > 1500
    assert last > 600


def test_a_sign_that_no_typeface_holds_does_not_stop_the_press(figures):
    plan = basis(figures, texts={("fr", "risks"): UNDRAWABLE})
    pdf = print_pdf(build_document(plan, TODAY), plan.t, TODAY)
    assert plain("a – b › c >= 3") in plain(" ".join(text_of(pdf)).replace("–", "-")) or "b › c >= 3" in " ".join(
        text_of(pdf)
    )
    assert printable("é “x” \u2066‎1") == "é “x” \u2066‎1"
    assert printable("≥ ⵜ") == ">= \ufffd"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_document_has_real_headings_tables_that_repeat_and_described_pictures(figures, language):
    plan = basis(figures, language, texts={("fr", "context"): HOSTILE})
    written = build_document(plan, TODAY)
    document = Document(io.BytesIO(write_docx(written, plan.t, TODAY)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [f"{c.number}. {c.title}" for c in written.chapters]
    tables = [b for c in written.chapters for b in c.blocks if isinstance(b, Table)]
    data_tables = [table for table in document.tables if table._tbl.findall(".//" + qn("w:tblHeader"))]
    assert len(data_tables) == len(tables)
    for made, wanted in zip(data_tables, tables, strict=True):
        assert [cell.text for cell in made.rows[0].cells] == [c.label for c in wanted.columns]
        assert len(made.rows) == 1 + len(wanted.rows)
    assert HOSTILE in [p.text for p in document.paragraphs]
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(described) == 6
    assert all(described)
    assert document.core_properties.language.startswith(language)
    mirrored = [bool(table._tbl.tblPr.findall(qn("w:bidiVisual"))) for table in data_tables]
    assert set(mirrored) == {language == "ar"}
    assert name_version(plan.t, figures.snapshot_id) in document.sections[0].footer.paragraphs[0].text


def test_words_of_another_language_are_printed_and_said_to_be(figures):
    plan = basis(figures, "ar", texts={("fr", "summary"): "Une école a rouvert."})
    (own,) = [b for b in build_chapter(plan, "summary").blocks if isinstance(b, OwnWords)]
    assert (own.lines, own.direction) == (("Une école a rouvert.",), "ltr")
    assert "Français" in own.label
    both = basis(figures, "ar", texts={("fr", "summary"): "Une école.", ("ar", "summary"): "مدرسة"})
    assert [b.lines for b in build_chapter(both, "summary").blocks if isinstance(b, OwnWords)] == [("مدرسة",)]


def test_version_and_remark_stand_on_the_cover(figures):
    draft = PlanDraft(load_library(TAROUDANNT)["trend"], {}, date(2025, 8, 1), figures.snapshot_id, {}, "Après l'atelier")
    version = PlanVersion(TIZI, 3, draft, datetime(2026, 2, 5, 9, 30))
    cover = dict(build_document(basis(figures, version=version), TODAY).cover)
    assert cover["Version"] == "Version 3, enregistrée le 5 février 2026\u202f; Après l'atelier"
    assert "non enregistré" in dict(build_document(basis(figures), TODAY).cover)["Version"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_whose_period_has_passed_says_so_on_the_cover_and_is_not_put_to_the_vote(figures, language):
    """Figures until August 2025, twelve months ahead: until August 2026 the plan runs, from September it is over."""
    plan = basis(figures, language)
    t = plan.t
    over = t("contingency.over", observed=t.month(date(2025, 8, 1)), last=t.month(date(2026, 8, 1)))
    running, passed = (build_document(plan, day) for day in (date(2026, 8, 31), date(2026, 9, 1)))
    assert (over in running.warnings, over in passed.warnings) == (False, True)
    assert over not in words_of(running)["annexes"]
    assert over in words_of(passed)["annexes"]
    period = t("contingency.period", first=t.month(date(2025, 9, 1)), last=t.month(date(2026, 8, 1)))
    assert t("contingency.decide_adopt", period=period) in words_of(running)["summary"]
    assert t("contingency.decide_over", period=period) in words_of(passed)["summary"]
    cover = Document(io.BytesIO(write_docx(passed, t, TODAY))).paragraphs
    assert over in [p.text for p in cover]
    if language != "ar":
        assert plain(over) in plain(text_of(print_pdf(passed, t, TODAY))[0])


def test_a_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match="has not 2 cells"):
        make_table("x", (TableColumn("a"), TableColumn("b")), [("only one",)])


@pytest.mark.parametrize(("fill", "dark"), [("#bd0026", True), ("#f03b20", False), ("#ffffb2", False), ("", False)])
def test_words_on_a_colour_are_white_only_where_they_read_better(fill, dark):
    assert Cell("x", fill=fill).is_dark is dark


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_bears_version_and_digest(figures, language):
    t = Translator(language)
    written = write_method(figures, t)
    assert figures.definitions.method_version in written
    assert short(figures.definition_set.digest) in written
    plan = basis(figures).in_language(language)
    document = build_document(plan, date(2025, 9, 1))
    assert written in document.foot
    assert any(written in text for _, text in document.cover)
    assert written in build_sheet(plan.view, TIZI, "http://x/", date(2025, 9, 1))
