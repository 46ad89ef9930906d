"""Rows of the Methods screen: classes, indicators, norms and reference tables in the reader's words."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analytics.faces import ClassKind
from analytics.legend import Goalposts
from analytics.model import Definitions, Indicator, Sector
from analytics.norms import Norm, NormValue
from data.douar_table import PLACES, read_place_source
from data.i18n import NO_VALUE, Translator
from data.province import Province
from data.reference_files import list_reference_names, read_province_observations, read_source
from data.source_words import write_source
from data.texts.reviews import count_reviewed
from pages.figures.whole_province import read_province
from pages.words import class_words
from pages.words.view import View

# An arrow between two numbers keeps its direction inside Arabic text.
# Topics whose paragraphs are filled with the values of the definitions.
RULE_TOPICS = ("counting", "reliability", "uncertainty", "disclosure", "access")
LEFT_TO_RIGHT, END_OF_DIRECTION = "\u2066", "\u2069"


def list_scale(definitions: Definitions, t: Translator) -> list[dict[str, object]]:
    """The one scale: each class with its range of pressure, and by kind of class what it is called and how it reads."""
    by_kind = [class_words.list_kind(definitions, kind, t) for kind in ClassKind]
    return [
        {"id": entry.id, "color": entry.color, "range": _range(entry.lower, entry.upper, t), "lines": lines}
        for entry, *lines in zip(definitions.legend.classes, *by_kind, strict=True)
    ]


def list_alert_levels(view: View) -> list[dict[str, object]]:
    """The levels of alert with what reaches them, what to do and who: another scale than the classes."""
    t, rules = view.t, view.figures.definition_set.triggers
    return [
        {
            "rank": rank,
            "label": t.label(dict(level.labels)),
            "rule": t("contingency.above_for", times=t.number(level.above, 1), count=level.periods),
            "absent": t("contingency.or_absent", count=level.absent_periods) if level.absent_periods else "",
            "action": t.label(dict(level.actions)),
            "who": t.label(dict(level.responsible)),
        }
        for rank, level in enumerate(rules.levels, 1)
    ]


def list_alerting(view: View) -> list[dict[str, str]]:
    """The indicators that raise an alert, with the thresholds of each and what ends a level."""
    t, rules = view.t, view.figures.definition_set.triggers
    rows = []
    for rule in rules.indicators.values():
        indicator = view.figures.definitions.indicators[rule.id]
        own = [t.quantity(n, indicator.unit) for n in rule.thresholds or ()]
        rows.append(
            {
                "label": view.result_label(rule.id),
                "thresholds": t("sign.comma").join(own) or t("class.times_the_norm"),
                "ends": t("contingency.ends", share=t.percent(rule.falls_by), count=rule.falls_periods),
                "compared": t("class.only_compared" if rule.needs_year_before else "class.compared"),
            }
        )
    return rows


def write_review(view: View) -> dict[str, str]:
    """How many Arabic texts an administration has reviewed as they are now, to fill the paragraphs on the review."""
    count, t = count_reviewed("ar", view.figures.province), view.t
    return {name: t.number(getattr(count, name)) for name in ("reviewed", "total", "unreviewed")}


def list_index(view: View) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """By service its indicators: id, id with label, and what each says in one sentence."""
    t, definitions = view.t, view.figures.definitions
    return [
        (
            view.result_label(sector.value),
            [(i.id, f"{t.label(i.labels)} ({i.id})", t.label(i.descriptions)) for i in definitions.of_sector(sector)],
        )
        for sector in definitions.sectors
    ]


def describe_indicator(view: View, indicator_id: str) -> dict[str, object]:
    """One indicator with formula, norms in words, weight and sources."""
    return _describe(view.figures.definitions, view.figures.definitions.indicators[indicator_id], view.t)


def list_reporting(view: View, indicator_id: str) -> list[str]:
    """Each variable behind an indicator: its label, and whether communes report it each month or the census carries it."""
    t = view.t
    # What is computed on the way from others is reported by nobody.
    wanted = view.figures.definitions.indicators[indicator_id].variables
    reported = [variable for name, variable in view.variables.items() if name in wanted]
    return [
        f"{t.label(variable.labels)}{t('sign.colon')}{t('methods.by_communes' if variable.monthly else 'methods.by_census')}"
        for variable in reported
    ]


def list_norms_of(definitions: Definitions, indicator_id: str, t: Translator) -> list[dict[str, str]]:
    """Each dated value of the norms of one indicator."""
    wanted = {
        t.label(definitions.norms[norm].labels) for norm in _norms_of(definitions, definitions.indicators[indicator_id])
    }
    return [row for row in list_norms(definitions, t) if row["label"] in wanted]


def list_indicators(definitions: Definitions, sector: Sector, t: Translator) -> list[dict[str, object]]:
    """Each indicator of a sector with formula, norms in words, weight and sources."""
    return [_describe(definitions, indicator, t) for indicator in definitions.of_sector(sector)]


def list_extensions(definitions: Definitions, t: Translator) -> list[dict[str, object]]:
    """Each indicator that is defined and switched off, with its sector's name before its own."""
    rows = []
    for indicator in definitions.extensions.values():
        sector = t.label(definitions.sector_labels[indicator.sector])
        rows.append({**_describe(definitions, indicator, t), "label": f"{sector} · {t.label(indicator.labels)}"})
    return rows


