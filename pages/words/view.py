"""What a reader sees something of: the figures, the selection, the language; and the words that every screen and paper uses."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar

import pandas as pd

from analytics.assumptions import Recency
from analytics.baseline_rules import BASELINE_IDS
from analytics.model import Indicator, ResultStatus
from analytics.pressure import class_of_one
from analytics.ranking import rank_communes
from analytics.terms import read_terms
from data.i18n import NO_VALUE, Translator, isolate
from data.loaders.digest import short
from data.loaders.variables import Variable
from pages.address.selection import ALL, Selection, communes_in, name_file
from pages.figures.ages import read_age
from pages.figures.figures import Figures
from pages.words.class_words import name_class, name_inside, sign_of, write_score
from pages.words.known import WHOLE, count_everybody, share_known

Written = TypeVar("Written")


@dataclass(frozen=True, slots=True)
class Badge:
    """A class as a sign: its number, the two ends of a range, or None where there is neither; colour, name, and its kind, which gives
    its form."""

    severity: int | str | None
    color: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class View:
    """The figures, the reader's selection and the translator: all that sentences, papers and routes are made from."""

    figures: Figures
    chosen: Selection
    t: Translator

    def in_language(self, language: str) -> Self:
        """The same view in another language."""
        return replace(self, t=self.t.into(language))

    def keep(self, name: str, build: Callable[[], Written], *further: Hashable) -> Written:
        """What is written of these figures for a selection in a language, written once for all readers who look at the same; those
        of another snapshot, or of a viewer who sees other communes, keep their own.

        Args:
            name: of what is written.
            build: writes it, from this view and ``further`` alone; whoever reads it must not change it.
            further: whatever else it depends on: what a reader chose on the screen, a moment.
        """
        key = (name, self.t, tuple(self.chosen.address().items()), *further)
        found: Written = self.figures.records.written.get(key, build)
        return found

    @property
    def codes(self) -> list[str]:
        """Communes of the chosen territory."""
        return communes_in(self.figures, self.chosen.territory)

    def name_file(self, *parts: str, form: str) -> str:
        """Name of a file that these figures leave in (``pages.address.selection.name_file``)."""
        return name_file(self.figures.assumptions, *parts, form=form)

    def month_results(self) -> pd.DataFrame:
        """The chosen result in the chosen month, for the communes of the chosen territory."""
        return self.results_of(self.chosen.indicator)

    def results_of(self, result_id: str) -> pd.DataFrame:
        """Any result, likewise."""
        results = self.figures.of_month(result_id, self.chosen.month)
        return results if self.chosen.territory == ALL else results.loc[self.codes]

    def in_order_of_rank(self, results: pd.DataFrame) -> pd.DataFrame:
        """The month's results (``month_results``) in order of rank, with possible ranks (``analytics.ranking.rank_communes``): one
        order for every list and picture of the first communes."""
        return rank_communes(results, self.figures.ranking(self.chosen.indicator, self.chosen.month))

    @property
    def method(self) -> str:
        """Version of the method and digest of the definitions that the figures were computed with: in the foot of every paper."""
        return write_method(self.figures, self.t)

    def count(self, variable: str, commune_code: str) -> str:
        """A count of the chosen month: rounded as it is published; under what it lies where it is small; withheld where another
        count depends on it."""
        value = self.figures.column(variable, self.chosen.month)[commune_code]
        if not self.figures.withheld(variable, self.chosen.month)[commune_code]:
            return self.t.number(value)
        if pd.isna(value):
            return self.t("observation.suppressed")
        return self.t("disclosure.under", threshold=self.figures.definition_set.disclosure[variable].threshold)

    def name(self, commune_code: str) -> str:
        """Name of a commune in the reader's script."""
        return self.figures.names["name_ar" if self.t.language == "ar" else "name_fr"][commune_code]

    def result_label(self, result_id: str) -> str:
        """Label of an indicator, sector or of the composite."""
        return self.t.label(self.figures.definitions.labels(result_id))

    def group_label(self, commune_code: str) -> str:
        """The group that a commune compares with: its cercle, or the urban communes."""
        cercle = self.figures.cercle_of[commune_code]
        if not cercle:
            return self.t("territory.urban")
        return self.t("territory.cercle", name=self.figures.cercles[cercle]["ar" if self.t.language == "ar" else "fr"])

    def describe(self, row: Any) -> str:
        """One line for a commune on a map: name, class or status, pressure or score."""
        parts = {"name": self.name(row.commune_code), "label": self.describe_class(row), "figure": self.describe_figure(row)}
        line = self.t("map.describe" if parts["figure"] else "map.describe_none", **parts)
        return self.t("sign.between").join(part for part in (line, self.describe_age(row)) if part)

    def describe_age(self, row: Any) -> str:
        """Of which month the oldest figure behind a result is, where it is older than the month shown; empty otherwise."""
        age = read_age(self.figures, row.indicator_id, self.chosen.month, row.commune_code)
        if pd.isna(age) or age < 1 or pd.isna(row.score):
            return ""
        return self.t("latest.of_month", month=self.t.month(self.chosen.month - pd.DateOffset(months=int(age))))

    def describe_class(self, row: Any) -> str:
        """Class with its name; the range that is left of it, or why there is none."""
        if pd.isna(row.severity_class):
            return self.describe_absence(row)
        label = name_inside(self.figures.definitions, row.indicator_id, int(row.severity_class), self.t)
        return self.t("map.describe_class", severity=int(row.severity_class), label=label)

    def badge(self, row: Any) -> Badge:
        """The class of a result, or between which two it lies, as a sign with its name; in words alone where neither is known."""
        definitions = self.figures.definitions
        sign, color = sign_of(row, definitions.legend)
        if sign is None:
            return Badge(None, "", self.describe_absence(row), "")
        is_range = isinstance(sign, str)
        label = self.describe_absence(row) if is_range else name_class(definitions, row.indicator_id, int(sign), self.t)
        return Badge(sign, color, label, definitions.class_kind(row.indicator_id).value)

    def describe_absence(self, row: Any) -> str:
        """Why a result has no class: between which two it lies, or its status."""
        if row.status != ResultStatus.PARTIAL:
            return self.t(f"status.{row.status}")
        return self.t("class.range_said", low=int(row.severity_class_low), high=int(row.severity_class_high))

    def describe_figure(self, row: Any) -> str:
        """The figure that gives the class of an indicator; the score of a service or of the index, and what gives its class where that
        score does not; what is known of a class that is not settled."""
        parts = (self.describe_score(row), self.describe_given(row))
        return self.t("sign.between").join(part for part in parts if part)

    def describe_score(self, row: Any) -> str:
        """The figure that gives the class of an indicator, the score of a service or of the index; empty where it is not known."""
        if pd.isna(row.score):
            return ""
        if row.indicator_id in self.figures.definitions.indicators:
            return self.figure_against_norm(row.indicator_id, row)
        return self.t("commune.sector_score", score=write_score(row.score, self.figures.definitions.legend, self.t))

    def describe_given(self, row: Any, is_short: bool = False) -> str:
        """What gives a service or the index its class where the score beside it does not: what lifts it, or the score of its load;
        empty where the score gives it, and for an indicator. ``is_short`` where there is room for a word only."""
        if row.lifted_by and is_short:
            return self.t("given.lifted_short")
        if row.lifted_by:
            return self.t("face.lifted_by", indicator=self.result_label(row.lifted_by))
        if (
            pd.isna(row.severity_class)
            or pd.isna(row.score_of_load)
            or class_of_one(row.score, self.figures.definitions.legend) == row.severity_class
        ):
            return ""
        text = "given.load_short" if is_short else "given.load"
        return self.t(text, score=write_score(row.score_of_load, self.figures.definitions.legend, self.t))

    @property
    def when(self) -> str:
        """What the chosen result describes: the chosen month, or the census and the earthquake for the starting point."""
        t, figures = self.t, self.figures
        if self.chosen.indicator not in BASELINE_IDS:
            is_latest = figures.assumptions.known is Recency.LATEST and self.chosen.month == figures.months[-1]
            month = t.month(self.chosen.month)
            return t("latest.lead", month=month) if is_latest and len(figures.months) > 1 else month
        event = figures.definition_set.territory.event.day
        return t("baseline.when", census=t.month(figures.census_month), event=t.date(event))

    @property
    def variables(self) -> dict[str, Variable]:
        """The variable catalogue."""
        return self.figures.definition_set.variables

    def share_known(self, indicator: Indicator, result: Any) -> float:
        """Part (0–1) of a commune's people whom an access is known of in the chosen month; 1 for whatever else."""
        return share_known(self.figures, self.chosen.month, indicator, result)

    def known_of(self, indicator: Indicator, result: Any, figure: str) -> str:
        """A figure, or its unit, with of how many people of how many it is known; alone where that is everybody."""
        if self.share_known(indicator, result) >= WHOLE:
            return figure
        everybody = count_everybody(self.figures, self.chosen.month, result.commune_code)
        known, people = (self.t.number(round(count)) for count in (result.denominator, everybody))
        return self.t("face.known_of", figure=figure, known=known, people=people)

    def figure_of_known(self, indicator: Indicator, result: Any) -> str:
        """The figure as it was counted, with its unit, and of how many people where not of everybody."""
        return self.known_of(indicator, result, self.t.quantity(result.value, indicator.unit, indicator.decimals))

    def figure_against_norm(self, indicator_id: str, result: Any) -> str:
        """What gives a result its class, as people say it (``bare_against_norm``); of which part of the people it is known, where not
        of all: those whom the census withholds may be unlike."""
        said, indicator = self.bare_against_norm(indicator_id, result), self.figures.definitions.indicators[indicator_id]
        known = self.share_known(indicator, result)
        return said if known >= WHOLE else self.t("face.known_short", figure=said, share=self.t.percent(known))

    def bare_against_norm(self, indicator_id: str, result: Any) -> str:
        """Times the norm, of the school cycle under most pressure where that gives the class, or the value itself where the class
        follows from the value."""
        indicator = self.figures.definitions.indicators[indicator_id]
        if indicator.goalposts and pd.notna(result.value):
            return self.t.quantity(result.value, indicator.unit, indicator.decimals)
        term = getattr(result, "worst_term", "")
        if not term or result.status != ResultStatus.ASSESSED:
            return self.times_the_norm(result)
        name, pressure = self.t(f"term.{term}"), read_terms(result.pressure_by_term).get(term)
        if pressure is None:
            return self.t("pressure.no_service_of_term", term=name)
        return self.t("pressure.of_term", term=name, times=self.t.number(pressure, 1))

    def figure_with_whole(self, indicator_id: str, result: Any) -> str:
        """The same where a figure of all school cycles stands beside it: theirs together first, then the cycle under most pressure,
        or the two would tell a change or a share that there is none of."""
        said = self.figure_against_norm(indicator_id, result)
        is_of_term = bool(getattr(result, "worst_term", "")) and result.status == ResultStatus.ASSESSED
        if not is_of_term or self.figures.definitions.indicators[indicator_id].goalposts:
            return said
        whole = self.times_the_norm(result)
        return said if said.startswith(whole) else self.t("sign.between").join((whole, said))

    def times_the_norm(self, result: Any) -> str:
        """A pressure as people say it: "1,3 × la norme"; "service absent" where there is none; a dash when unknown."""
        if result.status == ResultStatus.NO_SERVICE:
            return self.t("pressure.no_service")
        if pd.isna(result.pressure):
            return NO_VALUE
        return self.t("pressure.times", times=self.t.number(float(result.pressure), 1))


def write_method(figures: Figures, t: Translator) -> str:
    """Version of the method and digest of the definitions, as ``2026.11.1/3f2a9c1e``."""
    written = f"{figures.definitions.method_version}/{short(figures.definition_set.digest)}"
    return isolate(written) if t.direction == "rtl" else written
