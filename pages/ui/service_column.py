"""One service of a commune: pressure now, line over time, with and without displaced persons; and what is behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.demand import observed_variables
from analytics.model import Definitions, Indicator, Measure, Provenance, Sector
from analytics.summary import class_of
from data.i18n import NO_VALUE
from data.source_words import in_words
from pages.ui.certainty import write_counting, write_interval, write_share
from pages.ui.history_chart import build_history_chart
from pages.ui.html import fill, show
from pages.ui.picture_charts import history_chart
from pages.ui.pictures import show_figure
from pages.ui.screen import Screen


def render_service(screen: Screen, commune: str, sector: Sector, results: pd.DataFrame) -> None:
    """Class and score of the whole service, then the history of one of its indicators against the norm."""
    st.subheader(screen.result_label(sector.value))
    st.html(fill_service_class(screen, sector, results))
    indicator = _choose_indicator(screen, sector, results)
    st.html(fill_indicator(screen, commune, indicator, results))
    chart = build_history_chart(screen, commune, indicator)
    show_figure(
        screen,
        chart,
        history_chart(screen, commune, indicator.id),
        key=f"history-{sector}",
        alt=screen.t("commune.chart_alt", indicator=indicator.id),
    )


def fill_service_class(screen: Screen, sector: Sector, results: pd.DataFrame) -> Markup:
    """Class and score of a whole service as HTML: all its indicators together, so it stands apart from the figures of one."""
    result = results.loc[sector.value]
    severity = class_of(result)
    return fill("service_class", screen.t, severity=severity, legend=screen.figures.definitions.legend, result=result)


def fill_indicator(screen: Screen, commune: str, indicator: Indicator, results: pd.DataFrame) -> Markup:
    """One indicator of a service as HTML: its own class, then its figures."""
    result = results.loc[indicator.id]
    return fill(
        "indicator_figures",
        screen.t,
        severity=class_of(result),
        legend=screen.figures.definitions.legend,
        lines=figure_lines(screen, commune, indicator, result),
        provenance=result["provenance"],
    )


def render_behind(screen: Screen, commune: str, results: pd.DataFrame) -> None:
    """For each service, its indicators with norm, source and reliability; then the observations, down to file and cell."""
    for sector in screen.figures.definitions.sectors:
        with st.expander(screen.result_label(sector.value)):
            indicators = screen.figures.definitions.of_sector(sector)
            show("indicators", screen.t, rows=[indicator_row(screen, i, results.loc[i.id]) for i in indicators])
            trace = screen.figures.trace(commune, observed_variables(v for i in indicators for v in i.variables))
            show("trace", screen.t, rows=_trace_rows(screen, trace))


def render_missing(screen: Screen, results: pd.DataFrame) -> None:
    """What cannot be assessed and why, so that the commune knows what to send."""
    absent = results[results["status"].isin(["missing", "not_assessed", "insufficient"])]
    rows = [{"label": screen.result_label(i), "status": screen.t(f"status.{s}")} for i, s in absent["status"].items()]
    show("missing", screen.t, rows=rows)


def first_indicator(definitions: Definitions, sector: Sector, results: pd.DataFrame) -> Indicator:
    """The indicator that stands for a service: the headline, or the first that has a figure when the headline has none; the one
    that weighs most where the headline's own class does not explain the class of the service."""
    headline = definitions.headlines[sector]
    compared = [i.id for i in definitions.of_sector(sector) if i.has_pressure]
    known = [i for i in compared if results.loc[i, "status"] in ("assessed", "no_service")]
    standing = headline if headline in known or not known else known[0]
    worst = str(results.loc[sector.value, "worst_indicator"])
    service_class, own_class = results.loc[[sector.value, standing], "severity_class"]
    if worst in known and pd.notna(service_class) and pd.notna(own_class) and service_class > own_class:
        standing = worst
    return definitions.indicators[standing]


def _choose_indicator(screen: Screen, sector: Sector, results: pd.DataFrame) -> Indicator:
    """The indicator drawn: the one that stands for the service at first."""
    definitions = screen.figures.definitions
    options = [i.id for i in definitions.of_sector(sector) if i.has_pressure]
    chosen = st.selectbox(
        screen.t("commune.indicator"),
        options,
        index=options.index(first_indicator(definitions, sector, results).id),
        format_func=screen.result_label,
        key=f"indicator-{sector}",
        label_visibility="collapsed",
    )
    return definitions.indicators[str(chosen)]


