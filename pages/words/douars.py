"""Douars in words: names, figures, how they add up to their commune, and where each figure comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analytics.douars import (
    DISTANCES,
    FAR_KM,
    LIMIT_SHARE,
    SHARES,
    VERY_FAR,
    WITHHELD,
    add_up,
    is_withheld,
    shelter_households,
    standing,
)  # fmt: skip
from data.douar_table import read_douar_source, read_douars, read_place_source
from data.i18n import NO_VALUE, isolate
from data.province import Province
from data.reference_files import read_communes, read_municipal_population
from geo.dots import Dot
from geo.spelling import plain
from pages.words.view import View

# What a list of douars shows, in order; also what the map may colour by.
SHOWN = (
    "health_centre_km", "primary_school_km", "college_km", "lycee_km", "paved_road_km", "drivable_track_km",
    "civil_status_booklet_pct", "other_dwelling_pct",
)  # fmt: skip
LINEAGE = ("status", "reference_date", "source", "place_source", "place_match", "place_licence")
COLUMNS = (
    "douar_code", "commune_code", "commune_name", "place_name", "population", "households", *DISTANCES, *SHARES,
    "other_dwelling_households", "latitude", "longitude", *LINEAGE,
)  # fmt: skip
_SMALLEST, _LARGEST = 1.6, 5.0


@dataclass(frozen=True, slots=True)
class DouarTotals:
    """How the douars of some communes add up, in words, and of which communes some people live in no douar of the list."""

    sentences: tuple[str, ...]
    remainders: tuple[dict[str, str], ...]


def list_douars(view: View, codes: Sequence[str]) -> pd.DataFrame:
    """The douars of some communes (``data.douar_table``), in order of code."""
    douars = read_douars(view.figures.province)
    seen = [code for code in codes if code in view.figures.territory]
    return douars[douars["commune_code"].isin(seen)]


def search_douars(view: View, douars: pd.DataFrame, words: str) -> pd.DataFrame:
    """Those whose own name, code, or commune's name in any script holds what was typed, in any usual spelling."""
    wanted = plain(words)
    return (
        douars[_haystack(view.figures.province).reindex(douars.index).str.contains(wanted, regex=False)]
        if wanted
        else douars
    )


@lru_cache(maxsize=8)
def _haystack(province: Province) -> pd.Series:
    communes = read_communes(province).set_index("commune_code")
    douars = read_douars(province)
    names = communes["name_fr"] + " " + communes["name_ar"]
    text = douars.index.to_series() + " " + douars["place_name"] + " " + douars["commune_code"].map(names).fillna("")
    return text.map(plain)


def douar_name(view: View, code: str, place_name: str) -> str:
    """Its name on the map it was placed by; its census code where no name is known."""
    return place_name or view.t("douar.unnamed", code=code)


def write_figure(view: View, figure: str, value: float) -> str:
    """A distance or a share; that it is withheld where the census does not say."""
    if pd.isna(value):
        return view.t("douar.withheld_short")
    return view.t("douar.km", km=view.t.number(value, 1)) if figure in DISTANCES else view.t.percent(value / 100, 1)


def list_rows(view: View, douars: pd.DataFrame, figures: Sequence[str] = SHOWN) -> list[dict[str, object]]:
    """Rows of a list: name, commune, people, households, figures, whether it is placed."""
    return [
        {
            "code": code,
            "name": douar_name(view, code, row["place_name"]),
            "commune": view.name(row["commune_code"]),
            "commune_code": row["commune_code"],
            "population": view.t.number(row["population"]),
            "households": view.t.number(row["households"]),
            "figures": [write_figure(view, figure, row[figure]) for figure in figures],
            "placed": pd.notna(row["latitude"]),
        }
        for code, row in zip(douars.index, douars.to_dict("records"), strict=True)
    ]


def state_douars(view: View, douars: pd.DataFrame) -> str:
    """The finding of a list: of the people whose douar is measured, how many live far from a health centre."""
    t = view.t
    known = douars[douars["health_centre_km"].notna()]
    if known.empty:
        return t("douar.finding_none", count=len(douars))
    far = known[known["health_centre_km"] > FAR_KM["health_centre_km"]]
    people, all_known = far["population"].sum(), known["population"].sum()
    return t(
        "douar.finding",
        people=t.number(people),
        share=t.percent(people / all_known),
        km=t.number(FAR_KM["health_centre_km"]),
    )


