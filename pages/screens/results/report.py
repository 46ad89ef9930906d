"""The half-year report on the screen: its two months, its files, its chapters with own words, the short papers made from it."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from analytics.resource_gap import MAIN
from data.i18n import LANGUAGES
from data.records.register import tidy, write_row
from data.records.report_texts import CHAPTERS, LONGEST_TEXT, REPORT_TEXTS
from pages.print.half_year.context import Report, first_month, own_texts, period_of
from pages.print.half_year.document import build_chapter, file_name, write_report
from pages.print.media_types import DOCX, PDF
from pages.print.results import papers
from pages.print.results.state_of_play import build_state_of_play, write_newsletter
from pages.print.results.terms import build_terms
from pages.screens.results.registers import show_blocks
from pages.widgets import store_action
from pages.widgets.downloads import choose_language
from pages.widgets.screen import Screen
from pages.words.gaps import quick_gap
from pages.words.registers import write_word

_FORMS = {"docx": DOCX, "pdf": PDF}
WORDS = "report-words"


def render_report(screen: Screen, _day: date) -> None:
    """Choose the first month, take the report away, read it chapter by chapter."""
    t, last = screen.t, screen.chosen.month
    months = [month for month in screen.figures.months if month < last]
    if not months:
        st.info(t("half_year.one_month"))
        return
    store_action.show_outcome(WORDS)
    st.caption(t("half_year.lead"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = months.index(first_month(screen.figures, last))
        first = st.selectbox(
            t("half_year.first"), months, index=at, format_func=t.month, key=f"report-first-{last:%Y-%m}", width=240
        )
        language = choose_language(t, "report_language")
        report = Report(screen, first, date.today(), own_texts(screen, period_of(first, last)))
        asked = report.in_language(language)
        for form, media_type in _FORMS.items():
            st.download_button(
                t(f"contingency.form_{form}"),
                partial(write_report, asked, form, date.today()),
                file_name(asked, form),
                media_type,
                on_click="ignore",
                icon=":material/description:",
                key=f"report-{form}",
                help=t("half_year.soon"),
            )
    _render_chapter(screen, report)
    _render_papers(screen, asked)


def _render_chapter(screen: Screen, report: Report) -> None:
    t = screen.t
    names = {chapter: f"{at}. {t(f'half_year.chapter_{chapter}')}" for at, chapter in enumerate(CHAPTERS, 1)}
    chosen = st.selectbox(
        t("contingency.choose_chapter"), list(CHAPTERS), format_func=names.__getitem__, key="report_chapter", width=420
    )
    chapter = build_chapter(report, chosen)
    show_blocks(screen, chapter.title, chapter.blocks)
    if screen.writes(REPORT_TEXTS):
        _render_words(screen, report, chosen)


def _render_words(screen: Screen, report: Report, chapter: str) -> None:
    """Own words of a chapter in one language."""
    t, edition = screen.t, store_action.edition(WORDS)
    languages = list(LANGUAGES)
    language = str(
        st.selectbox(
            t("contingency.words_language"), languages, index=languages.index(t.language), format_func=LANGUAGES.__getitem__,
            key=f"report-words-language-{chapter}", width=260,
        )
    )  # fmt: skip
    with st.form(f"report-words-{chapter}-{language}", border=False):
        words = st.text_area(
            t("half_year.words_label", language=LANGUAGES[language]), report.texts.get((language, chapter), ""),
            max_chars=LONGEST_TEXT, height=160, key=f"report-words-{report.period}-{chapter}-{language}-{edition}",
        )  # fmt: skip
        asked = st.form_submit_button(t("contingency.save_words"), icon=":material/save:")
    if asked:
        values = {
            "period": report.period,
            "language": language,
            "chapter": chapter,
            "words": words,
            "reference_date": date.today(),
        }
        store_action.do(screen, WORDS, lambda: _write(screen, values))


def _write(screen: Screen, values: dict[str, object]) -> str:
    write_row(screen.store, REPORT_TEXTS, tidy(REPORT_TEXTS, values))
    return screen.t("register.saved", kind=REPORT_TEXTS.label(screen.t))


def _render_papers(screen: Screen, report: Report) -> None:
    """State of play, newsletter paragraph, terms of reference of a gap."""
    t, view = screen.t, report.view
    st.subheader(t("papers.title"))
    st.download_button(
        t("papers.file", name=t("papers.state")),
        lambda: papers.write_docx(view, build_state_of_play(report)),
        view.name_file("etat-des-lieux", f"{report.last:%Y-%m}", view.t.language, form="docx"),
        DOCX,
        on_click="ignore",
        icon=":material/description:",
    )
    with st.expander(t("papers.newsletter")):
        st.text_area(t("papers.newsletter_text"), write_newsletter(report), height=220, key=f"news-{view.t.language}")
    gaps = quick_gap(view, view.figures.definition_set.means, [screen.chosen.commune])
    lacking = gaps[(gaps["role"] == MAIN) & (gaps["missing_units"] > 0)].set_index("need_id", drop=False)
    if len(lacking):
        _render_terms(screen, report, lacking)


def _render_terms(screen: Screen, report: Report, lacking: pd.DataFrame) -> None:
    t, view = screen.t, report.view
    with st.container(horizontal=True, vertical_alignment="bottom"):
        need = st.selectbox(
            t("papers.terms_choose", name=screen.name(screen.chosen.commune)),
            list(lacking.index),
            format_func=lambda need: write_word(screen, "need", need),
            key="terms_need",
            width=420,
        )
        st.download_button(
            t("papers.file", name=t("papers.terms")),
            lambda: papers.write_docx(view, build_terms(view, lacking.loc[need])),
            view.name_file("termes-de-reference", screen.chosen.commune, need, view.t.language, form="docx"),
            DOCX,
            on_click="ignore",
            icon=":material/description:",
        )
