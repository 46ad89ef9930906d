"""Who has which role: the list of accounts, and the form that gives one."""

from __future__ import annotations

import streamlit as st

from data.people.accounts import Account, list_accounts, set_role
from data.people.roles import Sees, rule_of
from data.records.kind import Role
from pages.widgets import store_action
from pages.widgets.confirm import confirmed_draft
from pages.widgets.html import show
from pages.widgets.screen import Screen

NO_ROLE = ""
GIVEN = [role.value for role in Role if role is not Role.PUBLIC]


def render_roles(screen: Screen, outcome: str) -> None:
    """The accounts, those that wait for a role first; one is chosen and given a role."""
    t, accounts = screen.t, list_accounts()
    if not accounts:
        st.caption(t("accounts.none"))
        return
    columns = [t(f"accounts.column_{name}") for name in ("account", "role", "communes", "seen")]
    show("accounts_table", t, columns=columns, rows=[_row(screen, account) for account in accounts])
    by_id = {account.account: account for account in accounts}
    chosen = str(st.selectbox(t("accounts.choose"), list(by_id), key="account_chosen"))
    now = by_id[chosen].role
    role = st.selectbox(
        t("accounts.role"),
        [NO_ROLE, *GIVEN],
        index=0 if now is None else 1 + GIVEN.index(now.value),
        format_func=lambda r: t(f"role.{r}") if r else t("accounts.no_role"),
        key=f"account_role_{chosen}",
    )
    communes = choose_communes(screen, str(role), f"account_{chosen}", by_id[chosen].communes)
    sent = st.button(t("accounts.give"), type="primary", icon=":material/key:")
    if sent and role:
        store_action.do(screen, outcome, lambda: _give(screen, chosen, str(role), communes))
    without = chosen if sent and not role else None
    if gone := confirmed_draft(t, "role-gone", without, lambda account: t("accounts.role_gone_sure", account=account)):
        store_action.do(screen, outcome, lambda: _give(screen, gone, NO_ROLE, []))


def choose_communes(screen: Screen, role: str, key: str, before: tuple[str, ...] = ()) -> list[str]:
    """The communes of a role that sees its own; nothing is asked for another one."""
    if not role or rule_of(Role(role)).sees is Sees.EVERYTHING:
        return []
    known = sorted(screen.figures.territory, key=screen.name)
    kept = [code for code in before if code in known]
    return list(
        st.multiselect(screen.t("accounts.communes"), known, kept, format_func=screen.name, key=f"communes_{key}_{role}")
    )


def _give(screen: Screen, account: str, role: str, communes: list[str]) -> str:
    given = set_role(screen.person, account, Role(role) if role else None, communes, known=screen.figures.territory)
    said = screen.t(f"role.{given.role}") if given.role else screen.t("accounts.no_role")
    return screen.t("accounts.given", account=account, role=said)


def _row(screen: Screen, account: Account) -> list[str]:
    t = screen.t
    role = t(f"role.{account.role}") if account.role else t("accounts.waiting")
    places = [screen.name(code) if code in screen.figures.territory else code for code in account.communes]
    return [account.account, role, ", ".join(places), t.moment(account.seen_at)]
