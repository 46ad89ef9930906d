"""Scores as bars that leave the screen, split into structural and due to displacement: of communes, of the services of one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analytics.assessment import COMPOSITE_ID
from analytics.model import SECTORS
from analytics.summary import displacement_share
from pages.print import canvas
from pages.print.bars import HATCH, Bar, draw_bars
from pages.print.canvas import ACCENT, GREY, Words
from pages.print.chart_words import least_firm, write_province_source, write_source, write_subtitle
from pages.print.sources import list_sources
from pages.ui import compare_ranking, findings
from pages.ui.certainty import write_ranks
from pages.ui.commune_head import worst_label
from pages.ui.screen import Screen

RANKED = 10


def draw_ranking(screen: Screen, form: str) -> bytes:
    """The communes under most pressure for the chosen result and month, score split into structural and displacement."""
    t, results = screen.t, screen.month_results()
    ranked = screen.in_order_of_rank(results).head(RANKED)
    words = Words(
        findings.state_overview(screen, results),
        write_subtitle(screen),
        write_province_source(screen, least_firm(results)),
    )
    named = [(screen.name(code), row) for code, row in ranked.set_index("commune_code").iterrows()]
    return canvas.draw(words, t, form, lambda axes: _plot_scores(axes, screen, named), known=bool(named))


def draw_services(screen: Screen, commune: str, form: str) -> bytes:
    """The scores of the services of one commune, split into structural and displacement."""
    t, results = screen.t, screen.figures.of_commune(commune, screen.chosen.month)
    composite = results.loc[COMPOSITE_ID]
    words = Words(
        findings.state_commune(screen.name(commune), composite, worst_label(screen, composite, results), t),
        f"{screen.group_label(commune)} · {t.month(screen.chosen.month)}",
        write_source(screen, list_sources(screen, commune), composite["provenance"]),
    )
    named = [(screen.result_label(sector.value), results.loc[sector.value]) for sector in SECTORS]
    return canvas.draw(words, t, form, lambda axes: _plot_scores(axes, screen, named))


def _plot_scores(axes: Axes, screen: Screen, named: Sequence[tuple[str, pd.Series]]) -> None:
    """One bar a name: its score, the part due to displacement hatched; why there is none where there is none."""
    t, bars = screen.t, []
    for name, row in named:
        share = displacement_share(row["score"], row["score_without_displaced"])
        if pd.isna(row["severity_class"]):
            bars.append(Bar(name, 0.0, t(f"status.{row['status']}")))
            continue
        text = t.number(row["score"], 0)
        name = f"{name}  [{int(row['severity_class'])}]"
        if "rank" in row:
            name, text = f"{t.number(row['rank'])}. {name}", t("chart.ranks", figure=text, ranks=write_ranks(t, row))
        bars.append(Bar(name, row["score"], text, hatched=0.0 if pd.isna(share) else share))
    draw_bars(axes, t, bars, unit=t("rank.scale"), end=compare_ranking.SCORE_SCALE)
    handles = [
        Patch(facecolor=GREY, label=t("rank.structural")),
        Patch(facecolor="white", edgecolor=ACCENT, hatch=HATCH, label=t("rank.displacement")),
    ]
    canvas.write_legend(axes, t, handles)
