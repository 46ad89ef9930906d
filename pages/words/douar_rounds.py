"""Rounds of mobile teams over douars in words: who is to be seen, where teams stop, how many of them a round reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics.allocation_problem import InfeasibleError
from analytics.douar_rounds import DouarRounds, Team, plan_rounds
from analytics.douars import FAR_KM
from analytics.rounds_by_part import SharedRounds, share_teams
from data.douar_table import read_douars
from data.province import Province
from geo.boundaries import centroids
from geo.distances import kilometres_between
from geo.dots import Dot
from pages.words.douars import douar_name, list_douars, place_dots
from pages.words.view import View

# Roads are longer than the crow flies: the median over what the census says of the places that derive from it.
DETOUR = 1.5
# More douars than this are planned cercle by cercle, with teams of its own each; a cercle with more is refused.
MOST_DOUARS = 200
CYCLES = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class RoundsPlan:
    """Bases (commune codes), the douars that are to be seen, the rounds between them; ``shared`` are a commune of each cercle that was
    planned by itself and its teams, empty where all were planned at once."""

    bases: tuple[str, ...]
    douars: pd.DataFrame
    rounds: DouarRounds
    shared: tuple[tuple[str, int], ...] = ()


def far_douars(view: View) -> pd.DataFrame:
    """Placed douars of the chosen territory that the census measures beyond reach of a health centre."""
    douars = list_douars(view, view.codes)
    return douars[douars["latitude"].notna() & (douars["health_centre_km"] > FAR_KM["health_centre_km"])]


def count_left_out(view: View) -> tuple[int, float]:
    """Douars as far that have no place, and their people: a round must ask where they are."""
    douars = list_douars(view, view.codes)
    lost = douars[douars["latitude"].isna() & (douars["health_centre_km"] > FAR_KM["health_centre_km"])]
    return len(lost), float(lost["population"].sum())


def takes_long(view: View) -> bool:
    """Whether the chosen territory is planned cercle by cercle, which takes some twenty seconds."""
    return len(far_douars(view)) > MOST_DOUARS


def plan(view: View, units: int, team: Team) -> RoundsPlan:
    """The rounds of the chosen territory: all at once, or cercle by cercle where there are many douars.

    Raises:
        InfeasibleError: nobody within reach, or a cercle with more douars than are planned at once (``too_many_douars``).
    """
    douars = far_douars(view)
    groups = view.figures.communes["group_code"].reindex(douars["commune_code"]).to_numpy()
    parts = tuple(tuple(np.flatnonzero(groups == group).tolist()) for group in sorted(set(groups)))
    if len(douars) <= MOST_DOUARS:
        parts = (tuple(range(len(douars))),)
    if max(map(len, parts)) > MOST_DOUARS:
        raise InfeasibleError("too_many_douars", nearest=MOST_DOUARS)
    bases = tuple(code for code in view.codes if code in centroids(view.figures.province.layer))
    found = _plan(view.figures.province, bases, tuple(douars.index), parts, units, team)
    first = [str(douars["commune_code"].iloc[part[0]]) for part in parts if part]
    shared = tuple(zip(first, found.teams_of_part, strict=True)) if len(parts) > 1 else ()
    return RoundsPlan(bases, douars, found.rounds, shared)


@lru_cache(maxsize=32)
def _plan(
    province: Province,
    bases: tuple[str, ...],
    codes: tuple[str, ...],
    parts: tuple[tuple[int, ...], ...],
    units: int,
    team: Team,
) -> SharedRounds:
    douars, places = read_douars(province).loc[list(codes)], centroids(province.layer)
    latitude, longitude = douars["latitude"].to_numpy(), douars["longitude"].to_numpy()
    start = np.array([places[code] for code in bases]).reshape(-1, 2)
    by_road = DETOUR * kilometres_between(start[:, 0], start[:, 1], latitude, longitude)
    between = DETOUR * kilometres_between(latitude, longitude, latitude, longitude)
    people = douars["population"].to_numpy()
    if len(parts) == 1:
        return SharedRounds(plan_rounds(people, by_road, between, units, team), (units,))
    return share_teams(people, by_road, between, [np.array(part) for part in parts], units, team)


def state_rounds(view: View, found: RoundsPlan) -> str:
    """How many of those to be seen the rounds serve (Markdown)."""
    t, rounds = view.t, found.rounds
    served, wanted = rounds.served.sum(), found.douars["population"].sum()
    return t(
        "rounds.finding",
        count=int((rounds.base_of_stop >= 0).sum()),
        served=t.number(served, 0),
        total=t.number(wanted, 0),
        share=t.percent(served / wanted),
    )


def write_shares(view: View, found: RoundsPlan) -> str:
    """How many teams each cercle has, where they were planned one by one; empty otherwise."""
    t = view.t
    shares = t("sign.comma").join(
        t("rounds.of_cercle", cercle=view.group_label(code), teams=t("mobile.based", count=teams))
        for code, teams in found.shared
        if teams
    )
    return t("rounds.by_cercle", shares=shares) if shares else ""


def list_stops(view: View, found: RoundsPlan) -> list[dict[str, str]]:
    """One row a stop: base, douar and commune, how many douars and people it serves."""
    names = found.douars["place_name"]
    return [
        {
            "base": view.name(found.bases[row.base]),
            "stop": douar_name(view, names.index[row.stop], names.iloc[row.stop]),
            "commune": view.name(found.douars["commune_code"].iloc[row.stop]),
            "douars": view.t("douar.count", count=int(row.douars)),
            "people": view.t.number(row.people, 0),
        }
        for row in found.rounds.table().itertuples()
    ]


def dots_of(view: View, found: RoundsPlan) -> list[Dot]:
    """Stops in red, douars served dark, douars not reached as rings, bases as large dots."""
    rounds, places = found.rounds, centroids(view.figures.province.layer)
    kinds = np.where(rounds.base_of_stop >= 0, "chosen", np.where(rounds.served > 0, "far", "withheld"))
    dots = place_dots(view, found.douars, "health_centre_km", 1.5)
    drawn = [Dot(d.longitude, d.latitude, str(kind), d.radius, d.title) for d, kind in zip(dots, kinds, strict=True)]
    bases = {code: int(n) for code, n in zip(found.bases, rounds.teams, strict=True) if n}
    return drawn + [
        Dot(places[code][1], places[code][0], "base", 7, _say_base(view, code, teams)) for code, teams in bases.items()
    ]


def _say_base(view: View, code: str, teams: int) -> str:
    return f"{view.name(code)}{view.t('sign.colon')}{view.t('mobile.based', count=teams)}"
