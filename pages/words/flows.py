"""Where displaced people are hosted and where they come from, as ways between communes; small numbers are not told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.disclosure import protect_counts
from analytics.displacement import stock_by_home_and_host
from analytics.model import Provenance
from analytics.provenance import least_firm
from data import queries
from data.reference_files import read_communes
from geo.boundaries import centroids
from geo.dots import Way
from pages.words.view import View

MOST_WAYS = 40
_WIDEST, _NARROWEST = 8.0, 1.2
_VARIABLE = "displaced_persons"


@dataclass(frozen=True, slots=True)
class FlowsOfMonth:
    """``pairs``: ``home, host, persons`` of different communes at the end of the chosen month, rounded, the most people first;
    ``small`` and ``further``: pairs under the threshold, and beyond those that are drawn; ``inside``: people hosted in their own
    commune."""

    pairs: pd.DataFrame
    small: int
    further: int
    inside: float
    source: str
    provenance: str


def read_flows(view: View) -> FlowsOfMonth:
    """People by home and host in the chosen territory, from the movements in force; pairs under the threshold of the disclosure rule
    are left out, others rounded as it says."""
    codes = tuple(read_communes(view.figures.province)["commune_code"])
    movements = view.figures.read(queries.read_movements)
    movements = movements[movements["reference_date"] <= view.chosen.month]
    if movements.empty:
        return FlowsOfMonth(pd.DataFrame(columns=["home", "host", "persons"]), 0, 0, 0.0, "", "")
    stock = stock_by_home_and_host(movements, codes, [view.chosen.month])[: len(codes), : len(codes), 0]
    rule = view.figures.definition_set.disclosure[_VARIABLE]
    shown = set(view.codes)
    home, host = np.nonzero(stock > 0)
    pairs = pd.DataFrame({"home": np.array(codes)[home], "host": np.array(codes)[host], "persons": stock[home, host]})
    pairs = pairs[pairs["home"].isin(shown) | pairs["host"].isin(shown)]
    own = pairs["home"] == pairs["host"]
    persons, withheld = protect_counts(pairs["persons"].to_numpy(dtype=float), rule)
    pairs = pairs.assign(persons=persons)
    told = pairs[~own & ~withheld]
    told = told.sort_values(["persons", "home", "host"], ascending=[False, True, True], ignore_index=True)
    simulated = movements["provenance"] == Provenance.DEMONSTRATION.value
    named = sorted(set(movements.loc[~simulated, "source"]) - {""}) + [view.t("data.demonstration")] * bool(simulated.any())
    source = view.t("sign.between").join(named)
    small = int((~own).sum()) - len(told)
    inside = float(pairs.loc[own & ~withheld, "persons"].sum())
    return FlowsOfMonth(
        told.head(MOST_WAYS), small, len(told) - MOST_WAYS, inside, source, least_firm(movements["provenance"])
    )


def draw_ways(view: View, found: FlowsOfMonth, widest: float | None = None) -> list[Way]:
    """The ways from home to host, as wide as the people on them; ``widest``: people on the widest one of two maps."""
    middle, t = centroids(view.figures.province.layer), view.t
    most = widest or (found.pairs["persons"].max() if len(found.pairs) else 1)
    return [
        Way(
            *middle[row.home][::-1], *middle[row.host][::-1], "flow",
            round(max(_NARROWEST, _WIDEST * row.persons / most), 1),
            t("layer.flow_said", home=view.name(row.home), host=view.name(row.host), people=t.quantity(row.persons, "persons")),
        )
        for row in found.pairs.itertuples()
        if row.home in middle and row.host in middle
    ]  # fmt: skip


def say_left_out(view: View, found: FlowsOfMonth) -> list[str]:
    """What is not drawn, and why."""
    t, notes = view.t, []
    if not len(found.pairs):
        notes.append(t("layer.no_flow"))
    if found.small:
        threshold = view.figures.definition_set.disclosure[_VARIABLE].threshold
        notes.append(t("layer.flows_small", count=found.small, threshold=threshold))
    if found.further > 0:
        notes.append(t("layer.flows_further", count=found.further))
    if found.inside:
        notes.append(t("layer.flows_inside", people=t.quantity(found.inside, "persons")))
    return notes
