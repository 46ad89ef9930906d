"""The whole plan to take away: a document to edit or a PDF, in the language that is asked for, made when it is."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.print.media_types import DOCX, PDF
from pages.print.plan.content import build_document
from pages.print.plan.context import PlanContext
from pages.widgets.downloads import choose_language

MEDIA_TYPES = {"docx": DOCX, "pdf": PDF}


def render_files(plan: PlanContext) -> None:
    """The language and a button for each form."""
    t = plan.t
    version = f"v{plan.version.number}" if plan.version else t("contingency.draft_name")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        language = choose_language(t, "plan_language", t("contingency.language"))
        for form, media_type in MEDIA_TYPES.items():
            name = plan.view.name_file("plan", plan.commune, version, language, form=form)
            st.download_button(
                t(f"contingency.form_{form}"), partial(build_file, plan, language, form), name, media_type, on_click="ignore",
                icon=":material/description:", key=f"plan-{form}",
            )  # fmt: skip


def build_file(plan: PlanContext, language: str, form: str) -> bytes:
    """The plan as ``docx`` or ``pdf`` in a language."""
    asked, today = plan.in_language(language), plan.today
    document = build_document(asked, today)
    # Lazy import of python-docx and Typst: only a request for a file pays for it.
    if form == "docx":
        from pages.print.plan.docx import write_docx

        return write_docx(document, asked.t, today)
    from pages.print.plan.pdf import print_pdf

    return print_pdf(document, asked.t, today)
