"""The deck of a commune for a council: eight slides with native charts and tables, and what to say in the notes of each."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.model import Indicator
from analytics.resources import Means
from analytics.summary import class_of
from geo.palette import BLACK, WHITE
from pages.print.deck.means import add_means
from pages.print.deck.outlook import add_outlook
from pages.print.deck.page import CONTENT, MARGIN, MUTED, WIDTH, Box, Deck, Look, Page, new_deck, write_other_language
from pages.print.deck.portrait import add_portrait
from pages.print.deck.service import add_service, warn, write_certainty, write_source
from pages.words import titles
from pages.words.baseline import write_baseline
from pages.words.certainty import write_place, write_rank
from pages.words.data_version import name_version
from pages.words.services import first_indicator, indicator_row
from pages.words.sign_offs import write_state
from pages.words.two_dates import write_commune_changes
from pages.words.view import View

_FULL = WIDTH - 2 * MARGIN
_DARKEST = 5


def build_deck(view: View, commune: str, means: Means, today: date) -> bytes:
    """The deck as PPTX, in the language of ``view.t``, for the month of ``view.chosen``.

    Args:
        means: needs, resources and unit costs, those of the session where a reader has edited them.
        today: day that the last slide names.
    """
    deck = new_deck(view.t, view.t("deck.title", name=view.name(commune)))
    _add_head(deck, view, commune)
    for sector in view.figures.services:
        add_service(deck, view, commune, sector)
    add_means(deck, view, commune, means)
    add_outlook(deck, view, commune)
    add_portrait(deck, view, commune)
    _add_method(deck, view, commune, today)
    target = io.BytesIO()
    deck.presentation.save(target)
    return target.getvalue()


def _add_head(deck: Deck, view: View, commune: str) -> None:
    """Name in both scripts, class, finding, rank."""
    t, figures, chosen = view.t, view.figures, view.chosen
    results = figures.of_commune(commune, chosen.month)
    composite = results.loc[COMPOSITE_ID]
    finding = titles.state_finding(view, commune, results)
    page = deck.add_page()
    page.write_title(view.name(commune), 44)
    arabic = t.language == "ar"
    other = page.add_text(Box(MARGIN, 1.55, _FULL, 0.75), "", Look())
    other_name = str(figures.communes.at[commune, "name_fr" if arabic else "name_ar"])
    write_other_language(other.text_frame.paragraphs[0], other_name, "fr" if arabic else "ar", t, Look(32, color=MUTED))
    page.add_text(Box(MARGIN, 2.5, _FULL, 1.15), finding, Look(30, bold=True))
    _add_class(page, view, composite)
    ranked = t("sign.between").join(p for p in (write_rank(view, commune), write_place(view, commune)) if p)
    lines = [
        t("sheet.recto", province=t("territory.province"), month=t.month(chosen.month)),
        f"{t('commune.rank')}{t('sign.colon')}{ranked}" if ranked else "",
        write_baseline(view, results),
        write_commune_changes(view, commune),
        f"{t('overview.displaced')}{t('sign.colon')}{view.count('displaced_persons', commune)}",
        write_state(view, commune),
    ]
    page.add_text(Box(MARGIN, 4.6, _FULL, 1.7), "\n".join(line for line in lines if line), Look(15, color=MUTED))
    page.add_small_line(
        write_source(view, commune, composite["provenance"], [COMPOSITE_ID]), warn(view, composite["provenance"])
    )
    page.add_notes(
        t("deck.notes_say", text=f"{finding}. {ranked}."),
        t("deck.notes_from", text=f"{t('methods.composite_3')} {t('methods.composite_4')}"),
        write_certainty(view, commune, COMPOSITE_ID, composite),
    )


def _add_class(page: Page, view: View, composite: pd.Series) -> None:
    """The class in its colour, with number and name, so that it is read in grey too."""
    severity = class_of(composite)
    color = view.figures.definitions.legend.color(severity).lstrip("#").upper()
    ink = (WHITE if severity == _DARKEST else BLACK)[1:]
    label = view.describe_class(composite)
    figure = view.describe_figure(composite)
    page.add_text(Box(MARGIN, 3.8, 5.2, 0.65), label, Look(22, bold=True, color=ink), color)
    page.add_text(Box(MARGIN + 5.4, 3.8, _FULL - 5.4, 0.65), figure, Look(18, color=MUTED))


def _add_method(deck: Deck, view: View, commune: str, today: date) -> None:
    """How pressure is computed, the norms behind the services, sources, versions."""
    t, figures = view.t, view.figures
    results = figures.of_commune(commune, view.chosen.month)
    worst = results.loc[COMPOSITE_ID, "provenance"]
    page = deck.add_page()
    page.write_title(t("deck.method_title"))
    page.add_text(Box(MARGIN, 1.5, _FULL, 0.95), f"{t('table.meaning')}\n{t('deck.method_certainty')}", Look(16))
    indicators = [first_indicator(figures.definitions, sector, results) for sector in view.figures.services]
    rows = [_norm_row(view, indicator, results.loc[indicator.id]) for indicator in indicators]
    heading = (t("behind.indicator"), t("behind.norm"), t("deck.norm_status"), t("deck.norm_source"))
    page.add_table(Box(MARGIN, 2.5, _FULL, 2.8), [heading, *rows], (0.3, 0.16, 0.16, 0.38), t("deck.method_alt"), 5.7)
    version = t("sheet.version", version=view.method, snapshot=name_version(t, figures.snapshot_id), today=t.date(today))
    page.add_text(Box(MARGIN, 5.75, CONTENT.width, 0.4), version, Look(16, color=MUTED))
    page.add_small_line(write_source(view, commune, worst, [COMPOSITE_ID]), warn(view, worst))
    page.add_notes(
        t("deck.notes_say", text=t("deck.method_say")),
        t("deck.notes_from", text=f"{write_source(view, commune, worst, [COMPOSITE_ID])} {version}"),
        t("deck.notes_sure", text=f"{t('deck.method_certainty')} {warn(view, worst)}".strip()),
    )


def _norm_row(view: View, indicator: Indicator, result: pd.Series) -> tuple[str, str, str, str]:
    row = indicator_row(view, indicator, result)
    norm = view.t.quantity(result["norm_value"], indicator.unit, indicator.decimals)
    return str(row["label"]), norm, str(row["norm_status"]), str(row["norm_source"])
