"""Scores as bars that leave the view, split into structural and due to displacement: of communes, of the services of one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analytics.assessment import COMPOSITE_ID
from analytics.provenance import least_firm
from analytics.summary import displacement_share
from geo.palette import ACCENT, GREY
from pages.print.charts import canvas
from pages.print.charts.bars import HATCH, Bar, draw_bars
from pages.print.charts.canvas import Words
from pages.print.charts.words import write_source, write_subtitle
from pages.words import ranks, titles
from pages.words.class_words import sign_of, write_score
from pages.words.sources import cite, kind_of
from pages.words.view import View

RANKED = 10


def draw_ranking(view: View, form: str) -> bytes:
    """The communes under most pressure for the chosen result and month, score split into structural and displacement."""
    t, results = view.t, view.month_results()
    ranked = view.in_order_of_rank(results).head(RANKED)
    words = Words(
        titles.state_overview(view, results),
        write_subtitle(view),
        write_source(
            view,
            cite(view, [view.chosen.indicator]),
            least_firm(results["provenance"]),
            ranks.say_out_of_class(view, ranked),
        ),
    )
    named = [(view.name(code), row) for code, row in ranked.set_index("commune_code").iterrows()]
    return canvas.draw(words, t, form, lambda axes: _plot_scores(axes, view, named), known=bool(named))


def draw_services(view: View, commune: str, form: str) -> bytes:
    """The scores of the services of one commune, split into structural and displacement."""
    t, results = view.t, view.figures.of_commune(commune, view.chosen.month)
    shown = [COMPOSITE_ID, *(s.value for s in view.figures.services)]
    words = Words(
        titles.state_finding(view, commune, results),
        f"{view.group_label(commune)} · {t.month(view.chosen.month)}",
        write_source(view, cite(view, shown, [commune]), kind_of(view, shown, [commune])),
    )
    named = [(view.result_label(sector.value), results.loc[sector.value]) for sector in view.figures.services]
    return canvas.draw(words, t, form, lambda axes: _plot_scores(axes, view, named))


def _plot_scores(axes: Axes, view: View, named: Sequence[tuple[str, pd.Series]]) -> None:
    """One bar a name: its score, the part due to displacement hatched; why there is none where there is none."""
    t, bars = view.t, []
    for name, row in named:
        share = displacement_share(row["score"], row["score_without_displaced"])
        sign, _ = sign_of(row, view.figures.definitions.legend)
        if pd.isna(row["score"]):
            bars.append(Bar(name, 0.0, t(f"status.{row['status']}")))
            continue
        # Beside a rank there is room for a word only.
        given = view.describe_given(row, is_short="rank" in row)
        text = t("sign.between").join(p for p in (write_score(row["score"], view.figures.definitions.legend, t), given) if p)
        name = name if sign is None else f"{name}  [{sign}]"
        if "rank" in row:
            name, text = f"{t.number(row['rank'])}. {name}", ranks.write_chart_ranks(view, text, row)
        bars.append(Bar(name, row["score"], text, hatched=0.0 if pd.isna(share) else share))
    draw_bars(axes, t, bars, unit=t("rank.scale"), end=ranks.SCORE_SCALE)
    handles = [
        Patch(facecolor=GREY, label=t("rank.structural")),
        Patch(facecolor="white", edgecolor=ACCENT, hatch=HATCH, label=t("rank.displacement")),
    ]
    if any("rank" in row for _, row in named):
        handles.append(Patch(facecolor="none", edgecolor="none", label=ranks.write_ranks_key(view)))
    canvas.write_legend(axes, t, handles)
