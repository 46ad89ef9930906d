"""The sentences that are read aloud against raw figures: ``python -m tests.read_aloud shipped | measured | three [screens]``.

Prints, for one state of the store, the titles and findings of every screen in three languages, and what ten sheets and five
plans say of a commune in French and Arabic, each beside the results that it rests on. A person reads it and writes the verdict
into ``docs/read-aloud.md``.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from data.ingest import drop_demonstration
from data.initialise import initialise
from data.store import ROOT_VARIABLE, Store
from tests.lone_screen import SCREENS, open_screen
from tests.three_communes import CODES, report

LANGUAGES = ("fr", "ar", "en")
# The highest and the lowest index, a town, communes of the three cercles, and those whose health is far.
TEN = (
    "09.541.04.67", "09.541.01.02", "09.541.04.49", "09.541.01.01", "09.541.03.21",
    "09.541.05.17", "09.541.07.11", "09.541.04.41", "09.541.05.25", "09.541.07.37",
)  # fmt: skip
SAID = (
    "finding", "status", "remarks", "baseline", "changes", "facts", "services", "needs", "needs_total", "support", "portrait",
    "warning",
)  # fmt: skip
SCENARIOS = ("trend", "hard_winter", "fast_returns", "second_shock", "staff_loss")
COLUMNS = ["pressure", "severity_class", "score", "gap_to_norm", "status", "provenance", "reliability"]
_TAG, _ISOLATE = re.compile(r"<[^>]+>"), re.compile(r"[\u2066-\u2069]|\\u206\d")
TODAY = date(2026, 11, 29)


def build_state(state: str, root: Path) -> Store:
    """A store as it ships, of measured figures only, or with three communes that reported."""
    store = Store(root)
    initialise(store)
    if state != "shipped":
        with store.write("drop-demonstration") as connection:
            drop_demonstration(connection)
    if state == "three":
        report(store)
    return store


def read_screens() -> None:
    """What each screen says at its head, in each language."""
    for name in SCREENS:
        print(f"\n## {name}")
        for language in LANGUAGES:
            for said in heads(open_screen(name, lang=language)):
                print(f"- {language}: {said[:400]}")


def heads(app: AppTest) -> list[str]:
    """Titles, headings and findings of a screen, each once."""
    written = [str(e.value) for kind in (app.title, app.header, app.subheader) for e in kind]
    bold = [str(e.value) for e in app.markdown if str(e.value).startswith("**") or "title" in str(e.value)[:60]]
    return list(dict.fromkeys(plain(text) for text in written + bold))


def read_sheets(store: Store) -> None:
    """The findings of ten sheets, in two languages, beside the results of their communes."""
    from pages.print.sheet.content import build_content

    for commune in communes(store):
        print(f"\n## sheet {commune}\n{raw_of(store, commune)}")
        for language in ("fr", "ar"):
            content = build_content(view_of(store, language, commune), commune, "http://127.0.0.1/")
            for part in SAID:
                if said := getattr(content, part, None):
                    print(f"- {language} {part}: {plain(str(said))[:1500]}")


def read_plans(store: Store) -> None:
    """The summaries of five plans, in two languages."""
    from data.loaders.today import load_library, load_means
    from pages.print.plan.content import build_document
    from pages.print.plan.context import PlanContext

    for commune, name in zip(communes(store), SCENARIOS, strict=False):
        for language in ("fr", "ar"):
            view = view_of(store, language, commune)
            scenario = load_library(view.figures.province)[name]
            document = build_document(PlanContext(view, commune, scenario, load_means(), TODAY), TODAY)
            print(f"\n## plan {commune} {name} {language}: {document.subject}\n{plain(str(document.cover))}")
            for said in (*document.warnings, *map(str, document.chapters[0].blocks[:12])):
                print(f"- {plain(said)[:900]}")


def communes(store: Store) -> list[str]:
    """Of the ten those that the province has; the three that reported come first."""
    known = set(view_of(store, "fr", CODES[0]).figures.of_month("ISP", month_of(store))["commune_code"])
    listed = [code for code in dict.fromkeys((*CODES, *TEN)) if code in known]
    return (listed + sorted(known - set(listed)))[:10]


def raw_of(store: Store, commune: str) -> str:
    """The results of a commune in the month, as they were computed."""
    figures = view_of(store, "fr", commune).figures
    own = figures.of_commune(commune, month_of(store))
    return own[[c for c in COLUMNS if c in own]].round(3).to_string()


def month_of(store: Store) -> pd.Timestamp:
    """The month that a reader meets first."""
    from pages.figures.load import load_figures

    return load_figures(store.snapshot_id()).default_month


def view_of(store: Store, language: str, commune: str):
    """What a reader of that language sees of a commune."""
    from analytics.assumptions import DEFAULTS
    from data.i18n import Translator
    from pages.address.selection import Selection
    from pages.figures.load import load_figures
    from pages.widgets.screen import Screen

    figures = load_figures(store.snapshot_id())
    return Screen(
        figures, Selection(language, "all", figures.default_month, "ISP", commune, DEFAULTS), Translator(language), {}
    )


def plain(text: str) -> str:
    """A text without markup, in one line."""
    return " ".join(_ISOLATE.sub("", _TAG.sub(" ", text)).replace("**", "").split())


def main() -> None:
    """Print one state."""
    state = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        os.environ[ROOT_VARIABLE] = folder
        store = build_state(state, Path(folder))
        print(f"# {state}, month {month_of(store):%Y-%m}")
        read_screens()
        if "screens" not in sys.argv[2:]:
            read_sheets(store)
            read_plans(store)


if __name__ == "__main__":
    main()
