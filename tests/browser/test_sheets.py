"""Sheets as people meet them: printed from a browser, read by a screen reader, taken away together, answered by the commune."""

import io
import re
import zipfile

import pypdfium2
import pytest
from playwright.sync_api import expect

from data.records.commune_notes import LONGEST_NOTE, write_note
from tests.browser.test_accessible import find_faults

TIZI = "09.541.04.67"
NEEDIEST = "09.541.01.13"


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_sheet_has_no_fault_that_axe_finds(visit, language):
    seen = visit()
    seen.page.goto(f"{seen.address}/sheet/{TIZI}?lang={language}&month=2023-10")
    assert find_faults(seen.page.main_frame) == []


def test_a_note_is_refused_with_its_reason_published_printed_and_withdrawn(visit):
    seen = visit()
    seen.open(f"/commune?lang=ar&commune={TIZI}")
    page = seen.page
    box = page.locator("textarea")
    publish = page.get_by_role("button", name="نشر الملاحظة")
    box.fill("0612345678")
    publish.click()
    expect(page.get_by_role("alert")).to_contain_text("رقم هاتف")
    words = "أعيد فتح مدرسة <b>أمس</b>."
    box.fill(words)
    publish.click()
    expect(page.locator(".own-note")).to_contain_text(words)
    sheet = visit()
    sheet.page.goto(f"{sheet.address}/sheet/{TIZI}?lang=ar")
    expect(sheet.page.locator(".note")).to_contain_text(words)
    page.get_by_role("button", name="سحب الملاحظة").click()
    page.get_by_role("button", name="نعم").click()
    expect(page.locator(".own-note")).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_longest_note_still_prints_on_two_sides(visit, application, language):
    word = "ملاحظة " if language == "ar" else "remarque "
    before = application.store.snapshot_id()
    write_note(application.store, NEEDIEST, "president", (word * LONGEST_NOTE)[:LONGEST_NOTE].strip())
    seen = visit()
    seen.page.goto(f"{seen.address}/sheet/{NEEDIEST}?lang={language}&month=2023-10")
    pdf = seen.page.pdf(prefer_css_page_size=True, print_background=True)
    application.store.publish(before)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2


def test_sheets_are_taken_away_as_pdfs_and_as_one(visit):
    seen = visit()
    seen.open("/?lang=fr&territory=urban")
    page = seen.page
    choice = page.get_by_role("combobox", name=re.compile("À emporter"))
    prepare = page.get_by_role("button", name="Préparer toutes les fiches")
    seen.choose(choice, "ZIP : les mêmes fiches, aussi en PDF")
    prepare.click()
    with page.expect_download() as bag:
        page.get_by_role("button", name="Télécharger le ZIP").click()
    with zipfile.ZipFile(bag.value.path()) as archive:
        assert sum(name.endswith(".pdf") for name in archive.namelist()) == 2 * 8
    seen.choose(choice, "Un seul PDF, العربية")
    prepare.click()
    with page.expect_download() as one:
        page.get_by_role("button", name="Télécharger le PDF").click()
    assert len(pypdfium2.PdfDocument(io.BytesIO(one.value.path().read_bytes()))) == 2 * 8
    assert one.value.suggested_filename.endswith("-ar-mesure.pdf")


def test_the_profile_leads_to_the_pdf(visit):
    seen = visit()
    seen.open(f"/commune?lang=fr&commune={TIZI}")
    address = seen.page.get_by_role("link", name="Fiche en PDF").get_attribute("href")
    answer = seen.page.request.get(f"{seen.address}/{address}")
    assert answer.headers["content-type"] == "application/pdf"
    assert len(pypdfium2.PdfDocument(io.BytesIO(answer.body()))) == 2
