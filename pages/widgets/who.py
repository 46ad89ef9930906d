"""Whoever looks at the page, asked anew at each run; what is said where nobody does, and the way out."""

from __future__ import annotations

import streamlit as st

from data.i18n import Translator
from data.people import handed_on
from data.people.setting import Mode, read_setting
from data.people.viewer import PUBLIC, Person


def current_person() -> Person:
    """The person that the gate let in, with the role of now."""
    return handed_on.read(st.context.headers, read_setting())


def render_nobody(person: Person, t: Translator) -> None:
    """That the session has ended; or that an account waits for its role, with the word by which the steward knows it."""
    if not person.account:
        st.title(t("accounts.ended_title"))
        st.info(t("accounts.ended"))
        _link(t("accounts.sign_in"), "sign-in", t)
        return
    st.title(t("accounts.waiting_title"))
    st.info(t("accounts.waiting_lead"))
    st.code(person.account, language=None)
    _link(t("accounts.sign_out"), sign_out_address(), t)


def render_way_out(person: Person, t: Translator) -> None:
    """The role and the way out, or the way in for the public; nothing for the one person of the open mode."""
    if read_setting().mode is Mode.OPEN:
        return
    if person == PUBLIC:
        _link(t("accounts.sign_in"), "sign-in", t)
        return
    st.caption(t("accounts.signed_in", role=t(f"role.{person.viewer.role}")))
    if address := sign_out_address():
        _link(t("accounts.sign_out"), address, t)


def sign_out_address() -> str:
    """Where the session ends: here, or at the proxy; empty where the proxy has said no address for it."""
    setting = read_setting()
    return "auth/logout" if setting.mode is Mode.OPENID else setting.sign_out


def _link(label: str, address: str, t: Translator) -> None:
    """A link in the same window: Streamlit's own opens another one."""
    if address:
        separator = "&" if "?" in address else "?"
        to = f"{address}{separator}lang={t.language}" if address == "sign-in" else address
        st.html(f'<a class="way-out" href="{to}" target="_self">{label}</a>')
