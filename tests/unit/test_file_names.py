"""Names of files: the lens stands in each that holds figures, so that a measured one never replaces one with the example."""

import re
from pathlib import Path

from analytics.assumptions import DEFAULTS, Assumptions, FigureKinds
from pages.address.selection import name_file

PAGES = Path(__file__).parents[2] / "pages"
# Files that hold no figure through the lens: empty forms, what an import found, the history, the whole store.
WITHOUT_LENS = {
    "screens/data/audit.py", "screens/data/checking.py", "screens/data/sources.py", "screens/data/template.py",
    "screens/quality/corrections.py", "screens/quality/proofs.py", "screens/places/true_point.py",
}  # fmt: skip
NAMED_BY_HAND = re.compile(r"""[\w}]\.(?:csv|xlsx|pdf|docx|pptx|zip|png|svg|gpkg|geojson)["']|}\.{(?:form|ending)}""")
CALLS = re.compile(r"download_button\(|content-disposition")


def test_the_lens_is_said_before_the_ending_and_only_where_figures_are_left_out():
    assert name_file(DEFAULTS, "fiche", "09.541.04.67", "2025-08", "fr", form="pdf") == "fiche-09.541.04.67-2025-08-fr.pdf"
    assert (
        name_file(Assumptions(figures=FigureKinds.REAL), "resultats", "2025-08", form="csv")
        == "resultats-2025-08-mesure.csv"
    )


def test_no_file_with_figures_is_named_without_it():
    by_hand, asked = set(), 0
    for path in PAGES.rglob("*.py"):
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to(PAGES))
        if not CALLS.search(text):
            continue
        asked += 1
        # Keys of texts are no names of files.
        if NAMED_BY_HAND.search(re.sub(r"""\bt\([^)]*\)|"(?:support|contingency|table)\.\w+\"""", "", text)):
            by_hand.add(name)
    assert asked > 25
    assert by_hand <= WITHOUT_LENS
