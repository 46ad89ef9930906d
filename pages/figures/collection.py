"""What is known of what communes sent: its quality, and who is late; of the reader's communes, through the reader's lens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analytics.lateness import days_after_month, judge_receipts
from analytics.model import PROVENANCE_ORDER, Provenance
from analytics.quality import Quality, measure_quality
from analytics.sudden_change import list_sudden_changes
from data import queries
from data.collection.rules import list_limits, list_relations, quality_rules, read_rules
from data.loaders.variables import Sheet
from pages.figures.figures import Figures


def asked_sheets(figures: Figures) -> list[Sheet]:
    """The services that communes report on each month."""
    return [s for s in figures.definition_set.sheets if any(v.monthly for v in s.variables)]


def read_quality(figures: Figures, month: pd.Timestamp, today: date) -> Quality:
    """Quality of a month (``analytics.quality``), measured at the first call of a day."""
    communes = figures.keep(f"quality {today}", month, lambda: _measure(figures, month, today).communes)
    flags = figures.keep(f"quality flags {today}", month, lambda: _measure(figures, month, today).flags)
    return Quality(communes, flags)


def read_receipts(figures: Figures) -> pd.DataFrame:
    """When the figures of the reader's communes came (``data.queries.read_receipts``)."""
    build = lambda: queries.read_receipts(figures.connection.cursor(), figures.territory)  # noqa: E731
    return figures.keep("receipts", figures.months[-1], build)


def read_states(figures: Figures, months: Sequence[pd.Timestamp], today: date) -> pd.DataFrame:
    """The state of every commune, service and month (``analytics.lateness.judge_receipts``), judged at the first call of a day."""
    build = lambda: judge_receipts(  # noqa: E731
        read_receipts(figures),
        _simulated(figures, months),
        list(figures.territory),
        [sheet.id for sheet in asked_sheets(figures)],
        months,
        today,
        read_rules().days_to_report,
    )
    return figures.cache.recent(("states", today, *months), build)


def read_sudden_changes(figures: Figures) -> pd.DataFrame:
    """The last figures that differ suddenly from those of the month before (``analytics.sudden_change``)."""
    limits = {v.id: v.jump_pct for v in figures.definition_set.variables.values() if v.monthly and v.jump_pct is not None}
    build = lambda: list_sudden_changes(figures.assessment.panel, limits)  # noqa: E731
    return figures.keep("sudden changes", figures.months[-1], build)


def _measure(figures: Figures, month: pd.Timestamp, today: date) -> Quality:
    definitions = figures.definition_set
    return measure_quality(
        figures.assessment.panel,
        month,
        [v.id for sheet in asked_sheets(figures) for v in sheet.variables if v.monthly],
        quality_rules(),
        list_relations(definitions),
        list_limits(definitions),
        _other_sources(figures, month),
        days_after_month(read_states(figures, [month], today)),
        read_rules().days_to_report,
    )


def read_files(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """The file behind each figure of a month (``data.queries.read_uploads_of_month``)."""
    return queries.read_uploads_of_month(figures.connection.cursor(), figures.territory, month.date())


def _other_sources(figures: Figures, month: pd.Timestamp) -> pd.DataFrame:
    """The same figures of another source; counts that are withheld where they are small stay out, as they do everywhere."""
    found = queries.read_other_sources(figures.connection.cursor(), figures.territory, month.date())
    return found[~found["variable"].isin(list(figures.definition_set.disclosure))]


def _simulated(figures: Figures, months: Sequence[pd.Timestamp]) -> set[tuple[str, str, pd.Timestamp]]:
    """Communes, services and months of which a demonstration figure is looked at."""
    panel, demonstration = figures.assessment.panel, PROVENANCE_ORDER.index(Provenance.DEMONSTRATION)
    shape, found = (len(panel.commune_codes), len(panel.months)), set()
    for sheet in asked_sheets(figures):
        seen = np.zeros(shape, dtype=bool)
        for variable in sheet.variables:
            column = panel[variable.id]
            seen |= ((column.provenance == demonstration) & (np.nan_to_num(column.age_months) == 0)).reshape(shape)
        places = [(i, at) for at, month in enumerate(panel.months) if month in months for i in np.flatnonzero(seen[:, at])]
        found |= {(panel.commune_codes[i], sheet.id, panel.months[at]) for i, at in places}
    return found
