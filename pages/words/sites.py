"""Sites of displaced people on the map: where a list that was sent places them, with rounded counts; who may see them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.disclosure import protect_counts
from data import queries
from data.people.roles import Right
from data.people.viewer import Viewer
from geo.dots import Dot
from pages.words.view import View

_RULE = "displaced_persons"
_LARGEST, _SMALLEST = 18.0, 4.0


def may_see(viewer: Viewer) -> bool:
    """Whether a reader sees where displaced people stay: whoever reads records, the public never."""
    return viewer.may(Right.RECORDS)


def read_sites(view: View) -> pd.DataFrame:
    """The newest row of each site up to the chosen month, in the chosen territory (``data.queries.read_displaced_sites``); none for a
    reader who may not see them."""
    rows = view.figures.read(queries.read_displaced_sites)
    inside = rows["commune_code"].isin(view.codes) & (rows["reference_date"] <= view.chosen.month)
    rows = rows[inside & may_see(view.figures.viewer)]
    return rows.sort_values("reference_date").drop_duplicates("site_id", keep="last")


def tell_people(view: View, rows: pd.DataFrame) -> pd.Series:
    """People of each site, rounded as every count of displaced people is; missing where they are not known or withheld."""
    persons, _ = protect_counts(rows["persons"].to_numpy(dtype=float), view.figures.definition_set.disclosure[_RULE])
    return pd.Series(persons, index=rows.index)


def place_sites(view: View, rows: pd.DataFrame) -> list[Dot]:
    """A circle on each site with coordinates, its area as its people (``tell_people``); the largest first. Where people are not
    known it is as small as any, and its words say so."""
    t = view.t
    placed = rows[rows["latitude"].notna() & rows["longitude"].notna()]
    persons = tell_people(view, placed).to_numpy()
    most = np.nanmax(persons) if np.isfinite(persons).any() else 1.0
    dots = []
    for row, people in zip(placed.to_dict("records"), persons, strict=True):
        radius = _SMALLEST if np.isnan(people) else max(_SMALLEST, _LARGEST * float(np.sqrt(people / most)))
        known = t("layer.site_unknown") if np.isnan(people) else t.quantity(float(people), "persons")
        households = t("layer.site_households", count=int(row["households"]))
        said = [f"{row['site_name']} ({view.name(row['commune_code'])})", known, households, t.month(row["reference_date"])]
        dots.append(Dot(row["longitude"], row["latitude"], "site", round(radius, 1), t("sign.between").join(said)))
    return sorted(dots, key=lambda dot: -dot.radius)
