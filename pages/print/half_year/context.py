"""What a half-year report rests on: the figures of two months, the registers on both days, own words by language and chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from analytics.whole_change import WholeChange, change_of_whole
from data.i18n import LANGUAGES, Translator
from data.records.report_texts import REPORT_TEXTS
from pages.figures.figures import Figures
from pages.words.labels import territory_label
from pages.words.two_dates import read_changes
from pages.words.view import View

HALF_YEAR_MONTHS = 6


@dataclass(frozen=True)
class Report:
    """A report from the end of ``first`` to the end of the chosen month of ``view``.

    ``earlier`` are the figures of the first month in another version of the data, ``recomputed`` the same under the definitions of
    today; both None where the first month is read in the version that is shown.
    """

    view: View
    first: pd.Timestamp
    today: date
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    earlier: Figures | None = None
    recomputed: Figures | None = None

    @property
    def t(self) -> Translator:
        """Words, numbers and dates of the report."""
        return self.view.t

    @property
    def last(self) -> pd.Timestamp:
        """The second month."""
        return self.view.chosen.month

    @property
    def before(self) -> date:
        """The last day of the first month: what had been reached when the half-year began."""
        return _end_of(self.first)

    @property
    def day(self) -> date:
        """The last day of the second month."""
        return _end_of(self.last)

    @property
    def begins(self) -> date:
        """The first day of the half-year."""
        return (pd.Timestamp(self.before) + pd.DateOffset(days=1)).date()

    @property
    def ahead(self) -> tuple[date, date]:
        """First and last day of the next half-year."""
        return (
            (pd.Timestamp(self.day) + pd.DateOffset(days=1)).date(),
            _end_of(self.last + pd.DateOffset(months=HALF_YEAR_MONTHS)),
        )

    @property
    def place(self) -> str:
        """Of what the report is: the chosen territory; the communes of a viewer who sees some only."""
        view = self.view
        if view.figures.viewer.sees_everything:
            return territory_label(view.figures, view.chosen.territory, view.t)
        return view.t("sign.comma").join(view.name(code) for code in view.codes)

    @property
    def period(self) -> str:
        """The key of the report's own words."""
        return period_of(self.first, self.last)

    def of_headline(self, indicator_id: str) -> View:
        """The view on one indicator, so that every sentence of changes reads it."""
        return replace(self.view, chosen=replace(self.view.chosen, indicator=indicator_id))

    def change(self, indicator_id: str) -> WholeChange:
        """The change of one indicator over the communes of the territory together."""
        codes, figures = self.view.codes, self.view.figures
        first = (self.earlier or figures).of_month(indicator_id, self.first).reindex(codes)
        middle = self.recomputed.of_month(indicator_id, self.first).reindex(codes) if self.recomputed else None
        second = figures.of_month(indicator_id, self.last).loc[codes]
        return change_of_whole(first, second, figures.definitions.indicators[indicator_id], middle)

    def changes(self, indicator_id: str) -> pd.DataFrame:
        """The same commune by commune."""
        view, earlier = self.of_headline(indicator_id), self.earlier or self.view.figures
        return read_changes(view, earlier, self.first, self.recomputed)

    def in_language(self, language: str) -> Report:
        """The same report in another language."""
        return replace(self, view=replace(self.view, t=self.view.t.into(language)))


def period_of(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Two months as the register of own words names them."""
    return f"{first:%Y-%m}/{last:%Y-%m}"


def own_texts(view: View, period: str) -> dict[tuple[str, str], str]:
    """Own words of a period by language and chapter."""
    rows = view.figures.records.register(REPORT_TEXTS)
    rows = rows[(rows["period"] == period) & (rows["words"] != "") & rows["language"].isin(list(LANGUAGES))]
    return {(row["language"], row["chapter"]): row["words"] for row in rows.to_dict("records")}


def first_month(figures: Figures, last: pd.Timestamp) -> pd.Timestamp:
    """Six months before a month; the earliest there is where figures begin later."""
    earlier = [m for m in figures.months if m <= last - pd.DateOffset(months=HALF_YEAR_MONTHS)]
    return max(earlier) if earlier else figures.months[0]


def _end_of(month: pd.Timestamp) -> date:
    return (month + pd.offsets.MonthEnd(0)).date()
