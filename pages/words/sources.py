"""Where figures come from: the sources of a commune on paper, and under each picture and card those of its own figures, dated."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import pandas as pd

from analytics.baseline_rules import BASELINE_ID, BASELINE_IDS, baseline_face_id
from analytics.demand import observed_variables
from analytics.model import Definitions, Provenance, Sector
from analytics.provenance import least_firm
from analytics.resources import Means
from analytics.situation import Situation
from pages.figures.origins import Origin
from pages.words.view import View


def variables_of(definitions: Definitions, result_ids: Iterable[str]) -> frozenset[str]:
    """The observed variables behind results: of an indicator its own, of a service, a face or the index those of all that counts."""
    found: set[str] = set()
    for result_id in result_ids:
        if result_id in definitions.indicators:
            found.update(observed_variables(definitions.indicators[result_id].variables))
            continue
        if result_id in BASELINE_IDS:
            parts_of = definitions.baseline.parts if definitions.baseline else ()
            found.update(v for p in parts_of if result_id in (BASELINE_ID, baseline_face_id(p.face)) for v in p.variables)
            continue
        sector, face = definitions.faces.get(result_id, (result_id, None))
        sectors = [Sector(sector)] if sector in set(Sector) else definitions.services
        parts = [i.id for s in sectors for i in definitions.counting(s, face)]
        found |= variables_of(definitions, parts)
    return frozenset(found)


def cite(
    view: View, result_ids: Iterable[str], codes: Collection[str] | None = None, month: pd.Timestamp | None = None
) -> str:
    """The sources of some results, each with the month of its latest figure; of the communes of the territory unless ``codes`` names
    others, in the chosen month unless ``month`` is another. Empty where nothing is known."""
    return cite_variables(view, variables_of(view.figures.definitions, result_ids), codes, month)


def cite_variables(
    view: View, variables: Collection[str], codes: Collection[str] | None = None, month: pd.Timestamp | None = None
) -> str:
    """The same of some variables."""
    asked, named = None if codes is None else frozenset(codes), tuple(variables)

    def write() -> str:
        told = frozenset(view.codes) if asked is None else asked
        places = None if told >= set(view.figures.territory) else told
        found = view.figures.origins.sources_of(month or view.chosen.month, places)
        return _write(view, _latest_of(view, (origin for name in named for origin in found.get(name, ()))))

    return view.keep("cited", write, named, asked, month)


def cite_needs(view: View, means: Means, need_ids: Iterable[str], situation: Situation) -> str:
    """Sources of what some needs are counted from, in the observed month that a situation rests on."""
    indicators = [means.needs[need].indicator for need in need_ids]
    month = view.chosen.month if situation.scenario is not None else situation.month
    return cite(view, indicators, month=month)


def kind_of(
    view: View, result_ids: Iterable[str], codes: Collection[str] | None = None, month: pd.Timestamp | None = None
) -> str:
    """The least firm kind of figure among some results of some communes; empty where there is none."""
    shown = list(view.codes if codes is None else codes)
    rows = [view.figures.of_month(i, month or view.chosen.month).loc[shown, "provenance"] for i in result_ids]
    return least_firm(pd.concat(rows)) if rows else ""


def date_result(view: View, result_id: str) -> str:
    """When a result speaks of: the chosen month, the census where nothing monthly is behind it, the census and the earthquake for the
    starting point."""
    return view.keep("dated", lambda: _date_result(view, result_id), result_id)


def _date_result(view: View, result_id: str) -> str:
    if result_id in BASELINE_IDS:
        return replace(view, chosen=replace(view.chosen, indicator=result_id)).when
    variables, month = variables_of(view.figures.definitions, [result_id]), view.chosen.month
    if any(v not in view.variables or view.variables[v].monthly for v in variables):
        return view.t.month(month)
    found = view.figures.origins.sources_of(month)
    return view.t.month(max((o.reference_date for name in variables for o in found.get(name, ())), default=month))


def list_sources(view: View, commune: str) -> str:
    """The sources named by the observations of a commune in the chosen month and the census, each once."""
    return view.t("sign.between").join(_latest(view, commune))


def date_sources(view: View, commune: str) -> str:
    """The same sources, each with the month of its latest figure."""
    return _write(view, _latest(view, commune))


def _write(view: View, latest: dict[str, pd.Timestamp]) -> str:
    t = view.t
    return t("sign.between").join(t("sheet.source_dated", source=name, month=t.month(day)) for name, day in latest.items())


def _latest(view: View, commune: str) -> dict[str, pd.Timestamp]:
    found = view.figures.origins.sources_of(view.chosen.month, frozenset([commune]))
    return _latest_of(view, (origin for several in found.values() for origin in several))


def _latest_of(view: View, origins: Iterable[Origin]) -> dict[str, pd.Timestamp]:
    """The latest month of each source, the most recent first."""
    latest: dict[str, pd.Timestamp] = {}
    for row in dict.fromkeys(origins):
        simulated = row.provenance == Provenance.DEMONSTRATION.value
        name = (
            view.t("data.demonstration")
            if simulated
            else row.source or row.file_name or view.t(f"provenance.{row.provenance}")
        )
        latest[name] = max(row.reference_date, latest.get(name, row.reference_date))
    return dict(sorted(latest.items(), key=lambda found: (-found[1].toordinal(), found[0])))
