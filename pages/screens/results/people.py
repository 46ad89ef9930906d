"""Diaspora, animators, training and targeting, with their papers."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from analytics.model import Provenance
from data.records.animator_posts import ANIMATOR_POSTS
from data.records.commune_notes import COMMUNE_NOTES, write_note
from data.records.training_sessions import TRAINING_SESSIONS
from pages.print.results import call, diaspora, network, papers, routes, targeting, training
from pages.screens.results.paper import offer_paper
from pages.screens.results.registers import render_registers, show_blocks
from pages.widgets import store_action
from pages.widgets.screen import Screen
from pages.words.registers import read_rows, write_word

# What an animator noticed is noted in the name of the commune by its technician.
NOTICED, NOTED_BY = "noticed", "technician"


def render_diaspora(screen: Screen, day: date) -> None:
    """Initiatives, offers beside needs, and the page that an association opens."""
    t = screen.t
    show_blocks(screen, t("results.part_diaspora"), diaspora.build_initiatives(screen, day))
    render_registers(screen, "diaspora")
    st.subheader(t("results.offers"))
    show_blocks(screen, t("results.offers"), diaspora.build_offers(screen, day))
    _render_call(screen)
    st.markdown(f"[{t('results.diaspora_page')}](diaspora?lang={t.language}&month={screen.chosen.month:%Y-%m})")


def _render_call(screen: Screen) -> None:
    """A call for projects on one of the needs that some commune of the territory lacks."""
    t, needs = screen.t, list(dict.fromkeys(call.list_lacking(screen)["need_id"]))
    if needs:
        write = partial(write_word, screen, "need")
        offer_paper(screen, "call", "appel-a-projets", call.build_call, t("results.need"), needs, write)


def render_network(screen: Screen, day: date) -> None:
    """Posts, and the monthly sheet of a commune."""
    t = screen.t
    show_blocks(screen, t("results.part_network"), network.build_posts(screen, day))
    # The commune that is looked at everywhere else stands first.
    codes = sorted(screen.codes, key=lambda code: (code != screen.chosen.commune, screen.name(code)))
    build = papers.build_monthly_sheet
    commune = offer_paper(screen, "sheet", "fiche-mensuelle", build, t("results.commune"), codes, screen.name)
    with st.expander(t("results.routes", name=screen.name(commune)), icon=":material/route:"):
        show_blocks(screen, t("results.routes", name=screen.name(commune)), routes.build_routes(screen, commune, day))
    screen.link("means", t("results.to_rounds"), ":material/route:")
    _render_noticed(screen, day)
    render_registers(screen, "network")


def _render_noticed(screen: Screen, day: date) -> None:
    """What animators noticed, each with a button that makes it the commune's note, for whoever writes that."""
    t = screen.t
    store_action.show_outcome(NOTICED)
    rows = read_rows(screen, ANIMATOR_POSTS, day)
    for row in rows[rows["noticed"] != ""].to_dict("records"):
        commune = row["commune_code"]
        if not screen.writes(COMMUNE_NOTES, commune) or row["provenance"] == Provenance.DEMONSTRATION.value:
            continue
        said, button = st.columns([5, 2], vertical_alignment="center")
        said.caption(f"{screen.name(commune)} · {row['noticed']}")
        if button.button(t("results.make_note"), key=f"note-{row['code']}", icon=":material/edit_note:"):
            store_action.do(screen, NOTICED, partial(_make_note, screen, commune, row["noticed"]))


def _make_note(screen: Screen, commune: str, noticed: str) -> str:
    write_note(screen.store, commune, NOTED_BY, noticed)
    return screen.t("results.note_made", name=screen.name(commune))


def render_training(screen: Screen, day: date) -> None:
    """Levels missing, what figures show, sessions, and whom a session is for."""
    t = screen.t
    show_blocks(screen, t("results.part_training"), training.build_gaps(screen, day))
    show_blocks(screen, t("results.training_signs"), training.build_signs(screen))
    st.subheader(t("results.sessions"))
    show_blocks(screen, t("results.sessions"), training.build_sessions(screen, day))
    _render_convocation(screen, day)
    render_registers(screen, "training")


def _render_convocation(screen: Screen, day: date) -> None:
    sessions = read_rows(screen, TRAINING_SESSIONS)
    titles = dict(zip(sessions["code"], sessions["title"], strict=True))
    if titles:
        build = partial(papers.build_convocation, today=day)
        said = titles.__getitem__
        offer_paper(screen, "convocation", "convocation", build, screen.t("results.session"), list(titles), said)


def render_targeting(screen: Screen, day: date) -> None:
    """Counts by rule, then the rules as criteria."""
    t = screen.t
    show_blocks(screen, t("results.part_targeting"), targeting.build_counts(screen, day))
    render_registers(screen, "targeting")
    st.subheader(t("results.rules"))
    show_blocks(screen, t("results.rules"), targeting.build_rules(screen))
