"""Demonstration movements: where the demonstration's displaced people come from, when they return, who moves on.

For every host and month the books close on the demonstration stock exactly: what was there, plus arrivals and relocations in,
less returns and relocations out, is what is there. Rules and parameters: ``demonstration.yaml`` of the territory,
``movements``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analytics.displacement import MovementKind
from analytics.model import Provenance, Status
from data.demonstration import name_source, read_parameters
from data.integer_shares import share_out
from data.province import Province

_KILOMETRES_A_DEGREE = 111.2
_SHORTEST_KM = 1.0


@dataclass(slots=True)
class _Books:
    """Persons by home and host as the months go by, and every movement written so far."""

    stock: np.ndarray
    rows: list[tuple[int, str, int, int, int, float]] = field(default_factory=list)

    def arrive(self, month: int, host: int, by_home: np.ndarray) -> None:
        """People of several communes arrive at a host."""
        self.stock[:, host] += by_home
        self.rows += [(month, MovementKind.ARRIVAL, h, host, h, by_home[h]) for h in np.flatnonzero(by_home).tolist()]

    def give_back(self, month: int, host: int, persons: int) -> None:
        """People leave a host for home, in the proportions in which they are there."""
        leaving = share_out(persons, self.stock[:, host])
        self.stock[:, host] -= leaving
        self.rows += [(month, MovementKind.RETURN, host, h, h, leaving[h]) for h in np.flatnonzero(leaving).tolist()]

    def relocate(self, month: int, host: int, to: int, persons: int) -> None:
        """People leave a host for another one; none goes to the own commune, which would be a return."""
        candidates = self.stock[:, host].copy()
        candidates[to] = 0
        leaving = share_out(min(persons, round(candidates.sum())), candidates)
        self.stock[:, host] -= leaving
        self.stock[:, to] += leaving
        self.rows += [(month, MovementKind.RELOCATION, host, to, h, leaving[h]) for h in np.flatnonzero(leaving).tolist()]


def build_demonstration_movements(
    province: Province, communes: pd.DataFrame, reference: pd.DataFrame, figures: pd.DataFrame
) -> pd.DataFrame:
    """Movements behind the demonstration stock, marked ``demonstration``, with the columns of ``data.ingest.add_upload``.

    Args:
        province: whose parameters are followed.
        communes: ``data.reference_files.read_communes``.
        reference: observations of the reference files (population and intensity).
        figures: ``data.demonstration.build_demonstration``, whose ``displaced_persons`` the movements add up to.
    """
    parameters, codes = read_parameters(province), communes["commune_code"].to_numpy()
    displaced = figures[figures["variable"] == "displaced_persons"]
    stock = displaced.pivot(index="commune_code", columns="reference_date", values="value").reindex(codes)
    shares = _origin_shares(communes, reference, parameters)
    books = _Books(np.zeros((len(codes), len(codes))))
    for month in range(stock.shape[1]):
        _close_month(books, month, stock.iloc[:, month].to_numpy(), shares, codes, parameters["movements"])
    _declare_nothing(books, len(codes))
    return _frame(books, codes, pd.DatetimeIndex(stock.columns), name_source(province))


def _origin_shares(communes: pd.DataFrame, reference: pd.DataFrame, parameters: dict[str, Any]) -> np.ndarray:
    """Share of each home among the people who arrive at a host, homes × hosts: a part from the host commune itself that grows
    with its intensity, the rest by gravity from a few others."""
    rules = parameters["movements"]
    latest = reference.sort_values("reference_date").drop_duplicates(["commune_code", "variable"], keep="last")
    table = latest.pivot(index="commune_code", columns="variable", values="value").reindex(communes["commune_code"])
    intensity = table["mmi_intensity"].fillna(0).to_numpy()
    points = np.array(rules["own_commune_by_intensity"])
    own = np.interp(intensity, points[:, 0], points[:, 1])
    pull = np.clip(intensity - rules["least_intensity"]["value"], 0, None) * table["population"].to_numpy()
    noise = np.random.default_rng([parameters["seed"], 1]).lognormal(0, rules["spread"]["value"], (len(own), len(own)))
    weights = pull[:, None] * noise / _distances(communes) ** rules["distance_exponent"]["value"]
    # No distance is known of a commune without a centre.
    weights = np.nan_to_num(weights)
    np.fill_diagonal(weights, 0)
    faintest_kept = np.sort(weights, axis=0)[-rules["origins_per_host"]["value"]]
    weights = np.where(weights >= faintest_kept, weights, 0)
    total = weights.sum(axis=0)
    # A host that nobody is drawn to houses its own people.
    own = np.where(total > 0, own, 1.0)
    return (1 - own) * weights / np.where(total > 0, total, 1.0) + np.diag(own)


def _distances(communes: pd.DataFrame) -> np.ndarray:
    """Kilometres between centroids; at this scale a plane is near enough."""
    latitude = communes["centroid_lat"].to_numpy()
    east = communes["centroid_lng"].to_numpy() * np.cos(np.radians(latitude.mean()))
    return np.maximum(_KILOMETRES_A_DEGREE * np.hypot(latitude[:, None] - latitude, east[:, None] - east), _SHORTEST_KM)


def _close_month(
    books: _Books, month: int, target: np.ndarray, shares: np.ndarray, codes: np.ndarray, rules: dict[str, Any]
) -> None:
    """Relocations first; then arrivals or returns at each host, so that the month ends on the demonstration stock."""
    if 0 < month <= rules["relocation_months"]["value"]:
        _relocate(books, month, target, codes, rules)
    balance = target - books.stock.sum(axis=0)
    for host in np.flatnonzero(balance > 0).tolist():
        books.arrive(month, host, share_out(round(balance[host]), shares[:, host]))
    for host in np.flatnonzero(balance < 0).tolist():
        books.give_back(month, host, round(-balance[host]))


def _relocate(books: _Books, month: int, target: np.ndarray, codes: np.ndarray, rules: dict[str, Any]) -> None:
    """A few people a month leave the host with most displaced people for each host near a town that has room for them."""
    for code in rules["relocation_hosts"]["codes"]:
        to = int(np.flatnonzero(codes == code)[0])
        persons = int(target[to] * rules["relocation_share"]["value"])
        leaving_from = np.argsort(-books.stock.sum(axis=0), kind="stable")
        host = int(leaving_from[month % rules["relocation_origins"]["value"]])
        if persons and host != to:
            books.relocate(month, host, to, persons)


def _declare_nothing(books: _Books, communes: int) -> None:
    """A commune that no movement names declares that nobody arrived: zero is said, it is not missing."""
    named = {place for row in books.rows for place in row[2:5]}
    books.rows += [(0, MovementKind.ARRIVAL, c, c, c, 0.0) for c in range(communes) if c not in named]


def _frame(books: _Books, codes: np.ndarray, months: pd.DatetimeIndex, source: str) -> pd.DataFrame:
    month, kind, origin, destination, home, persons = (list(column) for column in zip(*books.rows, strict=True))
    return pd.DataFrame(
        {
            "reference_date": months[month],
            "kind": [str(k) for k in kind],
            "origin_code": codes[origin],
            "destination_code": codes[destination],
            "home_code": codes[home],
            "persons": np.asarray(persons, dtype=float),
            "status": Status.ESTIMATED.value,
            "provenance": Provenance.DEMONSTRATION.value,
            "reliability": "D",
            "source": source,
            "cell": "",
        }
    )
