"""A panel of one commune and one month, for answers worked by hand."""

import pandas as pd

from analytics.panel import Panel, build_panel


def one_commune(values: dict[str, float]) -> Panel:
    observed = pd.DataFrame(
        {
            "commune_code": "09.541.04.67", "reference_date": pd.Timestamp("2025-08-01"), "variable": list(values),
            "value": list(values.values()), "status": "reported", "provenance": "declared", "reliability": "B",
        }
    )  # fmt: skip
    return build_panel(observed, ("09.541.04.67",), (pd.Timestamp("2025-08-01"),), frozenset())
