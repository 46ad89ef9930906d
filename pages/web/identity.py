"""Who asks: from the cookie of Streamlit's sign-in, from a proxy that proves itself, or from a token."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from data import audit
from data.people import accounts, sessions, tokens
from data.people.groups import read_groups
from data.people.roles import load_roles
from data.people.setting import Mode, Setting
from data.people.viewer import NOBODY, PUBLIC, Person

PROOF_HEADER = "x-proxy-secret"
BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Found:
    """Whoever asks; whether the session is new; whether a token was given, which opens no screen."""

    person: Person
    is_new: bool = False
    by_token: bool = False


def identify(asked: HTTPConnection, setting: Setting) -> Found:
    """Whoever asks, in an installation that is not open."""
    authorization = asked.headers.get("authorization", "")
    if authorization.lower().startswith(BEARER):
        return Found(tokens.bearer(authorization[len(BEARER) :].strip()), by_token=True)
    if setting.mode is Mode.HEADERS:
        return Found(_by_proxy(asked, setting))
    cookie = read_cookie(asked)
    if cookie is None:
        return Found(_not_signed_in(setting))
    person, is_new = sessions.enter(
        cookie.session, accounts.pseudonym(cookie.issuer, cookie.subject), cookie.at, _address(asked)
    )
    if is_new and setting.groups:
        groups = read_groups(Path(setting.groups))
        groups.apply(person.account, cookie.names(groups.claim), cookie.session)
        person = sessions.resume(cookie.session)
    if is_new:
        audit.record(person.actor, "sign-in")
    # A session that has ended is worth no more than none.
    return Found(_not_signed_in(setting), False) if person == NOBODY else Found(person, is_new)


@dataclass(frozen=True, slots=True)
class Cookie:
    """What a sign-in left in the browser: a name for the session, whose it is, when it was signed, all that the provider said."""

    session: str
    issuer: str
    subject: str
    at: datetime
    said: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def names(self, claim: str) -> tuple[str, ...]:
        """The names in a claim: of a list, or the only one."""
        value = self.said.get(claim)
        return tuple(str(name) for name in value) if isinstance(value, list) else (value,) if isinstance(value, str) else ()


def read_cookie(asked: HTTPConnection) -> Cookie | None:
    """The cookie of Streamlit's sign-in; None where there is none, where it is forged, or too old to begin a session."""
    serializer = URLSafeTimedSerializer(get_cookie_secret(), salt=USER_COOKIE_NAME)
    raw = asked.cookies.get(USER_COOKIE_NAME, "")
    try:
        _, signed_at = serializer.loads(raw, max_age=load_roles().session_hours * 3600, return_timestamp=True)
    except BadData:
        return None
    content = get_cookie_with_chunks(lambda name: _signed(asked, name), USER_COOKIE_NAME)
    said = _read_json(content)
    if said is None or said.get("is_logged_in") is not True or said.get("origin") != get_origin_from_redirect_uri():
        return None
    subject, issuer = said.get("sub"), said.get("iss") or said.get("provider")
    if not subject or not issuer:
        return None
    at = signed_at.astimezone(UTC).replace(tzinfo=None)
    return Cookie(sha256(raw.encode()).hexdigest(), str(issuer), str(subject), at, said)


def _signed(asked: HTTPConnection, name: str) -> bytes | None:
    """A cookie, or a part of one, whose signature holds."""
    serializer = URLSafeTimedSerializer(get_cookie_secret(), salt=name)
    try:
        return str(serializer.loads(asked.cookies.get(name, ""))).encode()
    except BadData:
        return None


def _read_json(content: bytes | None) -> dict[str, Any] | None:
    try:
        read = json.loads(content or b"null")
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _by_proxy(asked: HTTPConnection, setting: Setting) -> Person:
    """Whom the proxy names; nobody where it does not prove itself. The session is the proxy's."""
    user = asked.headers.get(setting.user_header, "").strip()
    if not is_proven(asked, setting):
        return NOBODY
    return sessions.visit(accounts.pseudonym("proxy", user)) if user else _not_signed_in(setting)


def is_proven(asked: HTTPConnection, setting: Setting) -> bool:
    """Whether what asks is the proxy of this installation, compared in constant time."""
    return hmac.compare_digest(asked.headers.get(PROOF_HEADER, "").encode(), setting.proxy_secret.encode())


def _not_signed_in(setting: Setting) -> Person:
    return PUBLIC if setting.public else NOBODY


def _address(asked: HTTPConnection) -> str:
    return asked.client.host if asked.client else ""
