"""``python -m data people``: accounts and tokens from a terminal; how the first steward gets the role."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from data import queries
from data.commands import Answer, WrongCallError
from data.i18n import Translator
from data.people.accounts import Account, list_accounts, set_role
from data.people.ledger import copy_ledger, ledger_path
from data.people.roles import load_roles
from data.people.sessions import sweep
from data.people.tokens import SCOPES, Token, list_tokens, make_token, revoke_token
from data.people.viewer import OPERATOR
from data.records.kind import Role
from data.store import Store

NONE = "none"
ROLES = [role.value for role in Role if role is not Role.PUBLIC]


def add_arguments(parser: argparse.ArgumentParser, t: Translator) -> None:
    """The commands below ``people``."""
    commands = parser.add_subparsers(required=True, metavar="WHAT")

    def command(name: str, run: Any) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=t(f"accounts.cli_{name}"), description=t(f"accounts.cli_{name}"))
        added.set_defaults(run_people=run)
        return added

    command("list", _list)
    giving = command("set", _set)
    giving.add_argument("account", metavar="ACCOUNT")
    giving.add_argument("--role", required=True, choices=[*ROLES, NONE])
    giving.add_argument("--communes", nargs="*", default=[], metavar="CODE")
    command("tokens", _tokens)
    making = command("token", _token)
    making.add_argument("label", metavar="LABEL")
    making.add_argument("--role", required=True, choices=ROLES)
    making.add_argument("--communes", nargs="*", default=[], metavar="CODE")
    making.add_argument("--scopes", nargs="+", choices=[s.value for s in SCOPES], default=[SCOPES[0].value])
    making.add_argument("--days", type=int, default=load_roles().token_days)
    command("revoke", _revoke).add_argument("token", metavar="TOKEN")
    command("sweep", _sweep)
    command("backup", _backup).add_argument("file", type=Path, metavar="FILE")


def run(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """One of the commands."""
    answer: Answer = call.run_people(call, store, t)
    return answer


def _list(_call: argparse.Namespace, _store: Store, t: Translator) -> Answer:
    accounts = list_accounts()
    return Answer(
        [_line(a, t) for a in accounts] or [t("accounts.none")], {"status": "done", "accounts": [_data(a) for a in accounts]}
    )


def _set(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    role = None if call.role == NONE else Role(call.role)
    account = set_role(OPERATOR, call.account, role, call.communes, known=_known(store))
    return Answer([_line(account, t)], {"status": "done", **_data(account)})


def _tokens(_call: argparse.Namespace, _store: Store, t: Translator) -> Answer:
    tokens = list_tokens()
    lines = [_token_line(token, t) for token in tokens] or [t("accounts.tokens_none")]
    return Answer(lines, {"status": "done", "tokens": [_token_data(token) for token in tokens]})


def _token(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Its text is written once, here, and nowhere else."""
    scopes = [scope for scope in SCOPES if scope in call.scopes]
    text, token = make_token(OPERATOR, call.label, Role(call.role), scopes, call.days, call.communes, known=_known(store))
    return Answer([t("accounts.token_once"), text], {"status": "done", "text": text, **_token_data(token)})


def _revoke(call: argparse.Namespace, _store: Store, t: Translator) -> Answer:
    token = revoke_token(OPERATOR, call.token)
    return Answer([_token_line(token, t)], {"status": "done", **_token_data(token)})


def _sweep(_call: argparse.Namespace, _store: Store, t: Translator) -> Answer:
    count = sweep()
    return Answer([t("accounts.swept", count=count)], {"status": "done", "count": count})


def _backup(call: argparse.Namespace, _store: Store, t: Translator) -> Answer:
    """There is nothing to copy where nobody has ever signed in."""
    if not ledger_path().exists():
        return Answer([t("accounts.none")], {"status": "done", "file": None})
    try:
        copy_ledger(call.file)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.file), reason=error.strerror or "") from None
    return Answer([t("cli.written", file=str(call.file))], {"status": "done", "file": str(call.file)})


def _known(store: Store) -> tuple[str, ...]:
    with store.open() as connection:
        return queries.whole_territory(connection)


def _line(account: Account, t: Translator) -> str:
    role = t(f"role.{account.role}") if account.role else t("accounts.waiting")
    return "  ".join(part for part in (account.account, role, " ".join(account.communes)) if part)


def _data(account: Account) -> dict[str, Any]:
    return {
        "account": account.account,
        "role": account.role.value if account.role else None,
        "communes": list(account.communes),
        "created_at": account.created_at.isoformat(),
        "seen_at": account.seen_at.isoformat(),
    }


def _token_line(token: Token, t: Translator) -> str:
    state = t("accounts.token_until", day=t.date(token.expires_at.date())) if token.is_valid else t("accounts.token_ended")
    return "  ".join((token.token, token.label, t(f"role.{token.role}"), " ".join(token.scopes), state))


def _token_data(token: Token) -> dict[str, Any]:
    return {
        "token": token.token,
        "label": token.label,
        "role": token.role.value,
        "communes": list(token.communes),
        "scopes": [scope.value for scope in token.scopes],
        "expires_at": token.expires_at.isoformat(),
        "is_valid": token.is_valid,
    }
