"""Tokens of programs: made, shown once, revoked."""

from __future__ import annotations

import streamlit as st

from data.people.roles import load_roles, rule_of
from data.people.tokens import LONGEST_LABEL, SCOPES, Token, list_tokens, make_token, revoke_token
from data.records.kind import Role
from pages.screens.accounts.roles import GIVEN, choose_communes
from pages.widgets import store_action
from pages.widgets.confirm import confirmed
from pages.widgets.html import plain_markdown, show
from pages.widgets.screen import Screen

_MADE = "_token_made"
_USUAL_DAYS = 90


def render_tokens(screen: Screen, outcome: str) -> None:
    """The token that was just made, the list, the form for another one."""
    t, tokens = screen.t, list_tokens()
    if made := st.session_state.pop(_MADE, None):
        st.warning(t("accounts.token_once"))
        st.code(made, language=None, wrap_lines=True)
    if tokens:
        columns = [t(f"accounts.column_{name}") for name in ("token", "label", "role", "communes", "scopes", "state")]
        show("accounts_table", t, columns=columns, rows=[_row(screen, token) for token in tokens])
        _render_revoking(screen, outcome, [token for token in tokens if token.is_valid])
    else:
        st.caption(t("accounts.tokens_none"))
    with st.expander(t("accounts.token_new")):
        _render_making(screen, outcome)


def _render_making(screen: Screen, outcome: str) -> None:
    t = screen.t
    label = st.text_input(
        t("accounts.token_label"), max_chars=LONGEST_LABEL, key=f"token_label_{store_action.edition(outcome)}"
    )
    role = Role(str(st.selectbox(t("accounts.role"), GIVEN, format_func=lambda r: t(f"role.{r}"), key="token_role")))
    offered = [scope for scope in SCOPES if scope in rule_of(role).may]
    scopes = st.multiselect(t("accounts.scopes"), offered, offered[:1], format_func=lambda s: t(f"accounts.scope_{s}"))
    communes = choose_communes(screen, role.value, "token")
    longest = load_roles().token_days
    days = st.number_input(t("accounts.days"), 1, longest, min(_USUAL_DAYS, longest))

    def make() -> str:
        st.session_state[_MADE], token = make_token(
            screen.person, label, role, scopes, int(days), communes, known=screen.figures.territory
        )
        return t("accounts.token_made", token=token.token)

    if st.button(t("accounts.token_make"), icon=":material/key:"):
        store_action.do(screen, outcome, make)


def _render_revoking(screen: Screen, outcome: str, valid: list[Token]) -> None:
    t, by_id = screen.t, {token.token: token for token in valid}
    if not by_id:
        return
    row, below = st.container(horizontal=True, vertical_alignment="bottom"), st.container()
    with row:
        chosen = st.selectbox(
            t("accounts.token_choose"),
            list(by_id),
            format_func=lambda i: f"{i} · {by_id[i].label}",
            key="token_chosen",
            width=420,
        )
        sure = t("accounts.token_revoke_sure", token=plain_markdown(f"{chosen} · {by_id[chosen].label}"))
        asked = confirmed(t, f"revoke-{chosen}", t("accounts.token_revoke"), sure, icon=":material/block:", asked_in=below)
    if asked:

        def revoke() -> str:
            revoke_token(screen.person, str(chosen))
            return t("accounts.token_revoked", token=str(chosen))

        store_action.do(screen, outcome, revoke)


def _row(screen: Screen, token: Token) -> list[str]:
    t = screen.t
    state = t("accounts.token_until", day=t.date(token.expires_at.date())) if token.is_valid else t("accounts.token_ended")
    places = [screen.name(code) if code in screen.figures.territory else code for code in token.communes]
    scopes = ", ".join(t(f"accounts.scope_{scope}") for scope in token.scopes)
    return [token.token, token.label, t(f"role.{token.role}"), ", ".join(places), scopes, state]
