"""How people sign in to this installation, from the environment; what is not understood stops the start."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum

SIGN_IN = "SERVICE_PRESSURE_SIGN_IN"
PUBLIC = "SERVICE_PRESSURE_PUBLIC"
PROXY_SECRET = "SERVICE_PRESSURE_PROXY_SECRET"
PROXY_USER = "SERVICE_PRESSURE_PROXY_USER_HEADER"
SIGN_OUT = "SERVICE_PRESSURE_SIGN_OUT_ADDRESS"
GROUPS = "SERVICE_PRESSURE_GROUPS"
SHORTEST_SECRET = 24


class Mode(StrEnum):
    """``open``: one person on this machine; ``openid``: a provider of OpenID Connect; ``headers``: a proxy says who it is."""

    OPEN = "open"
    OPENID = "openid"
    HEADERS = "headers"


@dataclass(frozen=True, slots=True)
class Setting:
    """``public``: protected figures are shown without sign-in. ``proxy_secret`` is what the proxy proves itself by,
    ``user_header`` where it names the person, ``sign_out`` its own address for signing out. ``groups`` is the file that gives roles
    by the groups that a provider of OpenID Connect names; people get them by hand without it."""

    mode: Mode = Mode.OPEN
    public: bool = False
    proxy_secret: str = ""
    user_header: str = "x-forwarded-user"
    sign_out: str = ""
    groups: str = ""


class SettingError(ValueError):
    """The environment asks for a way of signing in that there is not, or leaves out what it needs."""


def read_setting() -> Setting:
    """The setting of this installation.

    Raises:
        SettingError: an unknown mode, or trusted headers without a secret that is long enough.
    """
    asked = os.environ.get(SIGN_IN, "") or Mode.OPEN.value
    if asked not in set(Mode):
        raise SettingError(f"{SIGN_IN}={asked!r}: one of {', '.join(Mode)}")
    secret = os.environ.get(PROXY_SECRET, "")
    if asked == Mode.HEADERS and len(secret) < SHORTEST_SECRET:
        raise SettingError(f"{PROXY_SECRET}: at least {SHORTEST_SECRET} characters, which the proxy sends in x-proxy-secret")
    return Setting(
        mode=Mode(asked),
        public=os.environ.get(PUBLIC, "") == "1" and asked != Mode.OPEN,
        proxy_secret=secret,
        user_header=os.environ.get(PROXY_USER, "x-forwarded-user").lower(),
        sign_out=os.environ.get(SIGN_OUT, ""),
        groups=os.environ.get(GROUPS, ""),
    )