def list_province(view: View) -> list[dict[str, object]]:
    """Each indicator of the province as a whole, with its figure of the chosen month beside its definition."""
    definitions, results = view.figures.definitions, read_province(view.figures, view.chosen.month)
    return [
        {
            **_describe(definitions, indicator, view.t),
            "figure": _province_figure(view, indicator, results.loc[indicator.id]),
            "provenance": results.loc[indicator.id, "provenance"],
        }
        for indicator in definitions.province_indicators.values()
        if indicator.id in results.index
    ]


def _province_figure(view: View, indicator: Indicator, result: pd.Series) -> str:
    t, norm = view.t, view.figures.definitions.norms[indicator.terms[0].norm]
    in_force = norm.in_force(view.chosen.month.date(), view.figures.assumptions.profile)
    totals = (
        read_province_observations(view.figures.province, view.figures.definitions)
        .sort_values("reference_date")
        .drop_duplicates("variable", keep="last")
    )
    sources = totals.loc[totals["variable"].isin(indicator.variables), "source"]
    return t(
        "methods.province_figure",
        value=t.quantity(result["value"], indicator.unit, indicator.decimals),
        norm=t.number(result["norm_value"], indicator.decimals),
        status=t(f"norm_status.{in_force.status}"),
        pressure=view.times_the_norm(result),
        severity=view.describe_class(result),
        source=t("sign.between").join(dict.fromkeys(sources)),
    )


def _describe(definitions: Definitions, indicator: Indicator, t: Translator) -> dict[str, object]:
    return {
        "id": indicator.id,
        "label": t.label(indicator.labels),
        "description": t.label(indicator.descriptions),
        "formula": t.label(indicator.formulas),
        "unit": t(f"unit.{indicator.unit}"),
        "weight": t("methods.weight", weight=t.percent(indicator.weight)) if indicator.weight else "",
        "goalposts": _own_goalposts(indicator, t),
        "assumption": indicator.assumptions.get(t.language, ""),
        "norms": [t.label(definitions.norms[norm].labels) for norm in _norms_of(definitions, indicator)],
        "sources": [write_source(source, t) for source in indicator.sources],
        "figure": "",
        "provenance": "",
    }


def list_norms(definitions: Definitions, t: Translator) -> list[dict[str, str]]:
    """Each dated value of each norm, with status and source."""
    return [
        {
            "label": t.label(norm.labels),
            "profile": t(f"norms.{value.profile}"),
            "value": t.quantity(value.value, norm.unit, _decimals(value.value)),
            "since": t.date(value.effective_from),
            "valid": t.date(value.last_value_still_valid_on) if value.last_value_still_valid_on else NO_VALUE,
            "status": _status(norm, value, t),
            "source": write_source(value.source, t),
            "url": _address(value),
        }
        for norm in definitions.norms.values()
        for value in norm.values
    ]


