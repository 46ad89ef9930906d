"""What is said around a chart that leaves the screen: what is shown, whom it comes from, which kind of figures it rests on."""

from __future__ import annotations

import pandas as pd

from analytics.model import Provenance
from data.ingest import IMPORT, REFERENCE
from data.reference_files import read_source
from pages.print.charts.canvas import SourceLine
from pages.words.view import View

FILES_NAMED = 3


def write_subtitle(view: View) -> str:
    """The chosen result and month."""
    return f"{view.result_label(view.chosen.indicator)} · {view.when}"


def write_source(view: View, sources: str, provenance: str, *more: str, month: pd.Timestamp | None = None) -> SourceLine:
    """Source, month of the figures, snapshot, the kind of figures in the picture, then whatever else must be said; demonstration
    figures are warned of where they are looked at."""
    t = view.t
    kind = t("chart.provenance", kind=t(f"provenance.{provenance}")) if provenance else ""
    said = t(
        "chart.source",
        sources=sources,
        month=t.month(month or view.chosen.month),
        snapshot=view.figures.snapshot_id[:15],
    )
    warning = t("deck.demonstration") if provenance == Provenance.DEMONSTRATION.value else ""
    return SourceLine(" ".join(part for part in (said, kind, *more) if part), warning)


def write_province_source(view: View, provenance: str, *more: str, month: pd.Timestamp | None = None) -> SourceLine:
    """The same for figures of all communes."""
    return write_source(view, _province_sources(view), provenance, *more, month=month)


def _province_sources(view: View) -> str:
    """Whom the figures of all communes come from: producers of the reference tables, demonstration, the newest files sent."""
    uploads = view.figures.uploads()
    reference = [
        read_source(view.figures.province, n.removesuffix(".csv"))["attribution"]
        for n in uploads[uploads["kind"] == REFERENCE]["file_name"]
    ]
    sent = list(uploads[uploads["kind"] == IMPORT]["file_name"].head(FILES_NAMED))
    simulated = [view.t("data.demonstration")] if view.figures.has_demonstration else []
    return " ; ".join(dict.fromkeys([*sorted(reference), *simulated, *sent]))
