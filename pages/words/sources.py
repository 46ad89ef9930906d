"""Where the figures of a commune come from, in a line for paper."""

from __future__ import annotations

import pandas as pd

from analytics.model import Provenance
from pages.words.view import View


def list_sources(view: View, commune: str) -> str:
    """The sources named by the observations of a commune in the chosen month and the census, each once."""
    return " ; ".join(_latest(view, commune))


def date_sources(view: View, commune: str) -> str:
    """The same sources, each with the month of its latest figure."""
    t, latest = view.t, _latest(view, commune)
    return t("sign.between").join(t("sheet.source_dated", source=name, month=t.month(day)) for name, day in latest.items())


def _latest(view: View, commune: str) -> dict[str, pd.Timestamp]:
    """The latest month of each source, in order of first appearance."""
    latest: dict[str, pd.Timestamp] = {}
    sources = view.figures.sources(view.chosen.month)
    for row in sources[sources.index == commune].itertuples():
        simulated = row.provenance == Provenance.DEMONSTRATION.value
        name = (
            view.t("data.demonstration")
            if simulated
            else row.source or row.file_name or view.t(f"provenance.{row.provenance}")
        )
        latest[name] = max(row.reference_date, latest.get(name, row.reference_date))
    return latest