def _status(norm: Norm, value: NormValue, t: Translator) -> str:
    """How far a value is verified; of a mean, that it is none to be held against."""
    status = t(f"norm_status.{value.status}")
    return t("methods.norm_reference", status=status) if norm.reference else status


def list_reference_tables(province: Province, t: Translator) -> list[dict[str, str]]:
    """Each table of facts with producer, licence and what to know of it."""
    rows = []
    sources = {name: read_source(province, name) for name in list_reference_names(province)}
    places = read_place_source(province)
    for name, source in {**sources, **({PLACES: places} if places else {})}.items():
        rows.append(
            {
                "label": t.label(source["labels"]),
                "file": f"{name}.csv",
                "origin": t(
                    "methods.source_produced", producer=t.words(source["producer"]), licence=t.words(source["licence"])
                ),
                "date": t.words(source["reference_date"]),
                "notes": t.label(source["notes"]),
                "url": source["url"] if str(source["url"]).startswith("https://") else "",
            }
        )
    return rows


PRESET_MONTHS = (6, 12, 24)


def write_rules(definitions: Definitions, t: Translator) -> dict[str, str]:
    """The numbers that the texts on reliability and uncertainty are filled with."""
    lowest = dict(zip("abc", definitions.reliability.lowest, strict=True))
    rules = definitions.uncertainty
    return {
        **{grade: t.number(quality, 2) for grade, quality in lowest.items()},
        "draws": t.number(rules.draws),
        "seed": str(rules.seed),
        "sure": t.percent(rules.almost_sure),
        "excluded": t.percent(rules.almost_excluded),
        "least": t.percent(rules.lowest_coverage),
    }


def list_presets(view: View) -> list[dict[str, object]]:
    """Each decay preset with the share still displaced after some months, status and source."""
    t = view.t
    return [
        {
            "label": t.label(preset.labels),
            "shares": [t.percent(float(share)) for share in preset.share_left(np.array(PRESET_MONTHS, dtype=float))],
            "status": t(f"norm_status.{preset.status}"),
            "source": t("sign.between").join(write_source(source, t) for source in preset.sources),
        }
        for preset in view.figures.definition_set.presets.values()
    ]


def write_goalposts(goalposts: Goalposts, t: Translator) -> str:
    """The path from figure to score, as pairs."""
    pairs = (f"{t.number(figure, _decimals(figure))} → {t.number(score)}" for figure, score in goalposts.points)
    return t("sign.between").join(f"{LEFT_TO_RIGHT}{pair}{END_OF_DIRECTION}" for pair in pairs)


def _range(lower: float, upper: float, t: Translator) -> str:
    if math.isinf(upper):
        return t("methods.range_open", lower=t.number(lower, 1))
    return t("methods.range", lower=t.number(lower, 1), upper=t.number(upper, 1))


def _own_goalposts(indicator: Indicator, t: Translator) -> str:
    return t("methods.goalposts", points=write_goalposts(indicator.goalposts, t)) if indicator.goalposts else ""


def _norms_of(definitions: Definitions, indicator: Indicator) -> list[str]:
    """Norms that an indicator names, in its terms and among the parameters of its measure."""
    in_terms = [norm for term in indicator.terms for norm in (term.norm, *term.capacity_norms)]
    return list(dict.fromkeys([*in_terms, *(p for p in indicator.parameters.values() if p in definitions.norms)]))


def _decimals(value: float) -> int:
    """As many decimals as the value is written with, three at most."""
    return next((places for places in range(3) if round(value, places) == value), 3)


def _address(value: NormValue) -> str:
    return value.source.url if value.source.url.startswith("https://") else ""
