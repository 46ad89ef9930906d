"""Charts of a scenario that leave the screen: what was observed and what may come, month by month, and on two maps."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.model import Sector
from analytics.projection import Projection
from analytics.provenance import least_firm
from analytics.scenario import Scenario
from geo.palette import ACCENT, GREY, INK, NORM, RANGE
from pages.print.charts import canvas
from pages.print.charts.canvas import Words
from pages.print.charts.lines import End, draw_axes, number_months, write_ends, write_point
from pages.print.charts.maps import draw_beside
from pages.print.charts.words import write_source
from pages.words.first_breaks import find_breaks, state_finding
from pages.words.outlooks import SCENARIO, read_outlook, state_outlook
from pages.words.people_ahead import PeopleAhead, state_people
from pages.words.scenario import ScenarioChoice, label, read_pair
from pages.words.sources import cite, kind_of
from pages.words.view import View

_OTHER = (0, (5, 2))


def draw_people(
    view: View, people: PeopleAhead, sector: Sector, scenarios: tuple[Scenario, Scenario | None], form: str
) -> bytes:
    """People above the norm of a service: observed, then under a scenario with its range; the other scenario dashed.

    Args:
        scenarios: the one drawn, and the one that it is compared with.
    """
    t, definitions = view.t, view.figures.definitions
    names = (label(view, scenarios[0]), label(view, scenarios[1]))
    observed, headline = people.observed.index[-1], definitions.headlines[sector]
    words = Words(
        state_people(view, people, sector),
        f"{names[0]} · {t('scenario.chart_alt', service=t.label(definitions.sector_labels[sector]))}",
        write_source(
            view,
            cite(view, [headline], month=observed),
            kind_of(view, [headline], month=observed),
            t("chart.hypotheses"),
            t("chart.cut") if people.is_cut else "",
        ),
    )
    return canvas.draw(words, t, form, lambda axes: _plot(axes, view, people, names, 0), known=people.is_known)


def draw_outlook(view: View, commune: str, form: str) -> bytes:
    """Pressure of the service of a commune that the trend leads highest: observed, then with its range, against the norm."""
    t, outlook = view.t, read_outlook(view, commune)
    sector = outlook.worst or view.figures.services[0]
    known, headline = outlook.worst is not None, view.figures.definitions.headlines[sector]
    observed = outlook.projection.observed
    provenance = view.figures.of_month(headline, observed).at[commune, "provenance"]
    words = Words(
        f"{view.name(commune)}{t('sign.colon')}{state_outlook(view, outlook, sector)}"
        if known
        else t("council.outlook_unknown"),
        f"{view.result_label(headline)} · {view.group_label(commune)}",
        write_source(view, cite(view, [headline], [commune], observed), provenance, t("chart.hypotheses")),
    )
    past = view.figures.history(commune, headline).set_index("reference_date")["pressure"]
    months = list(outlook.projection.months)
    ahead = {bound: pd.Series(values, index=months) for bound, values in outlook.pressure[sector].items()}
    names = (label(view, view.figures.definition_set.library[SCENARIO]), "")
    figures = PeopleAhead(past, ahead, None)
    return canvas.draw(words, t, form, lambda axes: _plot(axes, view, figures, names, 2, norm=True), known=known)


def draw_pair(view: View, choice: ScenarioChoice, mine: Projection, other: Projection | None, form: str) -> bytes:
    """The map of the chosen result in a scenario, beside the other scenario or today."""
    t, month = view.t, choice.month(mine)
    frames = read_pair(view, choice, mine, other)
    breaks = find_breaks(view, mine)
    words = Words(
        state_finding(view, choice.scenario, mine, breaks),
        t("scenario.maps_lead", result=view.result_label(view.chosen.indicator)),
        write_source(
            view,
            cite(view, [view.chosen.indicator], frames[1].index, mine.observed),
            least_firm(frames[1]["provenance"]),
            t("chart.hypotheses"),
            f"{view.figures.attribution}.",
        ),
    )
    names = [
        f"{label(view, choice.other)} · {t.month(month if other else mine.observed)}",
        f"{label(view, choice.scenario)} · {t.month(month)}",
    ]
    return draw_beside(view, frames, names, words, form)


def _plot(
    axes: Axes, view: View, figures: PeopleAhead, names: tuple[str, str], decimals: int, *, norm: bool = False
) -> None:
    """Observed, then ahead with its range; ``norm`` draws the line of pressures at the norm."""
    t, central = view.t, figures.ahead[CENTRAL]
    lines: list[tuple[pd.Series, str, str, float, Any]]
    lines = [(figures.observed, t("scenario.observed"), INK, 5.0, "-"), (central, names[0], ACCENT, 5.0, "-")]
    if figures.other is not None:
        lines.append((figures.other, names[1], INK, 3.0, _OTHER))
    months = number_months(list(central.index))
    axes.fill_between(months, figures.ahead[LOW], figures.ahead[HIGH], facecolor=RANGE, edgecolor=GREY, hatch="..", lw=0.8)
    for values, _, color, width, style in lines:
        axes.plot(number_months(list(values.index)), values, color=color, lw=width, ls=style)
    draw_axes(axes, t, sorted({m for values, *_ in lines for m in values.index}), decimals=min(decimals, 1))
    axes.set_ylim(0, figures.top)
    if norm:
        axes.axhline(1, color=NORM, lw=2.5)
        axes.annotate(
            t("commune.norm"), (axes.get_xlim()[0], 1), xytext=(4, 4), textcoords="offset points", color=NORM, fontsize=16
        )
    last = figures.observed.dropna().tail(1)
    for month, value in last.items():
        write_point(axes, End(number_months([month])[0], float(value), t.number(float(value), decimals), INK))
    write_ends(axes, _ends(view, figures, decimals))
    handles = [Line2D([], [], color=c, lw=w, ls=s, label=name) for _, name, c, w, s in lines]
    band = Patch(facecolor=RANGE, edgecolor=GREY, hatch="..", label=t("scenario.range"))
    canvas.write_legend(axes, t, [*handles, band])


def _ends(view: View, figures: PeopleAhead, decimals: int) -> list[End]:
    """The last figure of each scenario; the one drawn with its range."""
    t, central, ends = view.t, figures.ahead[CENTRAL], []
    low, middle, high = (float(figures.ahead[b].iloc[-1]) for b in BOUNDS)
    if not math.isnan(middle):
        between = t("certainty.between", low=t.number(low, decimals), high=t.number(high, decimals))
        month = number_months([central.index[-1]])[0]
        ends.append(End(month, middle, f"{t.number(middle, decimals)}\n({between})", ACCENT))
    other = figures.other.dropna() if figures.other is not None else pd.Series(dtype=float)
    if len(other):
        last = float(other.iloc[-1])
        ends.append(End(number_months([other.index[-1]])[0], last, t.number(last, decimals), INK))
    return ends
