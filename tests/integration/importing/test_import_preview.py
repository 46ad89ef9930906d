"""What the Data screen shows of movements and facilities before they are written."""

import datetime

import pytest

from data.i18n import LANGUAGES, Translator
from data.importing.accept import prepare_for_store
from pages.screens.data import records_preview
from pages.widgets.screen import Screen
from tests.workbooks import write_workbook

ROWS = [
    ["Mois", "Type de mouvement", "Origine", "Destination", "Personnes"],
    ["2025-08", "Arrivée", "Irherm", "Freija", 1200],
    ["2025-08", "Retour", "Hors province", "Irherm", "ND"],
    ["2025-08", "Arrivée", "Nulle part", "Irherm", 5],
]


@pytest.fixture
def shown(monkeypatch):
    """Tables and captions as they are drawn."""
    drawn = {"tables": [], "captions": []}
    monkeypatch.setattr(records_preview.st, "dataframe", lambda table, **_: drawn["tables"].append(table))
    monkeypatch.setattr(records_preview.st, "caption", drawn["captions"].append)
    return drawn


@pytest.mark.parametrize("language", LANGUAGES)
def test_movements_are_previewed_in_words_with_the_rows_kept(figures, built, shown, language):
    t = Translator(language)
    screen = Screen(figures, None, t, {})
    report = prepare_for_store(built, write_workbook(ROWS), "m.xlsx", datetime.date(2025, 9, 15))
    records_preview.render_counts(screen, report)
    records_preview.render_previews(screen, report)
    (table,) = shown["tables"]
    freija, irherm = screen.name("09.541.09.15"), screen.name("09.541.01.05")
    outside = {"fr": "Hors province", "ar": "خارج الإقليم", "en": "Outside the province"}[language]
    assert table.iloc[0, 2:4].tolist() == [irherm, freija]
    assert table.iloc[1, 2:4].tolist() == [outside, irherm]
    assert table.iloc[:, 5].tolist() == [t.number(1200), "—"]
    assert "2" in shown["captions"][0]
    assert "3" in shown["captions"][0]


def test_a_file_without_them_says_nothing_of_them(figures, built, shown):
    screen = Screen(figures, None, Translator("fr"), {})
    content = write_workbook([["Commune", "Mois", "Élèves primaire"], ["Freija", "2025-08", 10]])
    report = prepare_for_store(built, content, "m.xlsx", datetime.date(2025, 9, 15))
    records_preview.render_counts(screen, report)
    records_preview.render_previews(screen, report)
    assert shown == {"tables": [], "captions": []}
