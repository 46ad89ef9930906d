"""Layers over the classes of communes: what each shows, with its legend, its source, its date and the kind of its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.provenance import least_firm
from data.douar_table import read_place_source
from data.records.facilities import FACILITIES
from geo.boundaries import centroids
from geo.dots import Dot, Way
from pages.figures.service_points import DISTANCES, read_services
from pages.words import douars, flows, service_points, sites
from pages.words.sources import cite, cite_variables, date_result
from pages.words.view import View

# Of a circle on the page, for the largest value: area grows with people, so that the eye adds up people.
_LARGEST, _SMALLEST = 26.0, 2.5
# Bands of shaking (modified Mercalli): strong, very strong, severe begin at 5, 6, 7.
SHAKING_FROM = (5.0, 6.0, 7.0)
STATES = ("fully", "partially", "not", "unknown")
_DISPLACED, _INTENSITY = "displaced_from_elsewhere", "mmi_intensity"
DOUAR_FIGURE = "health_centre_km"


@dataclass(frozen=True, slots=True)
class LayerContent:
    """Places and ways of a layer; ``legend`` as kind of dot and words; ``notes``: what is not shown and why; ``source`` with its date;
    ``provenance``: the least firm kind among its figures."""

    places: Sequence[Dot]
    legend: Sequence[tuple[str, str]]
    source: str
    when: str
    provenance: str = ""
    notes: Sequence[str] = ()
    ways: Sequence[Way] = ()
    attribution: str = ""


def read_layer(view: View, layer: str) -> LayerContent:
    """A layer (a key of ``LAYERS``) of the chosen territory, month and result."""
    return LAYERS[layer](view)


def read_asked(text: str) -> list[str]:
    """The layers that an address asks for (``layers=people,flows``), each once, in the order of the list."""
    asked = text.split(",")
    return [layer for layer in LAYERS if layer in asked]


def value_by_commune(view: View, layer: str) -> pd.Series:
    """The figure of each commune of the territory that a layer shows in its middle: ``people`` above the norm of the chosen result,
    ``displaced`` people hosted, ``intensity`` of the shaking."""
    figures, chosen = view.figures, view.chosen
    if layer == "people":
        return figures.people_above_norm(chosen.indicator, chosen.month).reindex(view.codes)
    return figures.column({"displaced": _DISPLACED, "intensity": _INTENSITY}[layer], chosen.month).reindex(view.codes)


def people_layer(view: View, people: pd.Series, most: float) -> LayerContent:
    """Circles of people above the norm by commune; ``most``: the number that the largest circle stands for."""
    t, chosen = view.t, view.chosen
    label = t(f"commune.above_{_unit(view)}")
    results = view.month_results()
    places = _circles(view, people, "people", most, lambda number: f"{label}{t('sign.colon')}{number}")
    notes = [t("layer.unknown", count=int(people.isna().sum()))] if people.isna().any() else []
    source = cite(view, [chosen.indicator])
    return LayerContent(
        places,
        [("people", _scale(view, label, people))],
        source,
        date_result(view, chosen.indicator),
        least_firm(results["provenance"]),
        notes,
    )


def _unit(view: View) -> str:
    """Who is above the norm of the chosen result: of a service by its headline; people where a result has none."""
    definitions, result = view.figures.definitions, view.chosen.indicator
    sector = str(definitions.faces.get(result, (result, None))[0])
    headlines = {str(name): indicator for name, indicator in definitions.headlines.items()}
    indicator = result if result in definitions.indicators else headlines.get(sector)
    return str(definitions.indicators[indicator].people) if indicator and result != COMPOSITE_ID else "persons"


def displaced_layer(view: View, hosted: pd.Series, most: float) -> LayerContent:
    """Circles of people hosted by commune; ``most``: the number that the largest circle stands for."""
    t, month = view.t, view.chosen.month
    label = t("layer.displaced_label")
    places = _circles(view, hosted, "displaced", most, lambda number: f"{label}{t('sign.colon')}{number}")
    notes = [t("layer.displaced_note")]
    if hosted.isna().any():
        notes.append(t("layer.unknown", count=int(hosted.isna().sum())))
    kind = view.figures.provenance(_DISPLACED, month)
    source = cite_variables(view, ["displaced_persons", _DISPLACED])
    return LayerContent(places, [("displaced", _scale(view, label, hosted))], source, t.month(month), kind, notes)


def _sites(view: View) -> LayerContent:
    t, rows = view.t, sites.read_sites(view)
    places = sites.place_sites(view, rows)
    if not sites.may_see(view.figures.viewer):
        return LayerContent((), [("site", t("layer.sites_legend"))], "", "", notes=[t("layer.sites_kept")])
    notes = [t("layer.no_site")] if rows.empty else []
    if len(rows) > len(places):
        notes.append(t("layer.sites_unplaced", count=len(rows) - len(places)))
    source = t("sign.between").join(sorted({s for s in rows["source"] if s}))
    when = t.month(pd.Timestamp(rows["reference_date"].max())) if len(rows) else ""
    legend = [("site", t("layer.counted", label=t("layer.sites_legend"), count=len(rows)))]
    return LayerContent(places, legend, source, when, least_firm(rows["provenance"]), notes)


def _intensity(view: View) -> LayerContent:
    t, shaking = view.t, value_by_commune(view, "intensity")
    middle = centroids(view.figures.province.layer)
    steps = np.searchsorted(SHAKING_FROM, shaking.to_numpy(), side="right")
    places = [
        Dot(middle[code][1], middle[code][0], f"shaking_{step}", 7.0,
            f"{view.name(code)}{t('sign.colon')}{t('layer.intensity_said', value=t.number(value, 1))}")
        for code, value, step in zip(shaking.index, shaking, steps, strict=True)
        if pd.notna(value) and code in middle
    ]  # fmt: skip
    first, *others = (t.number(limit, 0) for limit in SHAKING_FROM)
    legend = [("shaking_0", t("layer.intensity_under", limit=first))]
    legend += [(f"shaking_{n}", t("layer.intensity_from", limit=v)) for n, v in enumerate((first, *others), 1)]
    notes = [t("layer.intensity_note")]
    if shaking.isna().any():
        notes.append(t("layer.intensity_unknown", count=int(shaking.isna().sum())))
    when = t.date(view.figures.definition_set.territory.event.day)
    return LayerContent(places, legend, cite_variables(view, [_INTENSITY]), when, "derived", notes)


def _facilities(view: View) -> LayerContent:
    t, sheet = view.t, FACILITIES.layout()
    rows = view.figures.facilities()
    rows = rows[rows["commune_code"].isin(view.codes) & (rows["reference_date"] <= view.chosen.month)]
    newest = rows.sort_values("reference_date").drop_duplicates("facility_id", keep="last")
    placed = newest[newest["latitude"].notna() & newest["longitude"].notna()]
    kinds, states, reasons = (sheet[name].words for name in ("kind", "functional_status", "status_reason"))
    places = []
    for row in placed.to_dict("records"):
        said = [f"{row['name']} ({view.name(row['commune_code'])})", t.label(kinds[row["kind"]]["labels"])]
        said.append(t.label(states[row["functional_status"]]["labels"]))
        if row["functional_status"] in ("not", "partially"):
            reason = row["status_reason"] if row["status_reason"] in reasons else ""
            said.append(t.label(reasons[reason]["labels"]) if reason else t("layer.reason_unknown"))
        said.append(t.month(pd.Timestamp(row["reference_date"])))
        places.append(Dot(row["longitude"], row["latitude"], row["functional_status"], 6.0, t("sign.between").join(said)))
    counts = newest["functional_status"].value_counts()
    legend = [(s, t("layer.counted", label=t.label(states[s]["labels"]), count=int(counts.get(s, 0)))) for s in STATES]
    notes = [t("layer.unplaced", count=len(newest) - len(placed))] if len(newest) > len(placed) else []
    if newest.empty:
        notes = [t("layer.no_facility")]
    source = t("sign.between").join(sorted({s for s in newest["source"] if s}))
    when = t.month(pd.Timestamp(newest["reference_date"].max())) if len(newest) else ""
    return LayerContent(places, legend, source, when, least_firm(newest["provenance"]), notes)


def _douars(view: View) -> LayerContent:
    table = douars.list_douars(view, view.codes)
    legend = [(row["kind"], f"{row['label']} ({row['count']})") for row in douars.legend_of_dots(view, table, DOUAR_FIGURE)]
    when = view.t.month(view.figures.census_month)
    notes = [view.t("douar.map_caption")]
    attribution = str(read_place_source(view.figures.province).get("attribution", ""))
    places = douars.place_dots(view, table, DOUAR_FIGURE, 1.3)
    return LayerContent(places, legend, douars.write_source(view), when, "measured", notes, attribution=attribution)


def _points(view: View) -> LayerContent:
    t, places = view.t, []
    for service in DISTANCES:
        label = t(f"column.{DISTANCES[service]}")
        found = service_points.dots_of(view, read_services(view.figures, service), view.codes)
        places += [replace(dot, radius=dot.radius + 1, title=f"{label}{t('sign.between')}{dot.title}") for dot in found]
    legend = [("derived", t("points.status_derived")), ("true", t("points.status_true"))]
    notes = [t("layer.points_note")]
    return LayerContent(places, legend, douars.write_source(view), t.month(view.figures.census_month), "derived", notes)


def flows_layer(view: View, found: flows.FlowsOfMonth, widest: float | None = None) -> LayerContent:
    """Ways from origin to host; ``widest``: people on the widest way, the most of its own where none is given."""
    ways, notes = flows.draw_ways(view, found, widest), flows.say_left_out(view, found)
    legend = [("flow", view.t("layer.flows_legend"))]
    return LayerContent((), legend, found.source, view.t.month(view.chosen.month), found.provenance, notes, ways=ways)


def _of_values(read: Callable[[View, pd.Series, float], LayerContent], layer: str) -> Callable[[View], LayerContent]:
    """A layer of circles by itself: its largest is that of its own largest number."""

    def alone(view: View) -> LayerContent:
        values = value_by_commune(view, layer)
        return read(view, values, float(values.max()))

    return alone


LAYERS: dict[str, Callable[[View], LayerContent]] = {
    "people": _of_values(people_layer, "people"),
    "facilities": _facilities,
    "displaced": _of_values(displaced_layer, "displaced"),
    "sites": _sites,
    "douars": _douars,
    "intensity": _intensity,
    "flows": lambda view: flows_layer(view, flows.read_flows(view)),
    "points": _points,
}


def _circles(view: View, values: pd.Series, kind: str, most: float, say: Callable[[str], str]) -> list[Dot]:
    """A circle on each commune with people, the largest first so that none hides another; area as the number."""
    middle = centroids(view.figures.province.layer)
    shown = values[values > 0].sort_values(ascending=False)
    return [
        Dot(middle[code][1], middle[code][0], kind, round(max(_SMALLEST, _LARGEST * float(np.sqrt(value / most))), 1),
            f"{view.name(code)}{view.t('sign.between')}{say(view.t.number(value, 0))}")
        for code, value in shown.items()
        if code in middle
    ]  # fmt: skip


def _scale(view: View, label: str, values: pd.Series) -> str:
    """What a circle is worth: the sum shown and the largest one."""
    t = view.t
    if not (values > 0).any():
        return t("layer.no_circle", label=label)
    where = view.name(str(values.idxmax()))
    return t("layer.circle", label=label, total=t.number(values.sum(), 0), most=t.number(values.max(), 0), where=where)
