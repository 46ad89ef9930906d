"""Rounds of mobile teams over douars: where teams are based, at which douars they stop, whom each stop serves (method note
5.5; maximal covering with stops of limited capacity)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from analytics.allocation_problem import InfeasibleError
from analytics.allocation_program import Effort, certified_gap

ROUND_EFFORT = Effort(nodes=200, gap=0.01)


@dataclass(frozen=True, slots=True)
class Team:
    """What a team can do: days out in a cycle, how far from its base it goes, how far people come to a stop, and how many
    people one stop in each cycle serves."""

    stops_a_cycle: int
    radius_km: float
    walk_km: float
    served_per_stop: float


@dataclass(frozen=True, eq=False)
class DouarRounds:
    """Teams by base; the base of each stop (-1 where there is none); of each douar the stop that serves it (-1: none) and how
    many of its people; with the solver's bound on the people served."""

    teams: np.ndarray
    base_of_stop: np.ndarray
    stop_of_douar: np.ndarray
    served: np.ndarray
    people: np.ndarray
    bound: float
    ended: bool

    @property
    def gap(self) -> float:
        """How far the people served may be from the most possible, as a share."""
        value = float(self.served.sum())
        return certified_gap(value, max(self.bound, value))

    def table(self) -> pd.DataFrame:
        """One row a stop, by base: ``base, stop`` (positions), ``douars`` and ``people`` that it serves."""
        stops = np.flatnonzero(self.base_of_stop >= 0)
        served = [self.stop_of_douar == stop for stop in stops]
        rows = pd.DataFrame(
            {
                "base": self.base_of_stop[stops],
                "stop": stops,
                "douars": [int(of.sum()) for of in served],
                "people": [float(self.served[of].sum()) for of in served],
            }
        )
        return rows.sort_values(["base", "people", "stop"], ascending=[True, False, True], ignore_index=True)


def plan_rounds(
    people: np.ndarray, base_km: np.ndarray, douar_km: np.ndarray, units: int, team: Team, effort: Effort = ROUND_EFFORT
) -> DouarRounds:
    """Base ``units`` teams and choose their stops so that most people are served.

    Args:
        people: to serve in each douar; only those with somebody are stops.
        base_km: bases × douars. douar_km: douars × douars; both by the way that is gone, in km.
        units: teams, several of which may share a base.

    Raises:
        InfeasibleError: no team, no stop, no reach, or nobody to serve.
    """
    _check(people, base_km, units, team)
    return _Program(people, base_km, douar_km, units, team).solve(effort)


def _check(people: np.ndarray, base_km: np.ndarray, units: int, team: Team) -> None:
    if units < 1:
        raise InfeasibleError("no_unit", nearest=1)
    if team.stops_a_cycle < 1 or team.served_per_stop <= 0:
        raise InfeasibleError("no_reach", nearest=1)
    if not np.nansum(people) > 0 or not (base_km[:, people > 0] <= team.radius_km).any():
        raise InfeasibleError("nobody_to_serve")


