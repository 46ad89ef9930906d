"""A plan as a commune makes it: chapters read, words kept, a version saved, both files taken away."""

import io

import pypdfium2
from docx import Document
from playwright.sync_api import expect

TIZI = "09.541.04.67"
WORDS = "دواران ما زالا <b>معزولين</b>."


def test_words_are_kept_a_version_is_saved_and_both_files_hold_them(visit, application):
    before = application.store.snapshot_id()
    seen = visit()
    seen.open(f"/plan?lang=ar&commune={TIZI}&scenario=hard_winter&chapter=context")
    page = seen.page
    assert page.evaluate("document.documentElement.dir") == "rtl"
    expect(page.locator(".plan-chapter table")).to_have_count(3)
    page.locator("textarea").fill(WORDS)
    page.get_by_role("button", name="حفظ الكلمة").click()
    expect(page.locator(".own-words")).to_contain_text(WORDS)
    seen.settle()
    page.get_by_role("button", name="حفظ نسخة").click()
    expect(page.locator(".plan-versions li")).to_have_count(1)
    with page.expect_download() as pdf:
        page.get_by_role("button", name="PDF").click()
    text = " ".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf.value.path().read_bytes()))
    assert "معزولين" in text
    with page.expect_download() as docx:
        page.get_by_role("button", name="Word (DOCX)").click()
    document = Document(io.BytesIO(docx.value.path().read_bytes()))
    assert WORDS in [p.text for p in document.paragraphs]
    page.get_by_role("button", name="التالي").click()
    expect(page.get_by_role("heading", name="3. ")).to_be_visible()
    assert "chapter=risks" in page.url
    assert seen.outside == []
    assert seen.errors == []
    application.store.publish(before)


def test_the_profile_leads_to_the_plan_of_the_same_commune(visit):
    seen = visit()
    seen.open(f"/commune?lang=ar&commune={TIZI}")
    seen.page.get_by_test_id("stMain").get_by_role("link", name="مخطط الطوارئ الجماعي").click()
    seen.page.wait_for_url("**/plan?**")
    seen.settle()
    expect(seen.page.locator("h1").first).to_contain_text("تيزي نتاست")
    assert f"commune={TIZI}" in seen.page.url


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    seen = visit(390)
    seen.open(f"/plan?lang=fr&commune={TIZI}&chapter=resources")
    expect(seen.page.locator(".plan-chapter table").first).to_be_visible()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
