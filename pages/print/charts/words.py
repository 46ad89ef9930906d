"""What is said around a chart that leaves the screen: what is shown, whom it comes from, which kind of figures it rests on."""

from __future__ import annotations

from analytics.model import Provenance
from pages.print.charts.canvas import SourceLine
from pages.words.data_version import name_version
from pages.words.sources import date_result
from pages.words.view import View


def write_subtitle(view: View) -> str:
    """The chosen result and the month that it speaks of."""
    return f"{view.result_label(view.chosen.indicator)} · {date_result(view, view.chosen.indicator)}"


def write_source(view: View, sources: str, provenance: str, *more: str) -> SourceLine:
    """Sources with their dates, snapshot, the kind of figures in the picture, then whatever else must be said; demonstration figures
    are warned of where they are looked at.

    Args:
        sources: of the figures of the picture and no others (``pages.words.sources.cite``).
    """
    t = view.t
    kind = t("chart.provenance", kind=t(f"provenance.{provenance}")) if provenance else ""
    said = t("chart.source", sources=sources or t("chart.source_none"), snapshot=name_version(t, view.figures.snapshot_id))
    warning = t("deck.demonstration") if provenance == Provenance.DEMONSTRATION.value else ""
    return SourceLine(" ".join(part for part in (said, kind, *more) if part), warning)
