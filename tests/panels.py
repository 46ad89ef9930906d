"""A panel of one commune and one month, for answers worked by hand."""

from dataclasses import replace

import pandas as pd

from analytics.model import Definitions
from analytics.panel import Panel, build_panel


def one_commune(values: dict[str, float]) -> Panel:
    observed = pd.DataFrame(
        {
            "commune_code": "09.541.04.67", "reference_date": pd.Timestamp("2025-08-01"), "variable": list(values),
            "value": list(values.values()), "status": "reported", "provenance": "declared", "reliability": "B",
        }
    )  # fmt: skip
    return build_panel(observed, ("09.541.04.67",), (pd.Timestamp("2025-08-01"),), frozenset())


def published_of_all(definitions: Definitions) -> Definitions:
    """The same definitions where a census publishes everybody: what it withholds leaves no doubt of a share."""
    indicators = {
        key: replace(i, terms=tuple(replace(term, whole=None) for term in i.terms))
        for key, i in definitions.indicators.items()
    }
    return replace(definitions, indicators=indicators)
