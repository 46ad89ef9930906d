"""Routes of a commune's animators over its douars: which post goes where, in which order, how far."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.visit_routes import Route, plan_routes
from data.douar_table import read_place_source
from data.records.animator_posts import ANIMATOR_POSTS
from geo.boundaries import centroids
from geo.distances import kilometres_between
from pages.print.plan.blocks import Block, Paragraph, make_table
from pages.print.results.parts import columns
from pages.words.douar_rounds import DETOUR
from pages.words.douars import douar_name, list_douars
from pages.words.registers import read_rows
from pages.words.view import View

_COLUMNS = (("post", 1.2), ("stop", 0.7, "end"), ("douar", 2.4), ("households", 0.9, "end"), ("leg", 1, "end"))


def build_routes(view: View, commune: str, day: date) -> list[Block]:
    """The routes of the posts that are covered on a day; of one post where none is. Douars without a place are counted beside."""
    t = view.t
    douars = list_douars(view, [commune])
    placed = douars[douars["latitude"].notna()]
    if placed.empty:
        return [Paragraph(t("results.routes_none", name=view.name(commune)), "small")]
    posts = read_rows(view, ANIMATOR_POSTS, day)
    codes = sorted(posts.loc[(posts["commune_code"] == commune) & (posts["state"] == "covered"), "code"])
    latitude, longitude = placed["latitude"].to_numpy(), placed["longitude"].to_numpy()
    base = np.array([centroids(view.figures.province.layer)[commune]])
    from_base = DETOUR * kilometres_between(base[:, 0], base[:, 1], latitude, longitude)[0]
    between = DETOUR * kilometres_between(latitude, longitude, latitude, longitude)
    routes = plan_routes(placed["households"].to_numpy(float), from_base, between, max(len(codes), 1))
    named = [codes[at] if codes else t("results.one_post") for at in range(len(routes))]
    rows = [row for code, route in zip(named, routes, strict=True) for row in _rows(view, code, route, placed)]
    said = t(
        "results.routes_finding",
        name=view.name(commune),
        douars=len(placed),
        kilometres=t.number(sum(route.total_km for route in routes), 0),
        left=len(douars) - len(placed),
    )
    table = make_table(t("results.routes", name=view.name(commune)), columns(t, *_COLUMNS), rows)
    places = read_place_source(view.figures.province)
    whose = f"{places['attribution']}, {places['licence']}." if places else ""
    return [Paragraph(said), table, Paragraph(f"{t('results.routes_rule', factor=DETOUR)} {whose}".strip(), "small")]


def _rows(view: View, post: str, route: Route, douars: pd.DataFrame) -> list[list[str]]:
    t, names = view.t, douars["place_name"]
    return [
        [
            post if at == 1 else "",
            str(at),
            douar_name(view, str(names.index[stop]), names.iloc[stop]),
            t.number(douars["households"].iloc[stop]),
            t("results.km", kilometres=t.number(leg, 1)),
        ]
        for at, (stop, leg) in enumerate(zip(route.stops, route.legs_km, strict=True), 1)
    ]