def figure_lines(screen: Screen, commune: str, indicator: Indicator, result: pd.Series) -> list[tuple[str, str]]:
    """What stands beside the line of an indicator, as label and figure: value, norm, pressure, certainty, people above."""
    t = screen.t
    value = t.number(result["value"], indicator.decimals)
    norm = indicator_row(screen, indicator, result)
    without = result["pressure_without_displaced"]
    return [
        (t("commune.value"), value),
        (t("commune.norm_of", status=norm["norm_status"]), str(norm["norm"])),
        (t("commune.pressure"), screen.figure_against_norm(indicator.id, result)),
        (t("commune.without"), t("pressure.times", times=t.number(without, 1)) if pd.notna(without) else "—"),
        *_certainty(screen, commune, indicator),
        (t(f"commune.above_{indicator.people}"), t.number(result["gap_to_norm"], 0)),
    ]


def _certainty(screen: Screen, commune: str, indicator: Indicator) -> list[tuple[str, str]]:
    """Interval, probability of a high class, and what the double-counting switch changes; nothing where there is no class."""
    t = screen.t
    lines = [
        (t("certainty.interval_label"), write_interval(screen, commune, indicator.id, "certainty.between")),
        (t("certainty.probability_label"), write_share(screen, commune, indicator.id)),
        (t("certainty.counting_label"), write_counting(screen, commune, indicator.id)),
    ]
    return [(label, text) for label, text in lines if text]


def indicator_row(screen: Screen, indicator: Indicator, result: pd.Series) -> dict[str, object]:
    """One indicator of a commune in the reader's words: value, norm with status and source, pressure, class, gap."""
    t, definitions = screen.t, screen.figures.definitions
    profile = screen.figures.assumptions.profile
    norm = definitions.norms[indicator.terms[0].norm].in_force(screen.chosen.month.date(), profile)
    is_compared = indicator.has_pressure or indicator.measure is Measure.RATE
    severity = class_of(result)
    return {
        "id": indicator.id,
        "label": _name(screen, indicator),
        "formula": t.label(indicator.formulas),
        "value": t.number(result["value"], indicator.decimals),
        "unit": t(f"unit.{indicator.unit}"),
        "norm": _write_norm(screen, indicator, result["norm_value"]) if is_compared else NO_VALUE,
        "norm_status": t(f"norm_status.{norm.status}") if is_compared else "",
        "norm_source": in_words(norm.source.title, t) if is_compared else "",
        "pressure": screen.figure_against_norm(indicator.id, result),
        "severity": severity,
        "color": definitions.legend.color(severity),
        "gap": t.number(result["gap_to_norm"], 0),
        "status": "" if result["status"] == "assessed" else t(f"status.{result['status']}"),
        "provenance": result["provenance"],
        "reliability": result["reliability"],
    }


def _name(screen: Screen, indicator: Indicator) -> str:
    """The label; for staff to clear a backlog with the target that they are counted for, which is not the norm of the gap table."""
    t, label = screen.t, screen.t.label(indicator.labels)
    if indicator.measure is not Measure.STAFF_TO_CLEAR:
        return label
    days, utilisation = (_parameter(screen, indicator, name) for name in ("days_to_clear", "target_utilisation"))
    return t("indicator.staff_target", label=label, utilisation=t.percent(utilisation), count=int(days))


def _parameter(screen: Screen, indicator: Indicator, name: str) -> float:
    """Value in force of a norm among the parameters of an indicator."""
    norm = screen.figures.definitions.norms[indicator.parameters[name]]
    return norm.in_force(screen.chosen.month.date(), screen.figures.assumptions.profile).value


def _write_norm(screen: Screen, indicator: Indicator, norm_value: float) -> str:
    """The norm beside the value; the low and the high reference of what is a warning on both sides."""
    t, shown = screen.t, screen.t.number(norm_value, indicator.decimals)
    if "high" not in indicator.parameters:
        return shown
    return t("commune.norm_range", low=shown, high=t.number(_parameter(screen, indicator, "high"), indicator.decimals))


def _where(row: Any) -> str:
    return " ".join(dict.fromkeys(part for part in (row.file_name, row.cell) if part))


def _trace_rows(screen: Screen, trace: pd.DataFrame) -> list[dict[str, str]]:
    """Observations of the chosen month, and of the census."""
    t, variables = screen.t, screen.variables
    month = trace[(trace["reference_date"] == screen.chosen.month) | ~trace["variable"].map(lambda v: variables[v].monthly)]
    return [
        {
            "label": t.label(variables[row.variable].labels),
            "date": t.month(row.reference_date),
            "value": t.number(row.value) if pd.notna(row.value) else t(f"observation.{row.status}"),
            "provenance": row.provenance,
            "source": row.source,
            "where": "" if row.provenance == Provenance.DEMONSTRATION.value else _where(row),
        }
        for row in month.itertuples()
    ]
