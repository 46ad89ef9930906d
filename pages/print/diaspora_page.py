"""What each commune lacks and what it costs, as a small page for an association abroad: no script, no picture, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

import pandas as pd

from analytics.model import Provenance
from analytics.resource_gap import MAIN, CostRange, total_cost
from data.i18n import LANGUAGES
from pages.html import fill
from pages.words.gaps import quick_gap, state_deducted, write_answer, write_units
from pages.words.labels import territory_label
from pages.words.money import write_mad, write_range
from pages.words.totals import cost_at_least
from pages.words.view import View

# Needs named in the line of a commune; its own page has all.
NAMED = 2


def build_province_page(view: View, today: date) -> str:
    """Every commune in a line: what it lacks first, what everything would cost."""
    gaps = _main(view, view.codes)
    by_commune = dict(tuple(gaps.groupby("commune_code", sort=False)))
    groups = [
        {
            "name": territory_label(view.figures, group, view.t),
            "rows": [_line(view, code, by_commune[code]) for code in sorted(codes, key=view.name)],
        }
        for group, codes in _groups(view)
    ]
    return _page(view, today, "province", gaps, groups=groups)


def build_commune_page(view: View, commune: str, today: date) -> str:
    """What one commune lacks, need by need: how much, what closes it, what that costs, who decides."""
    gaps = _main(view, [commune])
    lacking = gaps[gaps["missing_units"] > 0].sort_values("gap", ascending=False, kind="stable")
    rows = [_need(view, row) for _, row in lacking.iterrows()]
    unknown = int(gaps["missing_units"].isna().sum())
    return _page(view, today, "commune", gaps, commune=view.name(commune), rows=rows, unknown=unknown)


def _main(view: View, codes: Sequence[str]) -> pd.DataFrame:
    gaps = quick_gap(view, view.figures.definition_set.means, codes)
    return gaps[gaps["role"] == MAIN]


def _groups(view: View) -> list[tuple[str, list[str]]]:
    communes = view.figures.communes
    return [(str(group), list(rows.index)) for group, rows in communes.groupby("group_code", sort=True)]


def _line(view: View, code: str, gaps: pd.DataFrame) -> dict[str, str]:
    t, cost = view.t, total_cost(gaps)
    lacking = gaps[gaps["missing_units"] > 0].sort_values("gap", ascending=False, kind="stable")
    named = [_quantity(view, row) for _, row in lacking.head(NAMED).iterrows()]
    return {
        "name": view.name(code),
        "href": f"diaspora/{code}?{_query(view, t.language)}",
        "lacks": t("sign.comma").join(named) if named else t("diaspora.nothing_known"),
        "more": t("diaspora.more", count=len(lacking) - NAMED) if len(lacking) > NAMED else "",
        "cost": cost_at_least(t, cost.central_mad, cost.missing_count) if named else "",
    }


def _quantity(view: View, row: pd.Series) -> str:
    means = view.figures.definition_set.means
    label = view.t.label(means.needs[row["need_id"]].labels)
    return f"{label}{view.t('sign.colon')}{write_units(view, row['missing_units'], row['unit'])}"


def _need(view: View, row: pd.Series) -> dict[str, str]:
    t, means = view.t, view.figures.definition_set.means
    return {
        "need": t.label(means.needs[row["need_id"]].labels),
        "missing": write_units(view, row["missing_units"], row["unit"]),
        "answer": write_answer(view, means, row),
        "cost": write_mad(row["cost_central_mad"], t),
        "range": write_range(row["cost_low_mad"], row["cost_high_mad"], t),
        "decides": t(
            "diaspora.decides", who=t(f"actor.{row['responsible']}"), competence=t(f"competence.{row['competence']}")
        ),
    }


def _page(view: View, today: date, kind: str, gaps: pd.DataFrame, **values: object) -> str:
    t = view.t
    cost: CostRange = total_cost(gaps)
    languages = [
        {"href": f"?{_query(view, code)}", "name": name, "code": code}
        for code, name in LANGUAGES.items()
        if code != t.language
    ]
    month, when = t.month(view.chosen.month), t.date(today)
    simulated = Provenance.DEMONSTRATION.value in set(gaps["provenance"])
    return str(
        fill(
            "diaspora",
            t,
            kind=kind,
            languages=languages,
            total=cost_at_least(t, cost.central_mad, cost.missing_count),
            back=f"../diaspora?{_query(view, t.language)}",
            simulated=simulated,
            deducted=state_deducted(view, gaps),
            made=t("diaspora.made", month=month, day=when, method=view.method),
            **{"groups": (), "rows": (), "unknown": 0, "commune": "", **values},
        )
    )


def _query(view: View, language: str) -> str:
    return urlencode({"lang": language, "month": f"{view.chosen.month:%Y-%m}", **view.chosen.province})
