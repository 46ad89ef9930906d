"""What each role sees and may do, from ``roles.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from data.loaders.structuring import structure
from data.loaders.yaml_text import parse
from data.records.kind import Role

FILE = Path(__file__).parent / "roles.yaml"


class Right(StrEnum):
    """What a role may do besides writing the kinds of records that name it."""

    PAPERS = "papers"
    API = "api"
    CELLS = "cells"
    RECORDS = "records"
    IMPORT = "import"
    FIGURES = "figures"
    SUBMIT = "submit"
    VALIDATE = "validate"
    CORRECT = "correct"
    EXPORT = "export"
    UNDO = "undo"
    REVERT = "revert"
    DROP = "drop"
    PEOPLE = "people"


class Sees(StrEnum):
    """Whose rows a role reads."""

    EVERYTHING = "everything"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Whose rows a role reads, which screens it opens, what it may do besides."""

    sees: Sees
    screens: tuple[str, ...]
    may: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """The rule of each role, and how long sessions, addresses and tokens last."""

    session_hours: int
    idle_minutes: int
    address_days: int
    token_days: int
    roles: Mapping[Role, RoleRule]


@cache
def load_roles() -> Roles:
    """The file, read once a process.

    Raises:
        SlipsError: whatever in it is not what it should be.
    """
    read: Roles = structure(parse(FILE.read_text(encoding="utf-8")), Roles)
    missing = set(Role) - set(read.roles)
    if missing:
        raise ValueError(f"roles.yaml says nothing of {sorted(missing)}")
    return read


def rule_of(role: Role) -> RoleRule:
    """The rule of a role."""
    return load_roles().roles[role]
