"""The mode for a projector: which question is on the wall, and the keys that lead from one to the next."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.address import selection
from pages.html import fill
from pages.screens.council.questions import QUESTIONS, answer
from pages.widgets import session
from pages.widgets.screen import Screen
from pages.words.data_version import name_day
from pages.words.labels import territory_label

SUBJECTS = ("commune", "territory")
_KEYS = "council-keys"
_NOTING = "_council_noting"

# Digits by place on the keyboard, since French ones are typed with Shift; arrows follow the reader's direction.
_SCRIPT = """
let listening, watching, shown;
export default function ({ parentElement, data, setTriggerValue }) {
  parentElement.querySelector(".council").innerHTML = data.html;
  // Without a keyboard the same is done by touch.
  parentElement.querySelector(".council").onclick = (event) => {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (action) setTriggerValue("pressed", action);
  };
  // Said on the root, where the style rules look: to find it from there by :has() cost every screen a third of its drawing.
  const question = (shown = {});
  document.documentElement.dataset.council = parentElement.querySelector(".noting") ? "noting" : "asking";
  const forward = data.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = data.direction === "rtl" ? "ArrowRight" : "ArrowLeft";
  const actions = { [forward]: "next", [backward]: "previous", PageDown: "next", PageUp: "previous", Escape: "leave", Enter: "note" };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable=true], [role=combobox], [role=spinbutton]");
    if (typing) {
      // What was typed is not lost by one key: the first Escape leaves the field, the next one the note.
      if (event.key !== "Escape") return;
      event.target.blur();
      if (event.target.value) return;
    }
    if (event.key === "Enter" && event.target.closest?.("button, a")) return;
    const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code);
    const action = digit ? digit[1] : actions[event.key];
    if (!action) return;
    event.preventDefault();
    setTriggerValue("pressed", action);
  };
  // The field to write in has the focus as soon as it is there, and again when a new form takes the place of the one sent.
  let focused;
  const seek = () => {
    const field = document.querySelector("[data-testid=stForm] textarea");
    if (field && field !== focused) (focused = field).focus();
  };
  if (watching) watching.disconnect();
  watching = new MutationObserver(seek);
  if (parentElement.querySelector(".noting")) {
    watching.observe(document.body, { childList: true, subtree: true });
    seek();
  }
  if (listening) document.removeEventListener("keydown", listening);
  document.addEventListener("keydown", (listening = press));
  return () => {
    document.removeEventListener("keydown", press);
    watching.disconnect();
    if (shown === question) delete document.documentElement.dataset.council;
  };
}
"""


def address() -> dict[str, str]:
    """The parameters of the address that reopen this screen of the session."""
    return {key: str(st.session_state[key]) for key in session.COUNCIL_KEYS if st.session_state.get(key)}


def current_question() -> str:
    """The question on the wall; empty outside of the mode."""
    return session.keep_valid("question", ["", *QUESTIONS], "")


def current_subject(screen: Screen) -> str:
    """Code of the commune or id of the territory that the session is on."""
    kind = session.keep_valid("subject", list(SUBJECTS), SUBJECTS[0])
    return screen.chosen.commune if kind == "commune" else screen.chosen.territory


def is_noting() -> bool:
    """Whether a decision is being written down."""
    return bool(st.session_state.get(_NOTING))


def name_subject(screen: Screen, subject: str) -> str:
    """Name of the commune or territory that a session, or a decision, is on."""
    if subject in screen.figures.territory:
        return screen.name(subject)
    return territory_label(screen.figures, subject, screen.t)


def act(action: str) -> None:
    """Do what a key asks for; the last question has no next one, the first none before."""
    at = QUESTIONS.index(current_question() or QUESTIONS[0])
    if action in ("note", "leave"):
        leaving = action == "leave" and not is_noting()
        st.session_state["question"] = "" if leaving else QUESTIONS[at]
        st.session_state[_NOTING] = action == "note"
        return
    reached = {"next": at + 1, "previous": at - 1}.get(action, int(action) - 1 if action.isdecimal() else at)
    st.session_state["question"] = QUESTIONS[min(max(reached, 0), len(QUESTIONS) - 1)]
    st.session_state[_NOTING] = False


def render_start(screen: Screen) -> None:
    """On what the session is, the button that opens the first question, the keys."""
    t, chosen = screen.t, screen.chosen
    names = {"commune": screen.name(chosen.commune), "territory": territory_label(screen.figures, chosen.territory, t)}
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        st.radio(t("council.subject"), SUBJECTS, format_func=names.__getitem__, horizontal=True, **_outliving("subject"))
        if st.session_state["subject"] == "commune":
            codes = selection.communes_in(screen.figures, selection.ALL)
            st.selectbox(t("commune.choose"), codes, format_func=screen.name, **_outliving("commune"))
    with right:
        st.button(t("council.start"), type="primary", icon=":material/slideshow:", on_click=act, args=("1",))
    st.caption(f"{t('council.keys_move')} {t('council.keys_note')}")


def _outliving(key: str) -> dict[str, Any]:
    """Arguments of a widget whose value the mode keeps: what is not drawn would forget its own."""
    widget = f"council_{key}"
    st.session_state[widget] = st.session_state[key]

    def take() -> None:
        st.session_state[key] = st.session_state[widget]

    return {"key": widget, "on_change": take}


def render_question(screen: Screen, subject: str, question: str) -> None:
    """The question, its finding and what rests on it; the keys are listened to as long as it is drawn."""
    t = screen.t
    decisions = sum(d.draft.subject == subject and d.draft.question == question for d in screen.figures.records.decisions)
    html = fill(
        "council",
        t,
        question=question,
        at=QUESTIONS.index(question) + 1,
        total=len(QUESTIONS),
        ask=t(f"council.ask_{question}"),
        subject=name_subject(screen, subject),
        month=t.month(screen.chosen.month),
        answer=answer(screen, subject, question),
        noting=is_noting(),
        decisions=decisions,
        snapshot=name_day(t, screen.figures.snapshot_id),
    )
    component = st.components.v2.component("council", html='<div class="council"></div>', js=_SCRIPT, isolate_styles=False)
    component(data={"html": html, "direction": t.direction}, key=_KEYS, on_pressed_change=_take)


def _take() -> None:
    action = st.session_state[_KEYS].pressed
    if action:
        act(str(action))
