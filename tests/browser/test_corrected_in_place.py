"""On a telephone: cells that are set aside are corrected below one another, accepted, and taken back with the file."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.messy.files import book
from tests.messy.unseen import MOVEMENTS

AUGUST = datetime.datetime(2025, 8, 1)
WORDS = {
    "fr": (
        "Corriger ici",
        "Raison",
        "Reprendre le contrôle",
        "Accepter",
        "Annuler la dernière action",
        "Oui, continuer",
        "2 ",
    ),
    "ar": ("التصحيح هنا", "السبب", "إعادة المراقبة", "قبول", "التراجع عن آخر عملية", "نعم، متابعة", "رقمين"),
}
TYPED = {"Feuil1!C2": "12", "Feuil2!C2": "Adar", "Feuil2!E2": "7"}


def content() -> bytes:
    return book(
        [["Commune", "Mois", "Personnes déplacées"], ["Adar", AUGUST, "douze"]],
        [MOVEMENTS, [AUGUST, "arrivée", "Adr Nord", "Aoulouz", "sept"]],
    )


@pytest.mark.parametrize("language", WORDS)
def test_a_figure_and_a_record_are_corrected_accepted_and_taken_back(visit, application, language):
    correct, reason, check, accept, undo, yes, two = WORDS[language]
    before = application.store.snapshot_id()
    seen = visit(390)
    seen.open(f"/data?lang={language}")
    page = seen.page
    page.locator("input[type=file]").set_input_files(
        {"name": "saisie.xlsx", "mimeType": "application/octet-stream", "buffer": content()}
    )
    page.get_by_text(correct, exact=True).click()
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name=check))
    boxes = form.get_by_role("textbox")
    expect(boxes).to_have_count(4)
    for address, value in TYPED.items():
        # Typed key by key, at once, as a person does: nothing has to be fetched before.
        form.get_by_role("textbox", name=address).press_sequentially(value)
    form.get_by_role("textbox", name=reason).fill("Relu sur le registre")
    form.get_by_role("button", name=check).click()
    button = page.get_by_role("button", name=accept)
    expect(button).to_contain_text(two)
    seen.assert_drawn("data")
    button.click()
    expect(button).to_have_count(0)
    seen.settle()
    assert application.store.snapshot_id() != before
    seen.open(f"/data?lang={language}")
    page.get_by_role("button", name=undo).click()
    page.get_by_role("button", name=yes).click()
    expect(page.get_by_role("button", name=yes)).to_have_count(0)
    seen.settle()
    assert application.store.snapshot_id() == before
