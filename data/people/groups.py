"""Roles by the groups that a provider names: which group stands for which role and communes, from a file of the installation."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.frames import Territory
from data.people.accounts import check_communes, follow
from data.people.setting import SettingError
from data.province import offered_provinces
from data.records.kind import Role
from data.reference_files import read_communes
from data.store_error import StoreError


@dataclass(frozen=True, slots=True)
class Group:
    """A group as the provider names it, and what its people get."""

    name: str
    role: Role
    communes: Territory = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """The claim of the token that names a person's groups, and the groups that are known, the one that counts most first."""

    claim: str
    known: tuple[Group, ...]

    def role_of(self, named: Collection[str]) -> tuple[Role | None, Territory]:
        """What a person of some groups gets: the role of the first group on the list, for the communes of all their groups of that
        role; no role where none of the groups is known."""
        mine = [group for group in self.known if group.name in named]
        if not mine:
            return None, ()
        of_role = [group.communes for group in mine if group.role is mine[0].role]
        return mine[0].role, tuple(sorted({code for communes in of_role for code in communes}))

    def apply(self, account: str, named: Collection[str], session: str) -> None:
        """Have an account follow its groups; its other sessions end where that takes its role away."""
        role, communes = self.role_of(named)
        follow(account, role, communes, session)


@lru_cache(maxsize=4)
def read_groups(path: Path) -> Groups:
    """The groups of an installation.

    Raises:
        SettingError: the file cannot be read, or names a role or a commune that there is not.
    """
    known = [code for province in offered_provinces() for code in read_communes(province)["commune_code"]]
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        groups = tuple(_read(one, known) for one in said["group"])
        return Groups(str(said.get("claim", "groups")), groups)
    except (OSError, ValueError, KeyError, TypeError, StoreError) as error:
        raise SettingError(f"{path}: [[group]] with name, role and communes; {error}") from error


def _read(said: dict[str, object], known: Collection[str]) -> Group:
    role, communes = Role(str(said["role"])), said.get("communes", [])
    if role is Role.PUBLIC or not isinstance(communes, list) or not str(said["name"]).strip():
        raise ValueError(str(said))
    return Group(str(said["name"]), role, check_communes(role, (str(code) for code in communes), known))
