"""Sessions: begun by a sign-in, ended by a sign-out, by time, or with the role; what is ended never begins again."""

from __future__ import annotations

import ipaddress
import sqlite3
from datetime import datetime, timedelta

from data.people.accounts import read_account
from data.people.ledger import now, open_ledger
from data.people.roles import load_roles
from data.people.viewer import NOBODY, Person

# Written down at most so often: a request every second need not write.
_NOTED_EVERY = timedelta(minutes=1)
_PREFIXES = {4: 24, 6: 48}


def truncate(address: str) -> str:
    """The network of an address: the first three numbers of an IPv4 address, the first three groups of IPv6; empty for what is
    none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network(f"{found}/{_PREFIXES[found.version]}", strict=False))


def enter(session: str, account: str, started_at: datetime, address: str) -> tuple[Person, bool]:
    """Whoever a session belongs to, and whether it was new; nobody where it has ended. A person who was never here gets an account
    that waits for its role."""
    moment = now()
    with open_ledger() as ledger:
        row = ledger.execute("SELECT * FROM session WHERE session = ?", (session,)).fetchone()
        if row is None and _is_over(started_at, moment, moment):
            return NOBODY, False
        if row is None:
            _begin(ledger, session, account, started_at, address)
        elif row["account"] != account:
            return NOBODY, False
        return _use(ledger, session, moment), row is None


def resume(session: str) -> Person:
    """Whoever a session belongs to that has begun; nobody where it has ended or never was."""
    with open_ledger() as ledger:
        return _use(ledger, session, now())


def visit(account: str) -> Person:
    """Whoever an account belongs to whose session somebody else keeps (a proxy); one that was never here waits for its role."""
    moment = now()
    with open_ledger() as ledger:
        row = ledger.execute("SELECT * FROM account WHERE account = ?", (account,)).fetchone()
        if row is None or moment - datetime.fromisoformat(row["seen_at"]) >= _NOTED_EVERY:
            _note_account(ledger, account, moment)
            row = ledger.execute("SELECT * FROM account WHERE account = ?", (account,)).fetchone()
    return read_account(row).person()


def end(session: str) -> Person:
    """End a session; returns whose it was."""
    with open_ledger() as ledger:
        person = _use(ledger, session, now())
        ledger.execute("UPDATE session SET ended_at = ? WHERE session = ?", (now().isoformat(), session))
    return person


def sweep() -> int:
    """Forget addresses that were kept long enough, and sessions whose cookie could no longer begin one; returns how many rows."""
    moment, rules = now(), load_roles()
    old = (moment - timedelta(days=rules.address_days)).isoformat()
    over = (moment - timedelta(days=rules.address_days, hours=rules.session_hours)).isoformat()
    with open_ledger() as ledger:
        emptied = ledger.execute("UPDATE session SET address = '' WHERE address <> '' AND started_at < ?", (old,)).rowcount
        return emptied + ledger.execute("DELETE FROM session WHERE started_at < ?", (over,)).rowcount


def _begin(ledger: sqlite3.Connection, session: str, account: str, started_at: datetime, address: str) -> None:
    _note_account(ledger, account, now())
    ledger.execute(
        "INSERT INTO session VALUES (?, ?, ?, ?, NULL, ?)",
        (session, account, started_at.isoformat(), now().isoformat(), truncate(address)),
    )


def _note_account(ledger: sqlite3.Connection, account: str, moment: datetime) -> None:
    """That an account was here; it is made where it was never before."""
    ledger.execute(
        "INSERT INTO account (account, created_at, seen_at) VALUES (?, ?, ?) "
        "ON CONFLICT (account) DO UPDATE SET seen_at = excluded.seen_at",
        (account, moment.isoformat(), moment.isoformat()),
    )


def _use(ledger: sqlite3.Connection, session: str, moment: datetime) -> Person:
    row = ledger.execute(
        "SELECT account.*, session.started_at, session.ended_at, session.seen_at AS used_at "
        "FROM session JOIN account USING (account) WHERE session = ?",
        (session,),
    ).fetchone()
    if row is None or row["ended_at"]:
        return NOBODY
    started_at, used_at = (datetime.fromisoformat(row[name]) for name in ("started_at", "used_at"))
    if _is_over(started_at, used_at, moment):
        ledger.execute("UPDATE session SET ended_at = ? WHERE session = ?", (moment.isoformat(), session))
        return NOBODY
    if moment - used_at >= _NOTED_EVERY:
        ledger.execute("UPDATE session SET seen_at = ? WHERE session = ?", (moment.isoformat(), session))
    return read_account(row).person(session)


def _is_over(started_at: datetime, used_at: datetime, moment: datetime) -> bool:
    rules = load_roles()
    too_old = moment - started_at >= timedelta(hours=rules.session_hours)
    return too_old or moment - used_at >= timedelta(minutes=rules.idle_minutes)
