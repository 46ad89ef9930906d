"""Tokens for programs: made once and shown once, kept as a hash, for some rights of one role, until a day or until revoked."""

from __future__ import annotations

import hmac
import re
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from data import audit
from data.frames import Territory
from data.free_text import find_personal_data, one_line
from data.people.accounts import check_communes, require_people
from data.people.ledger import ledger_path, now, open_ledger
from data.people.roles import Right, load_roles, rule_of
from data.people.viewer import NOBODY, Person, viewer_of
from data.records.kind import Role
from data.store_error import StoreError

LONGEST_LABEL = 60
# A program reads, and sends files where it was made for that; nothing else that it could write has an address.
SCOPES = (Right.API, Right.PAPERS, Right.IMPORT)
_FORM = re.compile(r"sp_([0-9a-f]{12})_([0-9A-Za-z_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret."""

    token: str
    label: str
    role: Role
    communes: Territory
    scopes: tuple[Right, ...]
    made_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None

    @property
    def is_valid(self) -> bool:
        """Whether it opens anything still."""
        return self.revoked_at is None and now() < self.expires_at


def make_token(
    by: Person,
    label: str,
    role: Role,
    scopes: Iterable[Right],
    days: int,
    communes: Iterable[str] = (),
    *,
    known: Iterable[str] = (),
) -> tuple[str, Token]:
    """A new token: its text, which is never shown again, and what is kept of it.

    Raises:
        StoreError: who asks may make none, no label or a personal datum in it, a scope that tokens or the role have not, a time
            that is too long, or a commune that is not known.
    """
    require_people(by)
    named, wanted = one_line(label), tuple(dict.fromkeys(scopes))
    if not 1 <= len(named) <= LONGEST_LABEL or find_personal_data(named):
        raise StoreError("store.token_label", longest=LONGEST_LABEL)
    if not wanted or not set(wanted) <= set(SCOPES) & set(rule_of(role).may):
        raise StoreError("store.token_scope", allowed=", ".join(s for s in SCOPES if s in rule_of(role).may))
    if not 1 <= days <= load_roles().token_days:
        raise StoreError("store.token_days", longest=load_roles().token_days)
    chosen, name, secret = check_communes(role, communes, known), secrets.token_hex(6), secrets.token_urlsafe(32)
    row = (
        name, _hash(secret), named, role.value, " ".join(chosen), " ".join(wanted), by.account,
        now().isoformat(), (now() + timedelta(days=days)).isoformat(),
    )  # fmt: skip
    with open_ledger() as ledger:
        ledger.execute("INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)", row)
        kept = ledger.execute("SELECT * FROM token WHERE token = ?", (name,)).fetchone()
    audit.record(
        by.actor, "token", {"token": name, "role": role.value, "communes": " ".join(chosen), "scopes": " ".join(wanted)}
    )
    return f"sp_{name}_{secret}", _read(kept)


def list_tokens() -> list[Token]:
    """Every token, the newest first."""
    if not ledger_path().exists():
        return []
    with open_ledger() as ledger:
        return [_read(row) for row in ledger.execute("SELECT * FROM token ORDER BY created_at DESC, token").fetchall()]


def revoke_token(by: Person, token: str) -> Token:
    """Have a token open nothing any more.

    Raises:
        StoreError: who asks may not, or there is none of this id.
    """
    require_people(by)
    with open_ledger() as ledger:
        ledger.execute("UPDATE token SET revoked_at = coalesce(revoked_at, ?) WHERE token = ?", (now().isoformat(), token))
        row = ledger.execute("SELECT * FROM token WHERE token = ?", (token,)).fetchone()
    if row is None:
        raise StoreError("store.token_unknown", token=token[:LONGEST_LABEL])
    audit.record(by.actor, "token-revoked", {"token": token})
    return _read(row)


def bearer(text: str) -> Person:
    """Whoever a token stands for, with its scopes; nobody where it is unknown, altered, expired or revoked."""
    form = _FORM.fullmatch(text)
    if form is None or not ledger_path().exists():
        return NOBODY
    with open_ledger() as ledger:
        row = ledger.execute("SELECT * FROM token WHERE token = ?", (form[1],)).fetchone()
        # An unknown id takes as long as a wrong secret.
        same = hmac.compare_digest(row["secret_hash"] if row else _hash(""), _hash(form[2]))
        if row is None or not same or not _read(row).is_valid:
            return NOBODY
        ledger.execute("UPDATE token SET used_at = ? WHERE token = ?", (now().isoformat(), form[1]))
    kept = _read(row)
    return Person(viewer_of(kept.role, kept.communes), f"token:{kept.token}", scopes=frozenset(kept.scopes))


def _hash(secret: str) -> str:
    """The secret holds 256 random bits: a plain hash cannot be tried out."""
    return sha256(secret.encode()).hexdigest()


def _read(row: sqlite3.Row) -> Token:
    moments = (
        row[name] and datetime.fromisoformat(row[name]) for name in ("created_at", "expires_at", "revoked_at", "used_at")
    )
    return Token(
        row["token"], row["label"], Role(row["role"]), tuple(row["communes"].split()),
        tuple(Right(s) for s in row["scopes"].split()), row["made_by"], *moments,
    )  # fmt: skip
