"""One chapter of a plan on the screen: what is filled in, and the form for the commune's own words."""

from __future__ import annotations

from typing import Any

import streamlit as st
from markupsafe import Markup

from data.i18n import LANGUAGES
from data.records.plan_texts import LONGEST_TEXT, PLAN_TEXTS, write_text
from data.store import Store
from pages.html import fill
from pages.print.plan.blocks import Block, Picture, Pictures, as_values
from pages.print.plan.content import read_chapter
from pages.print.plan.context import PlanContext
from pages.screens.plan.choice import PLAN
from pages.widgets import store_action
from pages.widgets.clickable import render_clickable
from pages.widgets.screen import Screen
from pages.widgets.session import keep_valid


def render_chapter(screen: Screen, plan: PlanContext) -> None:
    """The list of chapters, the chapter that is open, the commune's words in it."""
    t, chapters = plan.t, list(plan.outline.chapters)
    st.session_state["chapter_chosen"] = keep_valid("chapter", chapters, chapters[0])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            t("contingency.choose_chapter"),
            chapters,
            format_func=lambda c: f"{chapters.index(c) + 1}. {t(f'contingency.chapter_{c}')}",
            key="chapter_chosen",
            on_change=_take,
            width=520,
        )
        at = chapters.index(st.session_state["chapter"])
        _step(t("contingency.previous"), chapters[at - 1] if at else "", "previous")
        _step(t("contingency.next"), chapters[at + 1] if at + 1 < len(chapters) else "", "next")
    chapter = read_chapter(plan, chapters[at])
    st.subheader(f"{chapter.number}. {chapter.title}")
    html = fill("plan_chapter", t, chapter=chapter, blocks=[_values(block) for block in chapter.blocks])
    # st.html sanitises <svg> away: pictures go through a component.
    render_clickable(html, key="plan-chapter")
    if plan.version is None and screen.writes(PLAN_TEXTS, plan.commune):
        _render_words(screen, plan, chapter.id)


def _take() -> None:
    st.session_state["chapter"] = st.session_state["chapter_chosen"]


def _step(label: str, chapter: str, name: str) -> None:
    def go() -> None:
        st.session_state["chapter"] = chapter

    st.button(label, key=f"chapter-{name}", on_click=go, disabled=not chapter)


def _values(block: Block) -> dict[str, Any]:
    """A block for the template: its drawings are our own SVG, whose words are escaped already."""
    values = as_values(block)
    if isinstance(block, Picture):
        values["svg"] = Markup(block.svg)
    if isinstance(block, Pictures):
        values["items"] = [{**item, "svg": Markup(item["svg"])} for item in values["items"]]
    return values


def _render_words(screen: Screen, plan: PlanContext, chapter: str) -> None:
    """What the commune writes into the chapter, in the language that it chooses."""
    t, languages = plan.t, list(LANGUAGES)
    edition = store_action.edition(PLAN)
    language = str(
        st.selectbox(
            t("contingency.words_language"),
            languages,
            index=languages.index(t.language),
            format_func=LANGUAGES.__getitem__,
            key=f"plan-words-language-{chapter}",
            width=260,
        )
    )
    with st.form(f"plan-words-{chapter}-{language}", border=False):
        words = st.text_area(
            t("contingency.words_label", language=LANGUAGES[language]),
            plan.texts.get((language, chapter), ""),
            max_chars=LONGEST_TEXT,
            height=160,
            help=t("contingency.words_help"),
            key=f"plan-words-{plan.commune}-{chapter}-{language}-{edition}",
        )
        asked = st.form_submit_button(t("contingency.save_words"), icon=":material/save:")
    if asked:
        store_action.do(screen, PLAN, lambda: _write(screen.store, plan, language, chapter, words))


def _write(store: Store, plan: PlanContext, language: str, chapter: str, words: str) -> str:
    kept = write_text(store, plan.commune, language, chapter, words)
    title = plan.t(f"contingency.chapter_{chapter}")
    return plan.t("contingency.words_saved" if kept else "contingency.words_removed", chapter=title)
