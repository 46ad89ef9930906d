"""Reconstruction in words: what was published when, what remains, what it means for people still out, how well the rule did a year
earlier, and every dated fact with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from analytics.reconstruction import (
    COMPLETED,
    FILES,
    NEARLY,
    PERMITS,
    WORKSITES,
    BackTest,
    Pace,
    Standing,
    compare_steps,
    done_of,
    look_back,
    measure_pace,
    people_out,
    series,
    standings,
)
from data.dated_facts import COMMUNE, EVENT, FLAG, PROVINCE, read_facts
from data.i18n import NO_VALUE
from data.reference_files import read_province_totals
from pages.words.view import View

AREAS = (PROVINCE, EVENT)
# What is drawn by date.
DRAWN = (FILES, PERMITS, WORKSITES, COMPLETED)
BUILDINGS = {"schools": ("schools_hit", "schools_done"), "health_centres": ("health_centres_hit", "health_centres_done")}
PROXY, DISPLACED = "shelter_proxy_persons", "displaced_persons"


@dataclass(frozen=True, eq=False)
class Watch:
    """The facts of one area, and what follows from them."""

    area: str
    facts: pd.DataFrame
    stood: list[Standing]
    pace: Pace | None
    back_test: BackTest | None
    household_size: float


def all_facts(view: View) -> pd.DataFrame:
    """Facts that ship and facts that people added, oldest first; ``fact_id`` is empty unless somebody added it."""
    shipped = read_facts(view.figures.province).assign(fact_id="")
    added = view.figures.records.facts
    both = pd.concat([shipped, added], ignore_index=True) if len(added) else shipped
    return both.sort_values(["day", "indicator"], kind="stable", ignore_index=True)


def read_watch(view: View, area: str) -> Watch:
    """What follows from the facts of the province, or of all provinces that were hit."""
    facts = all_facts(view)
    own = facts[facts["area"] == area]
    stood, event = standings(own), pd.Timestamp(view.figures.province.event.day)
    return Watch(area, own, stood, measure_pace(stood, event), look_back(stood, event), household_size(view))


def household_size(view: View) -> float:
    """People a household of the province by its latest census; NaN where its totals are not known."""
    rows = read_province_totals(view.figures.province)
    rows = rows[rows["geography"] == view.figures.province.geography].sort_values("reference_date")
    latest = {name: own["value"].iloc[-1] for name, own in rows.groupby("indicator") if name in ("population", "households")}
    return float(latest["population"] / latest["households"]) if len(latest) == 2 else float("nan")


def state_watch(view: View, watch: Watch) -> str:
    """The finding: completed of files, and what remains."""
    t = view.t
    if not watch.stood:
        return t("watch.finding_none")
    last = watch.stood[-1]
    return t(
        "watch.finding", day=t.month(last.day), completed=t.number(last.completed), files=t.number(last.files),
        remaining=t.number(last.remaining),
    )  # fmt: skip


def write_meaning(view: View, watch: Watch) -> list[str]:
    """What remains means for people, at which pace it goes, and how far all of that is to be believed."""
    t = view.t
    if not watch.stood:
        return []
    last = watch.stood[-1]
    lines = []
    if watch.area == PROVINCE and not np.isnan(watch.household_size):
        lines.append(
            t("watch.people", remaining=t.number(last.remaining), size=t.number(watch.household_size, 2),
              people=t.number(_round(people_out(last, watch.household_size))))
        )  # fmt: skip
        lines.append(t("watch.caveat"))
    if watch.pace:
        end = t.month(watch.pace.end) if watch.pace.end is not None else NO_VALUE
        lines.append(
            t("watch.pace", per_month=t.number(watch.pace.per_month, 0), since=t.month(watch.pace.since),
              until=t.month(watch.pace.until), end=end)
        )  # fmt: skip
    lines += _write_back_test(view, watch)
    if watch.area == PROVINCE:
        lines += _write_proxy(view, watch)
    return lines


def _round(people: float) -> float:
    """To the nearest hundred: an anchor, not a count."""
    return round(people, -2)


def _write_back_test(view: View, watch: Watch) -> list[str]:
    t, test = view.t, watch.back_test
    if test is None:
        return []
    said = t(
        "watch.back_test",
        at=t.month(test.at),
        of=t.month(test.of),
        expected=t.number(test.expected, 0),
        published=t.number(test.published),
    )
    nearly = any(s.nearly for s in watch.stood)
    return [said, *([t("watch.nearly")] if nearly else [])]


def _write_proxy(view: View, watch: Watch) -> list[str]:
    """The anchor of the day nearest to the census beside the census's own proxy of temporary shelter, and beside the displaced
    series of the same month."""
    t, figures = view.t, view.figures
    lines = []
    proxy = figures.column(PROXY, figures.months[-1]).sum(min_count=1)
    census = pd.Timestamp("2024-09-01")
    near = [s for s in watch.stood if abs((s.day - census).days) <= 31]
    if near and pd.notna(proxy):
        anchor = people_out(near[0], watch.household_size)
        said = {"day": t.month(near[0].day), "anchor": t.number(_round(anchor)), "proxy": t.number(proxy)}
        lines.append(t("watch.proxy", share=t.percent(proxy / anchor), **said))
    month = min(figures.months, key=lambda m: abs((m - watch.stood[-1].day).days))
    displaced = figures.column(DISPLACED, month).sum(min_count=1)
    if pd.notna(displaced) and abs((month - watch.stood[-1].day).days) <= 62:
        kind = t(f"provenance.{figures.provenance(DISPLACED, month)}")
        lines.append(t("watch.displaced", month=t.month(month), displaced=t.number(displaced), kind=kind))
    return lines


def list_steps(view: View, watch: Watch) -> tuple[list[str], list[dict[str, str]]]:
    """The steps of a dwelling on the last two days with several of them: headings and rows."""
    t = view.t
    days = sorted(
        watch.facts.loc[watch.facts["indicator"].isin([FILES, COMPLETED, NEARLY, PERMITS, WORKSITES]), "day"].unique()
    )[-2:]
    if len(days) < 2:
        return [], []
    table = compare_steps(watch.facts, pd.Timestamp(days[0]), pd.Timestamp(days[1]))
    rows = [
        {"label": t(f"fact.{step}"), "before": t.number(row["before"]), "after": t.number(row["after"])}
        for step, row in zip(table.index, table.to_dict("records"), strict=True)
    ]
    return [t.month(pd.Timestamp(day)) for day in days], rows


def list_buildings(view: View) -> list[str]:
    """Schools and health centres hit, and how many are done, by date, for all provinces that were hit."""
    t, facts = view.t, all_facts(view)
    own, lines = facts[facts["area"] == EVENT], []
    for name, (hit, done) in BUILDINGS.items():
        for day, row in done_of(own, hit, done).iterrows():
            said = {"done": t.number(row["done"]), "hit": t.number(row["hit"]), "share": t.percent(row["share"])}
            lines.append(t(f"watch.{name}", day=t.month(day), **said))
    return lines


def find_falls(view: View, watch: Watch) -> list[str]:
    """Counts that cannot fall and did from one date to the next: the two do not count the same."""
    t, lines = view.t, []
    for name in (FILES, PERMITS, WORKSITES, COMPLETED):
        own = series(watch.facts, name)
        for (before, high), (after, low) in zip(own.items(), list(own.items())[1:], strict=False):
            if low < high:
                said = {"before": t.number(high), "day_before": t.month(before), "after": t.number(low)}
                lines.append(t("watch.falls", what=t(f"fact.{name}"), day=t.month(after), **said))
    return lines


def list_facts(view: View, facts: pd.DataFrame) -> list[dict[str, str]]:
    """Each fact in words: date, place, what, how many, whose word, source."""
    return [_fact(view, row) for row in facts.to_dict("records")]


def _fact(view: View, row: Mapping[str, object]) -> dict[str, str]:
    t, source = view.t, str(row["source"])
    address = source.split()[0] if source.startswith("https://") else ""
    return {
        "date": _date(view, row),
        "place": view.name(str(row["commune_code"])) if row["area"] == COMMUNE else t(f"watch.area_{row['area']}"),
        "what": t(f"fact.{row['indicator']}"),
        "value": "" if row["unit"] == FLAG else _quantity(view, float(row["value"]), str(row["unit"])),  # type: ignore[arg-type]
        "kind": t(f"provenance.{row['kind']}"),
        "source": source,
        "href": address,
        "shown": urlsplit(address).hostname or source,
        "fact_id": str(row["fact_id"]),
    }


def _quantity(view: View, value: float, unit: str) -> str:
    decimals = 0 if value.is_integer() else 1
    return f"{view.t.number(value, decimals)} {view.t(f'fact_unit.{unit}')}".strip()


def _date(view: View, row: Mapping[str, object]) -> str:
    day = pd.Timestamp(str(row["day"]))
    forms = {"day": lambda: view.t.date(day), "month": lambda: view.t.month(day), "year": lambda: str(day.year)}
    return forms[str(row["precision"])]()