def write_totals(view: View, codes: Sequence[str]) -> DouarTotals:
    """How many douars, how many are withheld and placed; and the people of each commune whom no douar holds."""
    t, douars = view.t, list_douars(view, codes)
    if douars.empty:
        return DouarTotals((t("douar.none"),), ())
    sums = add_up(douars, read_municipal_population(view.figures.province))
    whole = sums.sum(numeric_only=True)
    sentences = (
        t("douar.counted", count=int(whole["douars"]), people=t.number(whole["population"]), households=t.number(whole["households"])),
        t("douar.withheld", count=int(whole["withheld"])),
        t("douar.covered", people=t.number(whole["population_with_figures"]),
          share=t.percent(whole["population_with_figures"] / whole["population"])),
        t("douar.placed", count=int(whole["placed"]), wrong=_wrong_match(view)),
    )  # fmt: skip
    short = sums[sums["remainder"].fillna(0) != 0]
    return DouarTotals(
        sentences,
        tuple(
            {"commune": view.name(str(code)), "people": t.quantity(row["remainder"], "persons")}
            for code, row in short.iterrows()
        ),
    )


def write_source(view: View) -> str:
    """Where the census figures and the places come from, with date and licence."""
    province, t = view.figures.province, view.t
    source, places = read_douar_source(province), read_place_source(province)
    if not source:
        return ""
    said = t("douar.source", source=_isolated(view, source), date=t.month(pd.Timestamp(source["reference_date"])))
    return (
        f"{said} {t('douar.places_source', source=_isolated(view, places))}"
        if places
        else f"{said} {view.figures.attribution}."
    )


def _isolated(view: View, source: Mapping[str, Any]) -> str:
    """Attribution of a source, which turns nothing over in an Arabic sentence."""
    text = view.t.words(source["attribution"])
    return isolate(text) if view.t.direction == "rtl" else text


def build_table(view: View, douars: pd.DataFrame) -> pd.DataFrame:
    """Douars with their lineage, one row each, in the order of ``COLUMNS``: exact numbers, missing where withheld or unknown."""
    source, places = read_douar_source(view.figures.province), read_place_source(view.figures.province)
    placed = douars["latitude"].notna()
    table = douars.rename(columns={"match": "place_match"}).assign(
        douar_code=douars.index,
        commune_name=douars["commune_code"].map(view.name),
        other_dwelling_households=shelter_households(douars),
        status=np.where(is_withheld(douars), "suppressed", "reported"),
        reference_date=source.get("reference_date", ""),
        source=view.t.words(source.get("attribution", "")),
        place_licence=np.where(placed, places.get("licence", ""), ""),
    )
    return table[list(COLUMNS)].reset_index(drop=True)


def place_dots(view: View, douars: pd.DataFrame, figure: str, radius: float = 1.0) -> list[Dot]:
    """A dot for each placed douar: darker where it is farther, a ring where the census withholds it, larger with its people."""
    placed = douars[douars["latitude"].notna()]
    kinds = standing(placed, figure)
    # Area grows with people, so that the eye adds up people.
    sizes = np.clip(np.sqrt(placed["population"].to_numpy()) / 9, _SMALLEST, _LARGEST) * radius
    told = placed[list(dict.fromkeys(("longitude", "latitude", "place_name", "commune_code", "population", figure)))]
    rows = zip(placed.index, told.to_dict("records"), kinds, sizes, strict=True)
    return [
        Dot(row["longitude"], row["latitude"], kind, round(float(size), 1), _say(view, code, row, figure))
        for code, row, kind, size in rows
    ]


def legend_of_dots(view: View, douars: pd.DataFrame, figure: str) -> list[dict[str, str]]:
    """What each kind of dot means, with how many douars and people it stands for among all, placed or not."""
    kinds = standing(douars, figure)
    people = douars["population"].groupby(kinds).sum()
    limits = _limits(view, figure)
    return [
        {
            "kind": kind,
            "label": view.t(f"douar.kind_{kind}", **limits),
            "count": view.t(
                "douar.legend_count", count=int((kinds == kind).sum()), people=view.t.number(people.get(kind, 0))
            ),
        }
        for kind in ("near", "far", VERY_FAR, WITHHELD)
    ]


def _limits(view: View, figure: str) -> dict[str, str]:
    limit = FAR_KM.get(figure) or LIMIT_SHARE[figure]
    write = (lambda v: view.t("douar.km", km=view.t.number(v))) if figure in FAR_KM else (lambda v: view.t.percent(v / 100))
    return {"limit": write(limit), "twice": write(2 * limit)}


def _say(view: View, code: str, row: dict[str, object], figure: str) -> str:
    parts = (
        f"{douar_name(view, code, str(row['place_name']))} ({view.name(str(row['commune_code']))})",
        view.t.quantity(float(row["population"]), "persons"),  # type: ignore[arg-type]
        write_figure(view, figure, float(row[figure])),  # type: ignore[arg-type]
    )
    return view.t("sign.between").join(part for part in parts if part != NO_VALUE)


def _wrong_match(view: View) -> str:
    chances = read_place_source(view.figures.province).get("wrong_match", {})
    if not chances:
        return NO_VALUE
    low, high = min(chances.values()), max(chances.values())
    return view.t("douar.wrong_range", low=view.t.number(100 * low, 0), high=view.t.percent(high))
