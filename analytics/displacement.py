"""Displacement as a stock and a flow: who arrived, returned and moved on, who is hosted where, who is away from home.

The books are kept by pair of usual commune (home) and host: a person who enters the books of a host leaves the residents
present at home, so that nobody is counted in two places or in none (method note 3.2). Decay curves stand beside them for
when only an initial stock is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, STATUS_ORDER, Status
from analytics.norms import NormStatus, Source
from analytics.panel import Column

OUTSIDE = "outside"
UNKNOWN_HOME = ""

_ABSENT = -1


class MovementKind(StrEnum):
    """Arrival from home to a host, return from a host to home, relocation from a host to another host."""

    ARRIVAL = "arrival"
    RETURN = "return"
    RELOCATION = "relocation"


@dataclass(frozen=True, slots=True)
class DecayPreset:
    """How a stock of displaced people fades when nothing but its start is known: a Weibull curve, scale in months."""

    id: str
    labels: dict[str, str]
    shape: float
    scale: float
    status: NormStatus
    sources: tuple[Source, ...]

    def share_left(self, months: np.ndarray) -> np.ndarray:
        """Share (0–1) of the first stock still displaced after so many months."""
        return survival(months, self.shape, self.scale)


def survival(months: np.ndarray, shape: float, scale: float) -> np.ndarray:
    """Share of people still displaced after so many months (Weibull; method note 3.2)."""
    return np.exp(-((months / scale) ** shape))


def fitted_scale(first: float, later: float, months: float, shape: float) -> float:
    """Scale in months of the survival curve that leads from one count to a later one."""
    return months / (-np.log(later / first)) ** (1 / shape)


@dataclass(frozen=True, slots=True)
class Flows:
    """Movements laid out as persons over ``communes × months``.

    ``arrivals``, ``returns``, ``relocations_in`` and ``relocations_out`` are flows of the month, seen from the host (a return
    leaves it). The others are stocks at the end of the month: ``hosted_from_own_commune``, ``hosted_from_elsewhere`` (of whom
    ``hosted_from_outside`` the province) and ``hosted_of_unknown_home`` at the host; ``residents_away`` (of whom
    ``residents_outside`` the province) at home. ``hosted_of_unknown_home`` is the balance of relocations that do not name the
    usual commune: it may be negative where such people left, and sums to zero over all hosts.

    NaN where no movement ever named the commune, and in months before the first or after the last one that any movement
    reports: missing is never zero. ``status``, ``provenance`` and ``reliability`` are ranks as in ``panel.Column``: the least
    firm of the movements that a commune's books rest on up to that month.
    """

    commune_codes: tuple[str, ...]
    months: tuple[pd.Timestamp, ...]
    arrivals: np.ndarray
    returns: np.ndarray
    relocations_in: np.ndarray
    relocations_out: np.ndarray
    hosted_from_own_commune: np.ndarray
    hosted_from_elsewhere: np.ndarray
    hosted_from_outside: np.ndarray
    hosted_of_unknown_home: np.ndarray
    residents_away: np.ndarray
    residents_outside: np.ndarray
    status: np.ndarray
    provenance: np.ndarray
    reliability: np.ndarray

    @property
    def hosted(self) -> np.ndarray:
        """Everyone displaced who is hosted in the commune at the end of the month, whatever the usual commune."""
        return self.hosted_from_own_commune + self.hosted_from_elsewhere + self.hosted_of_unknown_home

    def column(self, name: str) -> Column:
        """One array as a column of a panel of the same communes and months."""
        value = np.asarray(getattr(self, name), dtype=float).ravel()
        missing = np.isnan(value)
        status = np.where(missing, STATUS_ORDER.index(Status.MISSING), self.status.ravel()).astype(np.int8)
        provenance, reliability = (
            np.where(missing, _ABSENT, r.ravel()).astype(np.int8) for r in (self.provenance, self.reliability)
        )
        return Column(value, status, provenance, reliability, np.where(missing, np.nan, 0.0))


@dataclass(frozen=True, slots=True)
class _Entries:
    """Changes of the books, one a row: ``persons`` of a home that enter (or, negative, leave) a host in a month.

    Ranks are -1 for what lies outside the communes asked for; ``month`` is the first panel month not before the movement.
    """

    home: np.ndarray
    host: np.ndarray
    month: np.ndarray
    persons: np.ndarray
    home_word: np.ndarray
    host_word: np.ndarray


def home_of(kind: pd.Series, origin: pd.Series, destination: pd.Series, stated: pd.Series) -> pd.Series:
    """Usual commune of each movement: the origin of an arrival, the destination of a return, what is stated otherwise."""
    return stated.where(kind == MovementKind.RELOCATION, origin.where(kind == MovementKind.ARRIVAL, destination))


# How a figure is known: its columns, each with its words from the firmest to the least firm.
_KNOWN_BY: dict[str, Sequence[str]] = {
    "status": STATUS_ORDER,
    "provenance": PROVENANCE_ORDER,
    "reliability": RELIABILITY_ORDER,
}


def build_flows(
    movements: pd.DataFrame,
    commune_codes: Sequence[str],
    months: Sequence[pd.Timestamp],
    span: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> Flows:
    """Lay out movements and keep the books of who is hosted where.

    Args:
        movements: ``reference_date, kind, origin_code, destination_code, home_code, persons, status, provenance,
            reliability``; a code may be ``outside``; ``home_code`` may be empty for a relocation. Persons that are missing
            leave the flows of the month, and the stocks that rest on them from then on, missing.
        commune_codes: the communes wanted, in order.
        months: months wanted, ascending; stocks include every movement before the first of them.
        span: days of the first and the last movement of the territory, where ``movements`` are those of some communes only.
    """
    codes, index = pd.Index(commune_codes), pd.DatetimeIndex(months)
    dates = pd.DatetimeIndex(movements["reference_date"])
    kept = movements.assign(_month=index.searchsorted(dates), _exact=index.get_indexer(dates) >= 0)
    kept = kept[kept["_month"] < len(index)]
    reported = _reported(kept, codes, index, pd.DatetimeIndex(span) if span else dates)

    def flow(kind: MovementKind, at: str) -> np.ndarray:
        rows = kept[(kept["kind"] == kind) & kept["_exact"]]
        table = _sum(codes.get_indexer(rows[at]), rows["_month"].to_numpy(), rows["persons"].to_numpy(float), codes, index)
        return np.where(reported, table, np.nan)

    stocks = {
        name: np.where(reported, np.cumsum(table, axis=1), np.nan) for name, table in _changes(kept, codes, index).items()
    }
    return Flows(
        commune_codes=tuple(commune_codes),
        months=tuple(index),
        arrivals=flow(MovementKind.ARRIVAL, "destination_code"),
        returns=flow(MovementKind.RETURN, "origin_code"),
        relocations_in=flow(MovementKind.RELOCATION, "destination_code"),
        relocations_out=flow(MovementKind.RELOCATION, "origin_code"),
        **{name: _least_firm(kept, name, order, codes, index, reported) for name, order in _KNOWN_BY.items()},
        **stocks,
    )


def stock_by_home_and_host(
    movements: pd.DataFrame, commune_codes: Sequence[str], months: Sequence[pd.Timestamp]
) -> np.ndarray:
    """Persons at the end of each month by pair, ``(homes, hosts, months)``: homes are the communes, then ``outside``, then
    the unknown home; hosts are the communes, then ``outside``. Movements that name another commune are left out."""
    index = pd.DatetimeIndex(months)
    dates = pd.DatetimeIndex(movements["reference_date"])
    kept = movements.assign(_month=index.searchsorted(dates))
    kept = kept[kept["_month"] < len(index)]
    homes = pd.Index([*commune_codes, OUTSIDE, UNKNOWN_HOME])
    entries = _entries(kept, homes)
    inside = (entries.home >= 0) & (entries.host >= 0) & (entries.host_word != UNKNOWN_HOME)
    change = np.zeros((len(homes), len(homes) - 1, len(index)))
    where = (entries.home[inside], entries.host[inside], entries.month[inside])
    np.add.at(change, where, entries.persons[inside])
    return np.cumsum(change, axis=2)


def book_entries(movements: pd.DataFrame) -> pd.DataFrame:
    """What each movement changes in the books: ``row`` (label of the movement), ``home``, ``host``, ``leaves``, ``persons`` (negative
    when they leave the host); a relocation gives two rows."""
    leaving = movements[movements["kind"] != MovementKind.ARRIVAL]
    entering = movements[movements["kind"] != MovementKind.RETURN]
    parts = [
        pd.DataFrame(
            {
                "row": part.index,
                "home": part["home_code"].to_numpy(),
                "host": part[at].to_numpy(),
                "leaves": leaves,
                "persons": (-1.0 if leaves else 1.0) * part["persons"].to_numpy(float),
            }
        )
        for part, at, leaves in ((leaving, "origin_code", True), (entering, "destination_code", False))
    ]
    return pd.concat(parts, ignore_index=True)


def _entries(movements: pd.DataFrame, codes: pd.Index) -> _Entries:
    books = book_entries(movements)
    month = movements["_month"].reindex(books["row"]).to_numpy()
    home, host = books["home"], books["host"]
    return _Entries(
        codes.get_indexer(home),
        codes.get_indexer(host),
        month,
        books["persons"].to_numpy(),
        home.to_numpy(),
        host.to_numpy(),
    )


def _changes(movements: pd.DataFrame, codes: pd.Index, index: pd.DatetimeIndex) -> dict[str, np.ndarray]:
    """Change of each stock by commune and month."""
    e = _entries(movements.reset_index(drop=True), codes)
    known, away = e.home_word != UNKNOWN_HOME, e.home_word != e.host_word
    at_host = {
        "hosted_from_own_commune": ~away,
        "hosted_from_elsewhere": known & away,
        "hosted_from_outside": known & away & (e.home_word == OUTSIDE),
        "hosted_of_unknown_home": ~known,
    }
    at_home = {"residents_away": known & away, "residents_outside": known & away & (e.host_word == OUTSIDE)}
    return {
        **{name: _sum(e.host[w], e.month[w], e.persons[w], codes, index) for name, w in at_host.items()},
        **{name: _sum(e.home[w], e.month[w], e.persons[w], codes, index) for name, w in at_home.items()},
    }


def _sum(
    commune: np.ndarray, month: np.ndarray, persons: np.ndarray, codes: pd.Index, index: pd.DatetimeIndex
) -> np.ndarray:
    table = np.zeros((len(codes), len(index)))
    inside = commune >= 0
    np.add.at(table, (commune[inside], month[inside]), persons[inside])
    return table


def _named(movements: pd.DataFrame, codes: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """Every mention of a commune by a movement: rank of the commune, position of the movement."""
    ranks = [codes.get_indexer(movements[end]) for end in ("origin_code", "destination_code", "home_code")]
    commune = np.concatenate(ranks)
    position = np.tile(np.arange(len(movements)), len(ranks))
    return commune[commune >= 0], position[commune >= 0]


def _reported(movements: pd.DataFrame, codes: pd.Index, index: pd.DatetimeIndex, dates: pd.DatetimeIndex) -> np.ndarray:
    """Where the books are kept: communes that a movement ever named, months between the first and the last movement."""
    named = np.zeros(len(codes), dtype=bool)
    named[_named(movements, codes)[0]] = True
    kept_months = (index >= dates.min()) & (index <= dates.max()) if len(dates) else np.zeros(len(index), dtype=bool)
    return named[:, None] & np.asarray(kept_months)[None, :]


def _least_firm(
    movements: pd.DataFrame,
    column: str,
    order: Sequence[str],
    codes: pd.Index,
    index: pd.DatetimeIndex,
    reported: np.ndarray,
) -> np.ndarray:
    """Worst rank of the movements that named a commune up to each month; before its first one, the rank of that one."""
    ranks = pd.Categorical(movements[column].astype(object), categories=[str(v) for v in order]).codes.astype(np.int8)
    commune, position = _named(movements, codes)
    table = np.full((len(codes), len(index)), _ABSENT, dtype=np.int8)
    np.maximum.at(table, (commune, movements["_month"].to_numpy()[position]), ranks[position])
    first = np.argmax(table >= 0, axis=1)
    opening = table[np.arange(len(codes)), first]
    worst = np.maximum.accumulate(table, axis=1)
    return np.where(reported, np.where(worst < 0, opening[:, None], worst), _ABSENT).astype(np.int8)
