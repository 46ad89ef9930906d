"""Who looks: the rows that a viewer's queries are bound to, and the person that a write is checked for."""

from __future__ import annotations

from dataclasses import dataclass

from data.actor import LOCAL, TERMINAL
from data.frames import Territory
from data.people.roles import Right, Sees, rule_of
from data.records.kind import Role

# Whoever signed in and has no role yet.
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A role and the communes that its rows are bound to (None: all of the territory). Part of the key of whatever is kept of
    computed figures: people of one role and the same communes share an answer, nobody else does."""

    role: Role
    communes: Territory | None = None

    def within(self, territory: Territory) -> Territory:
        """The communes of a territory that this viewer sees, in its order: what every query is bound to."""
        return territory if self.communes is None else tuple(code for code in territory if code in self.communes)

    @property
    def sees_everything(self) -> bool:
        """Whether no row is kept from this viewer."""
        return self.communes is None

    def may(self, right: Right) -> bool:
        """Whether the role has a right; who sees nothing has none."""
        return self.communes != () and right in rule_of(self.role).may

    def opens(self, screen: str) -> bool:
        """Whether the role has a screen; who sees nothing has none."""
        return screen in self.screens

    @property
    def screens(self) -> tuple[str, ...]:
        """The screens of the role, the first one at the bare address."""
        return () if self.communes == () else rule_of(self.role).screens


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever asks or writes: what they see, the pseudonym of their account, their session, and for a token its scopes."""

    viewer: Viewer
    account: str = ""
    session: str = ""
    scopes: frozenset[Right] | None = None

    @property
    def actor(self) -> str:
        """Who acts, as the audit log and the history name them: a role and a pseudonym, never a name."""
        if self == OPERATOR:
            return TERMINAL
        if self == ONE_PERSON:
            return LOCAL
        role = WAITING if self.viewer.communes == () else self.viewer.role.value
        return f"{role}:{self.account}" if self.account else role

    def may(self, right: Right) -> bool:
        """Whether the role has a right, and the token that is used was made for it."""
        return self.viewer.may(right) and (self.scopes is None or right in self.scopes)


def viewer_of(role: Role, communes: Territory = ()) -> Viewer:
    """The viewer of a role; communes bind only a role that sees its own."""
    return Viewer(role, tuple(sorted(set(communes))) if rule_of(role).sees is Sees.OWN else None)


EVERYTHING = Viewer(Role.STEWARD)
# Whoever runs a command on the machine that holds the files, and the one person of the open mode.
OPERATOR = Person(EVERYTHING, "operator")
ONE_PERSON = Person(EVERYTHING)
# Not signed in where the installation is open to the public, and where it is not.
PUBLIC = Person(Viewer(Role.PUBLIC))
NOBODY = Person(Viewer(Role.PUBLIC, ()))
