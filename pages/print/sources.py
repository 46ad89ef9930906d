"""Where the figures of a commune come from, in a line for paper."""

from __future__ import annotations

import pandas as pd

from analytics.model import Provenance
from pages.ui.screen import Screen


def list_sources(screen: Screen, commune: str) -> str:
    """The sources named by the observations of a commune in the chosen month and the census, each once."""
    return " ; ".join(_latest(screen, commune))


def date_sources(screen: Screen, commune: str) -> str:
    """The same sources, each with the month of its latest figure."""
    t, latest = screen.t, _latest(screen, commune)
    return t("sign.between").join(t("sheet.source_dated", source=name, month=t.month(day)) for name, day in latest.items())


def _latest(screen: Screen, commune: str) -> dict[str, pd.Timestamp]:
    """The latest month of each source, in order of first appearance."""
    latest: dict[str, pd.Timestamp] = {}
    sources = screen.figures.sources(screen.chosen.month)
    for row in sources[sources.index == commune].itertuples():
        simulated = row.provenance == Provenance.DEMONSTRATION.value
        name = screen.t("data.demonstration") if simulated else row.source or row.file_name
        latest[name] = max(row.reference_date, latest.get(name, row.reference_date))
    return latest
