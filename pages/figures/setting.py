"""What scenarios act on besides the panel: places, groups, definitions, months since the event."""

from __future__ import annotations

import pandas as pd

from analytics.scenario import ScenarioSetting
from data.loaders.definition_set import DefinitionSet


def scenario_setting(communes: pd.DataFrame, last: pd.Timestamp, used: DefinitionSet) -> ScenarioSetting:
    """The setting of scenarios that start after a month."""
    event = used.shock_model.reference_month
    places = zip(communes["centroid_lat"], communes["centroid_lng"], strict=True)
    return ScenarioSetting(
        group_of=dict(communes["group_code"]),
        centroids=dict(zip(communes.index, places, strict=True)),
        definitions=used.definitions,
        presets=used.presets,
        shock_model=used.shock_model,
        months_since_event=(last.year - event.year) * 12 + last.month - event.month,
    )
