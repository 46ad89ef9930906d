"""Documents that prove figures: one recorded by its hash, the list by indicator for an auditor, all of them as a workbook."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import streamlit as st

from data.people.roles import Right
from data.records.figure_proofs import LONGEST_TEXT, ProofDraft, record_proof, withdraw_proof
from pages.widgets import sent_files, store_action
from pages.widgets.confirm import confirmed
from pages.widgets.downloads import offer_workbook
from pages.widgets.html import plain_markdown, show
from pages.widgets.screen import Screen
from pages.words import proofs as words

PROOF = "proof"
KINDS_OF_FILE = ["pdf", "jpg", "jpeg", "png", "tif", "tiff"]
MOST_MEGABYTES = 50


def render_proofs(screen: Screen, _today: date) -> None:
    """What is recorded, by indicator for one commune; the file; the form."""
    t = screen.t
    store_action.show_outcome(PROOF)
    st.caption(t("proofs.lead"))
    codes = sorted(screen.codes, key=screen.name)
    chosen = screen.chosen.commune if screen.chosen.commune in codes else codes[0]
    commune = str(
        st.selectbox(t("reports.commune"), codes, index=codes.index(chosen), format_func=screen.name, key="proof_commune")
    )
    st.subheader(t("proofs.by_indicator", name=screen.name(commune), month=t.month(screen.chosen.month)))
    uploads = words.uploads_of(screen, commune)
    if uploads:
        show("proofs_by_indicator", t, rows=words.list_by_indicator(screen, commune))
    else:
        st.info(t("proofs.nothing_sent"))
    tables = lambda: {t("proofs.title"): words.build_proof_table(screen)}  # noqa: E731
    offer_workbook(screen, tables, [t("proofs.lead")], "proofs", f"{screen.chosen.month:%Y-%m}", label="proofs.workbook")
    if screen.may(Right.FIGURES):
        _render_form(screen, commune, uploads)
    _render_list(screen)


def _render_form(screen: Screen, commune: str, uploads: dict[str, str]) -> None:
    """The document is read to its hash and let go; whoever keeps it from the network types the hash."""
    t, key = screen.t, f"{commune}-{store_action.edition(PROOF)}"
    with st.expander(t("proofs.form")):
        st.caption(t("proofs.form_lead"))
        if not st.session_state.get(f"proof-file-{key}"):
            show("uploader_words", t, hint=t("proofs.choose_help", limit=MOST_MEGABYTES))
        sent = st.file_uploader(
            t("proofs.choose"), type=KINDS_OF_FILE, max_upload_size=MOST_MEGABYTES, key=f"proof-file-{key}"
        )
        digest = sha256(sent.getvalue()).hexdigest() if sent else ""
        if digest:
            found = words.find_document(screen, digest)
            places = t("sign.comma").join(screen.name(proof.draft.commune_code) for proof in found)
            st.info(t("proofs.known", places=places) if found else t("proofs.unknown"))
        if not uploads:
            return
        with st.form(f"proof-{key}", border=False):
            typed = st.text_input(t("proofs.sha256"), digest, max_chars=64, key=f"proof-hash-{key}-{digest[:8]}")
            upload = st.selectbox(
                t("proofs.file"), list(uploads), format_func=uploads.__getitem__, key=f"proof-upload-{key}"
            )
            title = st.text_input(t("proofs.document"), max_chars=LONGEST_TEXT, key=f"proof-title-{key}")
            day = st.date_input(
                t("proofs.date"), date.today(), max_value=date.today(), format="DD/MM/YYYY", key=f"proof-day-{key}"
            )
            kept_at = st.text_input(t("proofs.kept_at"), max_chars=LONGEST_TEXT, key=f"proof-kept-{key}")
            saved = st.form_submit_button(t("proofs.save"), icon=":material/save:")
    if saved:
        draft = ProofDraft(commune, str(upload), typed, title, day, kept_at)
        store_action.do(screen, PROOF, lambda: _save(screen, draft))


def _save(screen: Screen, draft: ProofDraft) -> str:
    record_proof(screen.store, draft)
    sent_files.let_go()
    return screen.t("proofs.saved")


def _render_list(screen: Screen) -> None:
    t, rows = screen.t, words.list_proofs(screen)
    if not rows:
        return
    st.subheader(t("proofs.all"))
    show("proofs", t, rows=rows)
    if not screen.may(Right.FIGURES):
        return
    inside = {p.draft: p for p in screen.figures.records.proofs if p.draft.commune_code in set(screen.codes)}
    row, below = st.container(horizontal=True, vertical_alignment="bottom"), st.container()
    with row:
        chosen = st.selectbox(
            t("proofs.withdraw"),
            list(inside),
            format_func=lambda draft: t("sign.between").join((screen.name(draft.commune_code), draft.title)),
            key="proof-withdraw",
        )
        sure = t("proofs.withdraw_sure", title=plain_markdown(chosen.title), name=screen.name(chosen.commune_code))
        asked = confirmed(t, "proof-withdraw", t("proofs.withdraw_do"), sure, icon=":material/delete:", asked_in=below)
    if asked:
        store_action.do(screen, PROOF, lambda: _withdraw(screen, chosen))


def _withdraw(screen: Screen, draft: ProofDraft) -> str:
    withdraw_proof(screen.store, draft)
    return screen.t("proofs.withdrawn")
