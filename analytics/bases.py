"""The same services counted in other ways: by presence and by usual residence, displaced persons inside the census or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analytics.assessment import Assessment, assess_indicators, prepare_panel
from analytics.assumptions import DEFAULTS, Assumptions, CensusCounting, PopulationBasis
from analytics.model import Definitions, Indicator
from analytics.panel import Panel

SERVED = "population_served"


def compare_bases(panel: Panel, definitions: Definitions, assumptions: Assumptions = DEFAULTS) -> pd.DataFrame:
    """Pressure of each indicator that rests on the people served, counted each way, for a panel of one month.

    Returns:
        Indexed by indicator and commune: ``presence``, ``residence`` under the reader's counting; ``counted`` and
        ``not_counted``, the bounds of the double-counting switch on the reader's basis.
    """
    served = {i.id: i for i in definitions.indicators.values() if rests_on_people_served(i)}
    ways: Mapping[str, Assumptions] = {
        "presence": replace(assumptions, basis=PopulationBasis.PRESENCE),
        "residence": replace(assumptions, basis=PopulationBasis.RESIDENCE),
        "counted": replace(assumptions, counting=CensusCounting.COUNTED),
        "not_counted": replace(assumptions, counting=CensusCounting.NOT_COUNTED),
    }
    narrowed = replace(definitions, indicators=served)
    return pd.DataFrame({name: _pressures(panel, narrowed, way) for name, way in ways.items()})


def rests_on_people_served(indicator: Indicator) -> bool:
    """Whether an indicator has a pressure whose demand is everyone whom the commune serves."""
    return indicator.has_pressure and any(term.demand == SERVED for term in indicator.terms)


def _pressures(panel: Panel, definitions: Definitions, assumptions: Assumptions) -> pd.Series:
    prepared = prepare_panel(panel, definitions, assumptions)
    results = assess_indicators(prepared, definitions.indicators.values(), definitions, assumptions)
    return Assessment(prepared, results).frame().set_index(["indicator_id", "commune_code"])["pressure"]
