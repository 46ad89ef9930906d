"""Rounds of mobile teams over douars in words: who is to be seen, where teams stop, how many of them a round reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics.allocation_problem import InfeasibleError
from analytics.douar_rounds import DouarRounds, Team, plan_rounds
from analytics.douars import FAR_KM
from data.douar_table import read_douars
from data.province import Province
from geo.boundaries import centroids
from geo.distances import kilometres_between
from geo.dots import Dot
from pages.words.douars import douar_name, list_douars, place_dots
from pages.words.view import View

# Roads are longer than the crow flies: the median over what the census says of the places that derive from it.
DETOUR = 1.5
# More douars than this are a matter of several teams' territories: planned cercle by cercle.
MOST_DOUARS = 200
CYCLES = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class RoundsPlan:
    """Bases (commune codes), the douars that are to be seen, and the rounds between them."""

    bases: tuple[str, ...]
    douars: pd.DataFrame
    rounds: DouarRounds


def far_douars(view: View) -> pd.DataFrame:
    """Placed douars of the chosen territory that the census measures beyond reach of a health centre."""
    douars = list_douars(view, view.codes)
    return douars[douars["latitude"].notna() & (douars["health_centre_km"] > FAR_KM["health_centre_km"])]


def count_left_out(view: View) -> tuple[int, float]:
    """Douars as far that have no place, and their people: a round must ask where they are."""
    douars = list_douars(view, view.codes)
    lost = douars[douars["latitude"].isna() & (douars["health_centre_km"] > FAR_KM["health_centre_km"])]
    return len(lost), float(lost["population"].sum())


def plan(view: View, units: int, team: Team) -> RoundsPlan:
    """The rounds of the chosen territory.

    Raises:
        InfeasibleError: nobody within reach, or more douars than are planned at once (``too_many_douars``).
    """
    douars = far_douars(view)
    if len(douars) > MOST_DOUARS:
        raise InfeasibleError("too_many_douars", nearest=MOST_DOUARS)
    bases = tuple(code for code in view.codes if code in centroids(view.figures.province.layer))
    rounds = _plan(view.figures.province, bases, tuple(douars.index), units, team)
    return RoundsPlan(bases, douars, rounds)


@lru_cache(maxsize=32)
def _plan(province: Province, bases: tuple[str, ...], codes: tuple[str, ...], units: int, team: Team) -> DouarRounds:
    douars, places = read_douars(province).loc[list(codes)], centroids(province.layer)
    latitude, longitude = douars["latitude"].to_numpy(), douars["longitude"].to_numpy()
    start = np.array([places[code] for code in bases]).reshape(-1, 2)
    by_road = DETOUR * kilometres_between(start[:, 0], start[:, 1], latitude, longitude)
    between = DETOUR * kilometres_between(latitude, longitude, latitude, longitude)
    return plan_rounds(douars["population"].to_numpy(), by_road, between, units, team)


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
