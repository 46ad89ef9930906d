"""The snapshots that are kept, undo, one action taken back alone, and the return to any of them; each asks first."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.keeping.revert import list_revertible, revert_action
from data.store import Snapshot, Store, StoreError
from pages.figures.load import load_history
from pages.screens.data.uploading import announce
from pages.widgets.confirm import confirmed
from pages.widgets.html import plain_markdown, show, show_refusal
from pages.widgets.screen import Screen
from pages.words.actions import describe_snapshot, newest_of_each_kind, write_detail

# Of what changed figures, and as many of what people wrote.
SHOWN = 6
REVERTIBLE = 30


def render_history(screen: Screen) -> None:
    """List the newest snapshots; undo the last action; publish another one."""
    t, snapshots = screen.t, load_history(screen.figures.province)
    show("history", t, rows=[_row(s, screen) for s in newest_of_each_kind(snapshots, SHOWN)])
    current = next(s for s in snapshots if s.is_current)
    others = {s.id: s for s in snapshots if not s.is_current}
    sure = t("data.undo_sure", snapshot=plain_markdown(describe_snapshot(current, screen)))
    if confirmed(t, "undo", t("data.undo"), sure, icon=":material/undo:", disabled=current.parent_id not in others):
        _move(screen, lambda store: store.undo())
    if not others:
        return
    with st.expander(t("data.revert")):
        render_revert(screen)
    with st.expander(t("data.history_choose")):
        chosen = _choose(screen, t("data.history_choose"), list(others.values()))
        sure = t("data.publish_sure", snapshot=plain_markdown(describe_snapshot(chosen, screen)))
        if confirmed(t, "publish", t("data.history_publish"), sure):
            _move(screen, lambda store: store.publish(chosen.id))


def render_revert(screen: Screen) -> None:
    """Take back one action among the last ones and leave what others did since."""
    t = screen.t
    st.caption(t("data.revert_lead"))
    actions = newest_of_each_kind(list_revertible(screen.store), REVERTIBLE)
    if not actions:
        st.info(t("data.revert_none"))
        return
    chosen = _choose(screen, t("data.revert"), actions)
    if confirmed(
        t, "revert", t("data.revert_do"), t("data.revert_sure", snapshot=plain_markdown(describe_snapshot(chosen, screen)))
    ):
        _move(screen, lambda store: revert_action(store, chosen.id))


def _choose(screen: Screen, label: str, snapshots: list[Snapshot]) -> Snapshot:
    """One of some snapshots."""
    known = {snapshot.id: snapshot for snapshot in snapshots}
    show_one: Callable[[str], str] = lambda snapshot_id: describe_snapshot(known[snapshot_id], screen)  # noqa: E731
    return known[str(st.selectbox(label, list(known), format_func=show_one, label_visibility="collapsed"))]


def _row(snapshot: Snapshot, screen: Screen) -> dict[str, object]:
    t = screen.t
    return {
        "when": t.moment(snapshot.created_at),
        "action": t(f"action.{snapshot.action}"),
        "detail": write_detail(snapshot.action, snapshot.detail, screen),
        "is_current": snapshot.is_current,
    }


def _move(screen: Screen, act: Callable[[Store], Snapshot]) -> None:
    t = screen.t
    try:
        snapshot = act(screen.store)
    except StoreError as error:
        show_refusal(error, t)
        return
    announce(t("data.undone", snapshot=plain_markdown(describe_snapshot(snapshot, screen))))
    st.rerun()
