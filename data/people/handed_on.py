"""The person that the gate let in, handed on to the script of a websocket: a header that only this process can have written."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from data.people import sessions
from data.people.ledger import now
from data.people.roles import load_roles
from data.people.setting import Mode, Setting
from data.people.viewer import NOBODY, ONE_PERSON, PUBLIC, Person

HEADER = "x-service-pressure-person"
# Whose a page is: Streamlit lets nobody else come back to it (server.trustedUserHeaders), and takes no file of another for it.
ACCOUNT_HEADER = "x-service-pressure-account"
_KEY = secrets.token_bytes(32)


def write(person: Person) -> str:
    """The header of a person: account and session, not the role, which may change while the page stays open."""
    said = {"account": person.account, "session": person.session, "public": person == PUBLIC, "at": now().isoformat()}
    content = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    return f"{content}.{_sign(content)}"


def read(headers: Mapping[str, str], setting: Setting) -> Person:
    """The person of a page that stays open, as they are now: nobody once the session has ended or the role is taken away."""
    if setting.mode is Mode.OPEN:
        return ONE_PERSON
    content, _, signature = (headers.get(HEADER) or "").partition(".")
    if not hmac.compare_digest(signature.encode(), _sign(content).encode()):
        return NOBODY
    said = json.loads(base64.urlsafe_b64decode(content))
    if said["public"]:
        return PUBLIC if setting.public else NOBODY
    if said["session"]:
        return sessions.resume(said["session"])
    age = now() - datetime.fromisoformat(said["at"])
    fresh = said["account"] and age < timedelta(hours=load_roles().session_hours)
    return sessions.visit(said["account"]) if fresh else NOBODY


def _sign(content: str) -> str:
    return hmac.digest(_KEY, content.encode(), "sha256").hex()
