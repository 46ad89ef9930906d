"""Two maps beside each other: what stands on the second one, the change between both, and the layers on each at one scale."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.model import Provenance
from analytics.projection import Projection
from analytics.scenario import ScenarioError
from analytics.summary import largest_gap
from pages.words import flows, map_change, map_layers
from pages.words.labels import result_options
from pages.words.map_change import MapOfChange
from pages.words.map_layers import LayerContent
from pages.words.scenario import all_scenarios, label
from pages.words.view import View

MONTH, RESULT, SCENARIO, COMMUNE = "month", "result", "scenario", "commune"
KINDS = ("", MONTH, RESULT, SCENARIO, COMMUNE)
# A scenario looks ahead of pressures only: whatever else lies on its map is as it was last observed.
_ITS_OWN: Mapping[str, Collection[str]] = {
    MONTH: ("people", "facilities", "displaced", "sites", "flows"),
    RESULT: ("people",),
    SCENARIO: ("people",),
}


@dataclass(frozen=True, slots=True)
class Other:
    """The second map: of which kind and what, in words; ``view``: its month or result; its result rows by commune, and those of its
    indicators; ``ahead``: the scenario that it shows in its last month."""

    kind: str
    value: str
    name: str
    view: View
    results: pd.DataFrame
    parts: Mapping[str, pd.DataFrame]
    ahead: Projection | None = None


@dataclass(frozen=True, slots=True)
class AskedPair:
    """What stands beside as the address says it (``month:2024-08``), the commune on the first map, whether the change is shown."""

    beside: str
    own: str
    is_change: bool


def list_others(view: View, kind: str, own: str) -> dict[str, str]:
    """What may stand beside, of a kind, with its name: every other month, that of a year before first; every other result; scenarios
    that the reader may see; every commune of the territory but ``own``, the one on the first map."""
    figures, chosen = view.figures, view.chosen
    if kind == MONTH:
        months = [m for m in reversed(figures.months) if m != chosen.month]
        months.sort(key=lambda m: m != chosen.month - pd.DateOffset(years=1))
        return {f"{m:%Y-%m}": view.t.month(m) for m in months}
    if kind == RESULT:
        return {r: view.result_label(r) for r in result_options(figures) if r != chosen.indicator}
    if kind == SCENARIO:
        is_open = figures.viewer.opens("scenarios") and len(figures.months) > 1
        return {key: label(view, scenario) for key, scenario in all_scenarios(figures).items()} if is_open else {}
    return {code: view.name(code) for code in view.codes if code != own} if kind == COMMUNE and len(view.codes) > 1 else {}


def read_own(view: View, card: str | None) -> str:
    """The commune on the first map where communes stand against each other: that of the open card, else the chosen one."""
    codes = view.codes
    return next((str(code) for code in (card, view.chosen.commune) if code in codes), codes[0])


def read_other(view: View, asked: str, own: str = "") -> Other | None:
    """The second map of an address (``month:2024-08``); None where there is none, or where what is asked for is not there."""
    kind, _, value = asked.partition(":")
    options = list_others(view, kind, own)
    if value not in options:
        return None
    if kind == SCENARIO:
        return _read_scenario(view, value, options[value])
    chosen = view.chosen
    if kind == MONTH:
        chosen = replace(chosen, month=pd.Timestamp(value))
    elif kind == RESULT:
        chosen = replace(chosen, indicator=value)
    seen = replace(view, chosen=chosen)
    parts = {i: view.figures.of_month(i, chosen.month) for i in map_change.parts_of(view)} if kind == MONTH else {}
    return Other(kind, value, options[value], seen, seen.month_results(), parts)


def _read_scenario(view: View, value: str, name: str) -> Other | None:
    try:
        projection = view.figures.projection(all_scenarios(view.figures)[value])
    except ScenarioError:
        return None
    month = projection.months[-1]
    rows = projection.of_month(view.chosen.indicator, month).loc[view.codes]
    parts = {i: projection.of_month(i, month) for i in map_change.parts_of(view)}
    return Other(SCENARIO, value, view.t("sign.comma").join((name, view.t.month(month))), view, rows, parts, projection)


def name_maps(view: View, other: Other, own: str, *, is_change: bool) -> tuple[str, str]:
    """What each of the two maps is called."""
    if other.kind == COMMUNE:
        return view.name(own), other.name
    first = view.result_label(view.chosen.indicator) if other.kind == RESULT else view.t.month(view.chosen.month)
    if not is_change:
        return first, other.name
    return first, view.t("beside.change_since" if other.kind == MONTH else "beside.change_to", name=other.name)


def read_change(view: View, other: Other) -> MapOfChange | None:
    """The change between both: since a month; from the observed month to the scenario's. None for any other kind."""
    if other.kind not in (MONTH, SCENARIO):
        return None
    now = {i: view.figures.of_month(i, view.chosen.month) for i in other.parts}
    mine = (view.month_results(), map_change.known_indicators(view, now))
    theirs = (other.results, map_change.known_indicators(view, dict(other.parts)))
    (before, set_before), (after, set_after) = (theirs, mine) if other.kind == MONTH else (mine, theirs)
    return map_change.read_change(view, before, after, (set_before, set_after))


def is_its_own(kind: str, layer: str) -> bool:
    """Whether a layer says another thing on the second map than on the first."""
    return layer in _ITS_OWN.get(kind, ())


def read_layers(view: View, other: Other | None, layer: str) -> tuple[LayerContent, LayerContent | None]:
    """A layer on both maps, circles and ways at one scale; the second is None where it is the same on both."""
    if other is None or not is_its_own(other.kind, layer):
        return map_layers.read_layer(view, layer), None
    if layer == "flows":
        found = [flows.read_flows(seen) for seen in (view, other.view)]
        widest = max((float(f.pairs["persons"].max()) for f in found if len(f.pairs)), default=1.0)
        return map_layers.flows_layer(view, found[0], widest), map_layers.flows_layer(other.view, found[1], widest)
    if layer not in ("people", "displaced"):
        first, second = map_layers.read_layer(view, layer), map_layers.read_layer(other.view, layer)
        return first, None if first == second else second
    read = map_layers.people_layer if layer == "people" else map_layers.displaced_layer
    mine, theirs = map_layers.value_by_commune(view, layer), _values(other, layer)
    most = float(pd.concat([mine, theirs]).max())
    first, second = read(view, mine, most), read(other.view, theirs, most)
    return first, second if other.ahead is None else _ahead(other.view, other.ahead, second)


def _values(other: Other, layer: str) -> pd.Series:
    """The figure of each commune on the second map; of a scenario people above the norm in its last month."""
    view, ahead = other.view, other.ahead
    if ahead is None:
        return map_layers.value_by_commune(view, layer)
    result, month = view.chosen.indicator, ahead.months[-1]
    asked = [s.value for s in view.figures.definitions.sector_weights] if result == COMPOSITE_ID else [result]
    gaps = [ahead.of_month(name, month)["gap_to_norm"] for name in asked]
    return (largest_gap(gaps) if result == COMPOSITE_ID else gaps[0]).reindex(view.codes)


def _ahead(view: View, ahead: Projection, content: LayerContent) -> LayerContent:
    """A layer of a scenario: dated by its last month, an estimate whatever it begins with."""
    notes = [*content.notes, view.t("chart.hypotheses")]
    return replace(content, when=view.t.month(ahead.months[-1]), provenance=Provenance.ESTIMATE.value, notes=notes)
