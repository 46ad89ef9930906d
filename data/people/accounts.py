"""Accounts: a pseudonym, a role, and the communes that the role is for."""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from data import audit
from data.frames import Territory
from data.people.ledger import ledger_path, now, open_ledger
from data.people.roles import Right, Sees, rule_of
from data.people.viewer import NOBODY, OPERATOR, Person, viewer_of
from data.records.kind import Role
from data.store_error import StoreError

ACCOUNT_LENGTH = 16
# Who gave a role, where no person did: what the provider says of groups.
PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Account:
    """A pseudonym with its role; None while it waits for one."""

    account: str
    role: Role | None
    communes: Territory
    created_at: datetime
    seen_at: datetime

    def person(self, session: str = "") -> Person:
        """Whoever uses the account; somebody without a role sees nothing."""
        viewer = NOBODY.viewer if self.role is None else viewer_of(self.role, self.communes)
        return Person(viewer, self.account, session)


def pseudonym(issuer: str, subject: str) -> str:
    """The account of a provider's subject id, under the key of this installation: neither id nor name is kept."""
    with open_ledger() as ledger:
        key = ledger.execute("SELECT value FROM secret WHERE name = 'pseudonyms'").fetchone()[0]
    return hmac.digest(key, f"{issuer}\n{subject}".encode(), "sha256").hex()[:ACCOUNT_LENGTH]


def list_accounts() -> list[Account]:
    """Every account, those that wait for a role first, then the newest."""
    if not ledger_path().exists():
        return []
    with open_ledger() as ledger:
        rows = ledger.execute("SELECT * FROM account ORDER BY role IS NOT NULL, created_at DESC, account").fetchall()
    return [read_account(row) for row in rows]


def set_role(
    by: Person, account: str, role: Role | None, communes: Iterable[str] = (), *, known: Iterable[str] = ()
) -> Account:
    """Give an account a role, or take it away (None), which ends its sessions; returns the account.

    Args:
        communes: those that the role is for, where it sees its own.
        known: codes of the communes that there are.

    Raises:
        StoreError: who asks may not give roles, no such account, a role that needs communes and has none, or a commune that
            is not known.
    """
    require_people(by)
    return _give(by.actor, account, role, check_communes(role, communes, known))


def follow(account: str, role: Role | None, communes: Territory, session: str) -> None:
    """Have an account follow what its provider says of it; nothing is written where that is what it has.

    Args:
        session: the one that began with what the provider said, which goes on.
    """
    with open_ledger() as ledger:
        held = read_account(ledger.execute("SELECT * FROM account WHERE account = ?", (account,)).fetchone())
    if (held.role, held.communes) != (role, communes):
        _give(PROVIDER, account, role, communes, goes_on=session)


def _give(actor: str, account: str, role: Role | None, chosen: Territory, *, goes_on: str = "") -> Account:
    """Write the role of an account, and the line of the audit log that tells of it."""
    with open_ledger() as ledger:
        stored = None if role is None else role.value
        changed = ledger.execute(
            "UPDATE account SET role = ?, communes = ? WHERE account = ?", (stored, " ".join(chosen), account)
        )
        if not changed.rowcount:
            raise StoreError("store.account_unknown", account=account)
        if role is None:
            end_all(ledger, account, goes_on)
        given = read_account(ledger.execute("SELECT * FROM account WHERE account = ?", (account,)).fetchone())
    audit.record(actor, "role", {"account": account, "role": stored or "none", "communes": " ".join(chosen)})
    return given


def require_people(by: Person) -> None:
    """Nothing where somebody may give roles and tokens.

    Raises:
        StoreError: they may not.
    """
    if by != OPERATOR and not by.may(Right.PEOPLE):
        raise StoreError("store.role_may_not")


def check_communes(role: Role | None, communes: Iterable[str], known: Iterable[str]) -> Territory:
    """The communes of a role, in order; none for one that sees everything.

    Raises:
        StoreError: a role of its own communes has none, or one that is not known.
    """
    if role is None or rule_of(role).sees is Sees.EVERYTHING:
        return ()
    chosen = tuple(sorted(set(communes)))
    if not chosen:
        raise StoreError("store.role_without_commune")
    if strange := sorted(set(chosen) - set(known)):
        raise StoreError("store.role_of_unknown_commune", code=strange[0])
    return chosen


def end_all(ledger: sqlite3.Connection, account: str, goes_on: str = "") -> None:
    """End every session of an account, but one where it is named."""
    sql = "UPDATE session SET ended_at = ? WHERE account = ? AND ended_at IS NULL AND session <> ?"
    ledger.execute(sql, (now().isoformat(), account, goes_on))


def read_account(row: sqlite3.Row) -> Account:
    """A row of the table."""
    role = None if row["role"] is None else Role(row["role"])
    moments = (datetime.fromisoformat(row[name]) for name in ("created_at", "seen_at"))
    return Account(row["account"], role, tuple(row["communes"].split()), *moments)
