"""Rounds over more douars than one program solves: each part of the territory (a cercle) has its own teams. They are shared one by
one, each to the part where one more serves most people whom nobody sees yet; where several gain alike, to that with most of these.

Every part is solved as ``analytics.douar_rounds`` does, with every base in reach; no team serves douars of two parts. The bound
is that of the parts with the teams they were given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.allocation_problem import InfeasibleError
from analytics.allocation_program import Effort
from analytics.douar_rounds import DouarRounds, Team, plan_rounds

# Many parts are solved several times each: within 3 % of the most is enough to share teams by.
PART_EFFORT = Effort(nodes=50, gap=0.03)


@dataclass(frozen=True, eq=False)
class SharedRounds:
    """The rounds of all parts as those of one territory, and how many teams each part was given."""

    rounds: DouarRounds
    teams_of_part: tuple[int, ...]


def share_teams(
    people: np.ndarray,
    base_km: np.ndarray,
    douar_km: np.ndarray,
    parts: Sequence[np.ndarray],
    units: int,
    team: Team,
    effort: Effort = PART_EFFORT,
) -> SharedRounds:
    """Share ``units`` teams among parts and plan the rounds of each.

    Args:
        people, base_km, douar_km: of the whole territory (``analytics.douar_rounds.plan_rounds``).
        parts: positions of the douars of each part; each douar in one.

    Raises:
        InfeasibleError: no team, no stop, no reach, or nobody to serve in any part.
    """

    def solve(part: np.ndarray, count: int) -> DouarRounds | None:
        return _plan_part(people[part], base_km[:, part], douar_km[np.ix_(part, part)], count, team, effort)

    given: list[DouarRounds | None] = [None] * len(parts)
    one_more = [solve(part, min(units, 1)) for part in parts]
    counts = [0] * len(parts)
    for _ in range(units):
        gains = [round(_served(more) - _served(now), 3) for more, now in zip(one_more, given, strict=True)]
        unseen = [float(np.nansum(people[part])) - _served(now) for part, now in zip(parts, given, strict=True)]
        at = max(range(len(parts)), key=lambda part: (gains[part], unseen[part]))
        if gains[at] <= 0:
            break
        given[at], counts[at] = one_more[at], counts[at] + 1
        one_more[at] = solve(parts[at], counts[at] + 1)
    if not any(counts):
        raise InfeasibleError("nobody_to_serve")
    return SharedRounds(_join(people, len(base_km), parts, given), tuple(counts))


def _plan_part(
    people: np.ndarray, base_km: np.ndarray, douar_km: np.ndarray, units: int, team: Team, effort: Effort
) -> DouarRounds | None:
    """The rounds of one part, None where nobody in it can be served."""
    try:
        return plan_rounds(people, base_km, douar_km, units, team, effort)
    except InfeasibleError as refused:
        if refused.reason != "nobody_to_serve":
            raise
        return None


def _served(rounds: DouarRounds | None) -> float:
    return float(rounds.served.sum()) if rounds else 0.0


def _join(people: np.ndarray, bases: int, parts: Sequence[np.ndarray], given: Sequence[DouarRounds | None]) -> DouarRounds:
    teams, bound, ended = np.zeros(bases, dtype=int), 0.0, True
    base_of_stop, stop_of_douar, served = np.full(len(people), -1), np.full(len(people), -1), np.zeros(len(people))
    for part, own in zip(parts, given, strict=True):
        if own is None:
            continue
        teams, bound, ended = teams + own.teams, bound + own.bound, ended and own.ended
        base_of_stop[part] = own.base_of_stop
        stop_of_douar[part] = np.where(own.stop_of_douar >= 0, part[own.stop_of_douar], -1)
        served[part] = own.served
    return DouarRounds(teams, base_of_stop, stop_of_douar, served, np.nan_to_num(people), bound, ended)