class _Program:
    """Columns: teams by base, stops by douar, a stop's base, a douar's stop (share of its people)."""

    def __init__(self, people: np.ndarray, base_km: np.ndarray, douar_km: np.ndarray, units: int, team: Team) -> None:
        self.people, self.units, self.team = np.nan_to_num(people), units, team
        wanted = self.people > 0
        self.base, self.stop = np.nonzero((base_km <= team.radius_km) & wanted[None, :])
        near = (douar_km <= team.walk_km) & wanted[None, :] & wanted[:, None]
        self.at, self.douar = np.nonzero(near)
        self.bases, self.douars = base_km.shape
        self.sizes = (self.bases, self.douars, len(self.base), len(self.at))

    def solve(self, effort: Effort) -> DouarRounds:
        """The plan found within the effort."""
        bases, douars, drives, walks = self.sizes
        objective = -np.concatenate([np.zeros(bases + douars + drives), self.people[self.douar]])
        upper = np.concatenate([np.full(bases, self.units), np.ones(douars + drives + walks)])
        whole = np.concatenate([np.ones(bases + douars), np.zeros(drives + walks)])
        options = {"node_limit": effort.nodes, "mip_rel_gap": effort.gap}
        found = milp(objective, constraints=self._rules(), bounds=Bounds(0, upper), integrality=whole, options=options)
        if found.x is None:
            raise InfeasibleError("no_answer_in_time", nearest=effort.nodes)
        return self._read(found.x, -float(found.mip_dual_bound), found.status == 0)

    def _rules(self) -> list[LinearConstraint]:
        bases, douars, drives, walks = self.sizes

        def none(rows: int, columns: int) -> csr_array:
            return csr_array((rows, columns))

        by_base = _incidence(self.base, bases)
        by_stop = _incidence(self.stop, douars)
        at_stop = _incidence(self.at, douars, self.people[self.douar])
        of_douar = _incidence(self.douar, douars)
        teams, stops = eye_array(bases, format="csr"), eye_array(douars, format="csr")
        held = csr_array(np.concatenate([np.ones(bases), np.zeros(douars + drives + walks)])[None, :])
        rows = [
            (held, self.units),
            (hstack([-self.team.stops_a_cycle * teams, none(bases, douars), by_base, none(bases, walks)]), 0.0),
            # A stop is driven to from one base, serves as many as a day does, and nobody where there is none.
            (hstack([none(douars, bases), stops, -by_stop, none(douars, walks)]), 0.0),
            (hstack([none(douars, bases), -self.team.served_per_stop * stops, none(douars, drives), at_stop]), 0.0),
            (hstack([none(douars, bases + douars + drives), of_douar]), 1.0),
        ]
        open_ = hstack([none(walks, bases), -_incidence(self.at, douars).T, none(walks, drives), eye_array(walks)])
        return [LinearConstraint(csr_array(matrix), -np.inf, top) for matrix, top in (*rows, (open_, 0.0))]

    def _read(self, x: np.ndarray, bound: float, ended: bool) -> DouarRounds:
        """Whole teams and stops as found. Bases follow by a flow in whole numbers; a douar counts at the stop that takes most of
        its people, with all that its stops take."""
        bases, douars, drives, _ = self.sizes
        teams, opened = np.round(x[:bases]).astype(int), np.round(x[bases : bases + douars]).astype(int)
        share = np.clip(x[bases + douars + drives :], 0.0, 1.0)
        taken = csr_array((share, (self.douar, self.at)), shape=(douars, douars))
        served = np.round(np.asarray(taken.sum(axis=1)).ravel() * self.people, 6)
        stop_of = np.where(served > 1e-6, np.asarray(taken.argmax(axis=1)).ravel(), -1)
        used = np.isin(np.arange(douars), stop_of) & (opened > 0)
        return DouarRounds(teams, self._drive(teams, used), stop_of, served, self.people, bound, ended)

    def _drive(self, teams: np.ndarray, used: np.ndarray) -> np.ndarray:
        """The base of each stop, in whole numbers."""
        days = LinearConstraint(_incidence(self.base, self.bases), -np.inf, self.team.stops_a_cycle * teams)
        visits = LinearConstraint(_incidence(self.stop, self.douars), used, used)
        flow = milp(
            np.zeros(len(self.base)), constraints=[days, visits], integrality=np.ones(len(self.base)), bounds=Bounds(0, 1)
        )
        driven = np.flatnonzero(np.round(flow.x))
        found = np.full(self.douars, -1)
        found[self.stop[driven]] = self.base[driven]
        return found


def _incidence(rows: np.ndarray, count: int, values: np.ndarray | None = None) -> csr_array:
    """A matrix with one entry a column, in the row that is named."""
    filled = np.ones(len(rows)) if values is None else values
    return csr_array((filled, (rows, np.arange(len(rows)))), shape=(count, len(rows)))
