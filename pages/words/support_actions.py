"""Actions in words: who does what, where, for whom, how much, when, with whose money, and who says so."""

from __future__ import annotations

import pandas as pd

from analytics.support import STATUSES
from data.i18n import isolate
from data.records.layout import load_layout
from data.shipped_texts import say_shipped
from pages.figures.support_records import CERCLE, DOUAR, PROVINCE
from pages.words.gaps import decimals_of
from pages.words.links import name_source
from pages.words.support import SHOWN, need_label, read_own_actions, write_number
from pages.words.view import View

# A count of people under this is withheld everywhere.
SMALL = 5
# So many actions are named in a sentence.
MOST_NAMED = 3
Row = dict[str, object]
# Units that are counted by their noun; a post says of how long it is.
_AGREEING = ("classrooms", "facilities", "requests", "persons")
_TEXTS = ("activity", "stop_reason", "said_by")


def list_actions(view: View, actions: pd.DataFrame) -> list[Row]:
    """Who does what, where, for whom, how much, at which stage, from when to when, with whose money, and who says so."""
    said = say_shipped(actions, _TEXTS, view.figures.province, view.t)
    return [_action(view, row) for row in said.to_dict("records")]


def _action(view: View, row: Row) -> Row:
    t, support, layout = view.t, view.figures.records.support, load_layout("actions")
    word = lambda name: t.label(layout[name].words[str(row[name])]["labels"]) if row[name] else ""  # noqa: E731
    public = [word(name) for name in ("population", "person_group") if row[name] not in ("", "all", "everybody")]
    if row["disability"] == "yes":
        public.append(t("support.disability"))
    return {
        "organisation": support.name(str(row["organisation"]), t.language),
        "partner": str(row["partner"]),
        "activity": str(row["activity"]),
        "need": need_label(view, str(row["need_id"])) if row["need_id"] else word("sector"),
        "place": write_place(view, row),
        "public": t("sign.comma").join(public),
        "quantity": _quantity(view, row, word("unit")),
        "status": word("action_status"),
        "status_id": str(row["action_status"]),
        "reason": str(row["stop_reason"]),
        "days": _days(view, row),
        "money": _money(view, row),
        "source": str(row["said_by"]),
        **name_source(str(row["said_by"])),
        "date": t.date(pd.Timestamp(str(row["reported_on"]))),
        "kind": t(f"provenance.{row['provenance']}"),
        "is_demonstration": row["provenance"] == "demonstration",
    }


def write_place(view: View, row: Row) -> str:
    """Where an action is: a douar, a commune, a cercle, or the whole province."""
    t, level = view.t, row["level"]
    if level == PROVINCE:
        return t("support.whole_province")
    if level == CERCLE:
        names = view.figures.cercles.get(str(row["cercle_code"]), {})
        return t("territory.cercle", name=names.get("ar" if t.language == "ar" else "fr", row["cercle"]))
    name = view.name(str(row["commune_code"]))
    return t("support.douar", douar=row["douar"], commune=name) if level == DOUAR else name


def _quantity(view: View, row: Row, unit: str) -> str:
    t, parts = view.t, []
    quantity = float(row["quantity"])  # type: ignore[arg-type]
    if not pd.isna(quantity):
        plain = t("support.quantity", number=write_number(view, quantity), unit=unit[:1].lower() + unit[1:])
        agrees = row["unit"] in _AGREEING
        parts.append(t.quantity(quantity, str(row["unit"]), decimals_of(quantity)) if agrees else plain)
    for name in ("reached", "targeted"):
        persons = float(row[name])  # type: ignore[arg-type]
        if not pd.isna(persons):
            said = t("disclosure.under", threshold=SMALL) if 0 < persons < SMALL else t.number(persons)
            parts.append(t(f"support.{name}", persons=said))
    return t("sign.between").join(parts)


def _days(view: View, row: Row) -> str:
    t, days = view.t, [row["start_date"], row["end_date"]]
    start, end = ("" if pd.isna(day) else t.month(pd.Timestamp(str(day))) for day in days)
    if start and end:
        return t("support.from_to", start=start, end=end)
    return t("support.from", start=start) if start else t("support.to", end=end) if end else ""


def _money(view: View, row: Row) -> str:
    t, funder = view.t, view.figures.records.support.name(str(row["funder"]), view.t.language)
    parts = [funder] if funder else []
    for name in ("budget", "committed", "spent"):
        amount = float(row[f"{name}_mad"])  # type: ignore[arg-type]
        if not pd.isna(amount):
            parts.append(t(f"support.{name}", amount=t.number(amount, 0)))
    return t("sign.between").join(parts)


def list_here(view: View, commune: str) -> list[str]:
    """Who helps a commune: an action of it, of its cercle or of the whole province in one line, with its source and day."""
    rows = list_actions(view, read_own_actions(view, [commune]))
    return [view.t("support.line", **_line(view, row)) for row in rows]


def state_here(view: View, commune: str) -> str:
    """Who helps a commune in one sentence: organisations with what they do in it, and how many act for all of the province or its
    cercle; empty where nobody does."""
    t, actions = view.t, read_own_actions(view, [commune])
    live = actions[~actions["is_stopped"]]
    mine, wider = live[live["commune_code"] == commune], live[live["commune_code"] == ""]
    if live.empty:
        return ""
    named = [t("support.short", **_line(view, row)) for row in list_actions(view, mine.head(MOST_NAMED))]
    said = t("sign.between").join(named) or t("support.nobody_own")
    return t("support.state_here", named=said, wider=t("support.wider", count=len(wider)))


def _line(view: View, row: Row) -> dict[str, str]:
    """The parts of a line: what is not known is left out with its sign."""
    between = view.t("sign.comma")
    # What is written in another script keeps its own direction.
    apart = isolate if view.t.direction == "rtl" else str
    status = str(row["status"])
    parts = (apart(str(row["activity"])), row["quantity"], status[:1].lower() + status[1:], row["days"])
    who = f"{row['organisation']} ({row['kind']})" if row["is_demonstration"] else str(row["organisation"])
    what = between.join(str(part) for part in parts if part)
    return {
        "who": who, "what": what, "place": str(row["place"]), "source": apart(str(row["shown"])), "date": str(row["date"]),
        "need": str(row["need"]), "stage": status,
    }  # fmt: skip


def list_timeline(view: View) -> list[dict[str, object]]:
    """When the dated actions run: where each begins and how long it lasts, as shares of the whole time, the earliest first; of many
    those that end last."""
    listed = read_own_actions(view)
    dated = listed.dropna(subset=["start_date", "end_date"])
    dated = dated.sort_values(["end_date", "action_id"]).tail(SHOWN).sort_values(["start_date", "action_id"])
    if dated.empty:
        return []
    first, last = dated["start_date"].min(), dated["end_date"].max()
    whole = max((last - first).days, 1)
    support = view.figures.records.support
    return [
        {
            "name": support.name(str(row["organisation"]), view.t.language),
            "place": write_place(view, row),
            "days": _days(view, row),
            "status": str(row["action_status"]),
            "start": round(100 * (row["start_date"] - first).days / whole, 1),
            "length": max(round(100 * (row["end_date"] - row["start_date"]).days / whole, 1), 1.0),
        }
        for row in dated.to_dict("records")
    ]


def list_statuses(view: View) -> list[dict[str, str]]:
    """The statuses with their words, for a key."""
    return [{"id": status, "label": view.t(f"support.status_{status}")} for status in STATUSES]
