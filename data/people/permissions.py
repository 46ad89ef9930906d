"""Whether a person may write something: asked where the store is written, not where a button is drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from data.people.roles import Right
from data.people.viewer import OPERATOR, Person
from data.records.figure_corrections import FIGURE_CORRECTIONS
from data.records.figure_proofs import FIGURE_PROOFS
from data.records.kind import IMPORT_ACTION, Kind
from data.records.sign_offs import RETURN, SUBMIT, VALIDATE
from data.records.table import KINDS
from data.store_error import StoreError

UNDO, PUBLISH, REVERT, DROP = "undo", "publish", "revert", "drop-demonstration"
# Actions with a right of their own; those of a kind of record are for its writers, and whatever stands nowhere is for the machine's
# own commands alone.
_RIGHTS = {
    IMPORT_ACTION.name: Right.IMPORT,
    **dict.fromkeys((action.name for action in FIGURE_PROOFS.actions), Right.FIGURES),
    **dict.fromkeys((UNDO, PUBLISH), Right.UNDO),
    REVERT: Right.REVERT,
    DROP: Right.DROP,
    SUBMIT.name: Right.SUBMIT,
    **dict.fromkeys((VALIDATE.name, RETURN.name), Right.VALIDATE),
    **dict.fromkeys((action.name for action in FIGURE_CORRECTIONS.actions), Right.CORRECT),
}


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
    if person.scopes is not None and (action != IMPORT_ACTION.name or Right.IMPORT not in person.scopes):
        return False
    if action in _RIGHTS:
        return person.may(_RIGHTS[action])
    kind = _kinds_by_action().get(action)
    return kind is not None and person.viewer.role in kind.writers


def writes(person: Person, kind: Kind) -> bool:
    """Whether a role writes a kind of record; a token in the files that it was made to send."""
    by_token = person.scopes is None or Right.IMPORT in person.scopes
    return person == OPERATOR or (by_token and person.viewer.role in kind.writers)


@cache
def _kinds_by_action() -> Mapping[str, Kind]:
    """The kind of each action; one that has a right of its own is asked for by that."""
    return {action.name: kind for kind in KINDS.values() for action in kind.actions}
