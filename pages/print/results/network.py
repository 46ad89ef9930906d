"""The network of local animators by post: covered or vacant, workload, languages, visits planned and held. No person is named."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.i18n import NO_VALUE
from data.records.animator_posts import ANIMATOR_POSTS
from geo.dots import Dot
from geo.svg_map import MapText, render_choropleth
from pages.print.plan.blocks import Block, Cell, Paragraph, Picture
from pages.print.results.parts import first_cell, table_of
from pages.words.registers import Row, read_rows, write_day, write_word
from pages.words.view import View

_WIDTH, _RADIUS = 520, 5.0
_COLUMNS = (
    ("post", 0.9), ("commune", 1.3), ("post_state", 0.9), ("douars", 1.6), ("households", 0.9, "end"), ("languages", 1.2),
    ("visits", 1, "end"), ("noticed", 2),
)  # fmt: skip


def build_posts(view: View, day: date) -> list[Block]:
    """The table of posts on a day, with how much of the network is covered."""
    t, rows = view.t, read_rows(view, ANIMATOR_POSTS, day)
    cells = [_cells(view, row) for row in rows.to_dict("records")]
    lead = [Paragraph(state_network(view, rows), "lead")] if len(rows) else []
    pictures: list[Block] = [_draw_map(view, rows)] if len(rows) else []
    return [*lead, *pictures, *table_of(t, t("results.posts", day=t.date(day)), _COLUMNS, cells, rows)]


def _draw_map(view: View, rows: pd.DataFrame) -> Picture:
    """Where the network is: a full disc where a post is covered, a ring where all are vacant."""
    t, figures = view.t, view.figures
    counts = pd.crosstab(rows["commune_code"], rows["state"]).reindex(columns=["covered", "vacant"], fill_value=0)
    said = {
        str(code): t("results.posts_in", name=view.name(str(code)), covered=int(row["covered"]), vacant=int(row["vacant"]))
        for code, row in counts.iterrows()
    }
    places = figures.communes.loc[counts.index]
    dots = [
        Dot(place["centroid_lng"], place["centroid_lat"], "base" if row["covered"] else "withheld", _RADIUS, said[code])
        for (code, row), (_, place) in zip(counts.iterrows(), places.iterrows(), strict=True)
    ]
    text = MapText(
        title=t("results.posts_map"),
        description=t("results.posts_map_description"),
        direction=t.direction,
        details={code: said.get(code, view.name(code)) for code in view.codes},
    )
    svg = render_choropleth(
        figures.province.layer,
        dict.fromkeys(view.codes, "blank"),
        figures.definitions.legend,
        text,
        width=_WIDTH,
        focus=view.codes if len(view.codes) < len(figures.territory) else None,
        dots=dots,
        identifier="posts",
    )
    # On a wide screen the map leaves room for the table.
    svg = svg.replace("<svg ", "<svg style='max-width:40rem' ", 1)
    return Picture(svg, t("results.posts_map_description"), f"{t('results.posts_map')}. {figures.attribution}")


def state_network(view: View, rows: pd.DataFrame) -> str:
    """How many posts are covered, in how many communes; visits held of those planned, where both are known."""
    t, covered = view.t, rows[rows["state"] == "covered"]
    both = covered.dropna(subset=["visits_planned", "visits_held"])
    said = t("results.network_finding", covered=len(covered), all=len(rows), communes=rows["commune_code"].nunique())
    if both.empty:
        return said
    visits = t(
        "results.visits_finding",
        held=t.number(both["visits_held"].sum()),
        planned=t.number(both["visits_planned"].sum()),
    )
    return f"{said} {visits}"


def _cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    count = "" if pd.isna(row["douar_count"]) else t("results.douar_count", count=int(row["douar_count"]))
    languages = t("sign.comma").join(t(f"register.word_{word}") for word in row["languages"].split())
    told = pd.notna(row["visits_held"]) or pd.notna(row["visits_planned"])
    visits = t("results.of", part=t.number(row["visits_held"]), whole=t.number(row["visits_planned"]))
    return [
        first_cell(row, row["code"], t),
        view.name(row["commune_code"]),
        write_word(view, "state", row["state"]),
        Cell(count or NO_VALUE, row["douars"]),
        t.number(row["households"]),
        languages or NO_VALUE,
        Cell(visits if told else NO_VALUE, write_day(row["reference_date"], t)),
        row["noticed"] or NO_VALUE,
    ]
