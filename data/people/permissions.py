"""Whether a person may write something: asked where the store is written, not where a button is drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from data.people.roles import Right
from data.people.viewer import OPERATOR, Person
from data.records.kind import IMPORT_ACTION, Kind
from data.records.table import KINDS
from data.store_error import StoreError

UNDO, PUBLISH, REVERT, DROP = "undo", "publish", "revert", "drop-demonstration"
# Actions that belong to no kind of record; whatever stands nowhere only the machine's own commands may do.
_RIGHTS = {IMPORT_ACTION.name: Right.IMPORT, UNDO: Right.UNDO, PUBLISH: Right.UNDO, REVERT: Right.UNDO, DROP: Right.DROP}


def require_write(person: Person, action: str, about: Collection[str] | None) -> None:
    """Nothing where a person may do an action.

    Args:
        about: the communes that it touches; None where it touches the whole territory.

    Raises:
        StoreError: the role has not this right, or a commune is not among its own.
    """
    if not may_write(person, action):
        raise StoreError("store.role_may_not")
    own = person.viewer.communes
    if own is not None and (not about or not set(about) <= set(own)):
        raise StoreError("store.commune_not_own")


def may_write(person: Person, action: str) -> bool:
    """Whether a role may do an action somewhere."""
    if person == OPERATOR:
        return True
    if person.scopes is not None:
        return False
    kind = _kinds_by_action().get(action)
    if kind is not None:
        return person.viewer.role in kind.writers
    return action in _RIGHTS and person.may(_RIGHTS[action])


def writes(person: Person, kind: Kind) -> bool:
    """Whether a role writes a kind of record."""
    return person == OPERATOR or (person.scopes is None and person.viewer.role in kind.writers)


@cache
def _kinds_by_action() -> Mapping[str, Kind]:
    """The kind of each action that people do on screens; an import is asked for by its own right."""
    return {action.name: kind for kind in KINDS.values() for action in kind.actions if action != IMPORT_ACTION}
