"""The snapshots that are kept, undo, and the return to any of them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.i18n import Translator
from data.store import Snapshot, Store, StoreError
from pages.figures.load import load_history
from pages.screens.data.uploading import announce
from pages.widgets.html import show
from pages.widgets.screen import Screen

SHOWN = 12


def render_history(screen: Screen) -> None:
    """List the newest snapshots; undo the last action; publish another one."""
    t, snapshots = screen.t, load_history(screen.figures.province)
    show("history", t, rows=[_row(s, t) for s in snapshots[:SHOWN]])
    current = next(s for s in snapshots if s.is_current)
    others = {s.id: s for s in snapshots if not s.is_current}
    if st.button(t("data.undo"), icon=":material/undo:", disabled=current.parent_id not in others):
        _move(screen, lambda store: store.undo())
    if not others:
        return
    with st.expander(t("data.history_choose")):
        chosen = st.selectbox(
            t("data.history_choose"),
            list(others),
            format_func=lambda i: describe(others[i], t),
            label_visibility="collapsed",
        )
        if st.button(t("data.history_publish")):
            _move(screen, lambda store: store.publish(str(chosen)))


def describe(snapshot: Snapshot, t: Translator) -> str:
    """A snapshot in one line: when, what, from which file."""
    return " · ".join(p for p in (t.moment(snapshot.created_at), t(f"action.{snapshot.action}"), snapshot.detail) if p)


def _row(snapshot: Snapshot, t: Translator) -> dict[str, object]:
    return {
        "when": t.moment(snapshot.created_at),
        "action": t(f"action.{snapshot.action}"),
        "detail": snapshot.detail,
        "is_current": snapshot.is_current,
    }


def _move(screen: Screen, act: Callable[[Store], Snapshot]) -> None:
    t = screen.t
    try:
        snapshot = act(screen.store)
    except StoreError as error:
        st.error(t(error.key, **error.values))
        return
    announce(t("data.undone", snapshot=describe(snapshot, t)))
    st.rerun()
