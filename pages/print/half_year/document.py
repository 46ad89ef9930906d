"""The whole report in one language: cover, chapters, own words at the end of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from data.i18n import LANGUAGES
from data.records.report_texts import CHAPTERS
from pages.print.half_year import ahead, chapters
from pages.print.half_year.changes import build_changes
from pages.print.half_year.context import Report
from pages.print.half_year.sources import build_sources
from pages.print.half_year.supports import build_supports
from pages.print.plan.blocks import Block, Chapter, OwnWords, PlanDocument
from pages.print.sheet.parts import direction_of
from pages.words.data_version import name_version

_BUILDERS: dict[str, Callable[[Report], list[Block]]] = {
    "summary": chapters.build_summary,
    "changes": build_changes,
    "activities": chapters.build_activities,
    "indicators": chapters.build_indicators,
    "decisions": chapters.build_decisions,
    "supports": build_supports,
    "network": chapters.build_network,
    "lessons": ahead.build_lessons,
    "next": ahead.build_next,
    "sources": build_sources,
}


def build_report(report: Report) -> PlanDocument:
    """Every chapter of a report."""
    t = report.t
    return PlanDocument(
        title=t("half_year.title"),
        subject=report.place,
        cover=_list_cover(report),
        warnings=(t("sheet.demonstration"),) if report.view.figures.has_demonstration else (),
        contents=t("contingency.contents"),
        chapters=tuple(build_chapter(report, chapter) for chapter in CHAPTERS),
        foot=_write_foot(report),
    )


def build_chapter(report: Report, chapter: str) -> Chapter:
    """One chapter, with own words under what is filled in."""
    blocks = (*_BUILDERS[chapter](report), *_own_words(report, chapter))
    return Chapter(chapter, CHAPTERS.index(chapter) + 1, report.t(f"half_year.chapter_{chapter}"), blocks)


def file_name(report: Report, form: str) -> str:
    """Name of the file, with its two months."""
    return report.view.name_file("rapport", f"{report.first:%Y-%m}", f"{report.last:%Y-%m}", report.t.language, form=form)


def write_report(report: Report, form: str, today: date) -> bytes:
    """The report as ``docx`` or ``pdf``."""
    document = build_report(report)
    # Lazy import of python-docx and Typst: only a request for a file pays for it.
    if form == "docx":
        from pages.print.plan.docx import write_docx

        return write_docx(document, report.t, today)
    from pages.print.plan.pdf import print_pdf

    return print_pdf(document, report.t, today)


def _own_words(report: Report, chapter: str) -> list[Block]:
    """In the language of the report, or else in whichever there is, which is said."""
    t = report.t
    written = {code: report.texts[code, chapter] for code in LANGUAGES if (code, chapter) in report.texts}
    if not written:
        return []
    language = t.language if t.language in written else next(iter(written))
    said = t("half_year.own_words") if language == t.language else t("half_year.own_words_in", language=LANGUAGES[language])
    words = written[language]
    return [OwnWords(said, tuple(words.splitlines()), direction_of(words, t.direction))]


def _list_cover(report: Report) -> tuple[tuple[str, str], ...]:
    t, view = report.t, report.view
    lines = {
        "territory": report.place,
        "period": t("half_year.period", first=t.date(report.begins), last=t.date(report.day)),
        "compared": t("half_year.compared", first=t.month(report.first), last=t.month(report.last)),
        "printed": t.date(report.today),
        "snapshot": t("contingency.on_snapshot", snapshot=name_version(t, view.figures.snapshot_id), method=view.method),
        "privacy": t("half_year.privacy"),
    }
    return tuple((t(f"half_year.cover_{key}"), text) for key, text in lines.items())


def _write_foot(report: Report) -> str:
    t, view = report.t, report.view
    said = t(
        "half_year.foot",
        first=t.month(report.first),
        last=t.month(report.last),
        snapshot=name_version(t, view.figures.snapshot_id),
        method=view.method,
    )
    return f"{said} · {t('deck.demonstration')}" if view.figures.has_demonstration else said
