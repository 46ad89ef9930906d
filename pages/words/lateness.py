"""Who is late, in words: the table of communes and months, and what may be written to a commune that has not sent its figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.lateness import Receipt, due_day
from analytics.short_message import fit_message, message_length
from data.collection.rules import read_rules
from data.months import last_months
from pages.figures.collection import asked_sheets, read_receipts, read_states, read_sudden_changes
from pages.words.view import View
from pages.words.worth import name_figure

SHOWN_MONTHS, FIRST_ASKED = 6, 3
ALL_SERVICES = "all"
UNSENT = (Receipt.LATE.value, Receipt.SIMULATED.value)
MESSAGE_LANGUAGES = ("fr", "ar")


@dataclass(frozen=True, slots=True)
class Reminder:
    """What may be sent to a commune in one language: an e-mail, and one SMS of at most ``longest`` characters."""

    subject: str
    body: str
    sms: str
    longest: int


def months_offered(view: View, today: date) -> list[pd.Timestamp]:
    """From the first month of which anything is known to the last one that is over, the newest first."""
    over = pd.Timestamp(last_months(today, 2)[0])
    first = min(view.figures.months[0], over)
    return list(pd.date_range(first, over, freq="MS")[::-1])


def months_shown(last: pd.Timestamp) -> list[pd.Timestamp]:
    """The months of the table, oldest first."""
    return list(pd.date_range(end=last, periods=SHOWN_MONTHS, freq="MS"))


def service_labels(view: View) -> dict[str, str]:
    """Label of each service that is reported on, by sheet."""
    return {sheet.id: view.t.label(sheet.labels) for sheet in asked_sheets(view.figures)}


def list_lateness(view: View, last: pd.Timestamp, service: str, today: date) -> dict[str, object]:
    """Months as headings and one row a commune of the chosen territory, those that owe most first."""
    months = months_shown(last)
    states = _chosen(read_states(view.figures, months, today), view, service)
    latest, labels = _latest(view, service), service_labels(view)
    changes = _write_changes(view, read_sudden_changes(view.figures), service)
    cells, owed = defaultdict[tuple[str, pd.Timestamp], list[tuple[str, str]]](list), Counter[str]()
    for row in states.itertuples():
        cells[row.commune_code, row.reference_date].append((labels[row.sheet], row.state))
        owed[row.commune_code] += row.state in UNSENT
    codes = sorted(view.codes, key=lambda code: (-owed[code], view.name(code)))
    rows = [
        {
            "name": view.name(code),
            "months": [_write_cell(view, cells[code, month]) for month in months],
            "last": latest.get(code, ("", ""))[0],
            "at": latest.get(code, ("", ""))[1],
            "changes": changes.get(code, []),
        }
        for code in codes
    ]
    return {"months": [view.t.short_month(month) for month in months], "rows": rows}


def state_lateness(view: View, last: pd.Timestamp, today: date) -> str:
    """How many communes have sent every service of a month, and how many owe one: the sentence at the head."""
    states = _chosen(read_states(view.figures, [last], today), view, ALL_SERVICES)
    by_commune = defaultdict[str, set[str]](set)
    for code, state in zip(states["commune_code"], states["state"], strict=True):
        by_commune[code].add(state)
    sent = sum(kinds <= {Receipt.RECEIVED.value, Receipt.AFTER.value} for kinds in by_commune.values())
    late = sum(Receipt.LATE.value in kinds for kinds in by_commune.values())
    key = "lateness.finding_due" if today > due_day(last.date(), read_rules().days_to_report) else "lateness.finding_awaited"
    due = view.t.date(due_day(last.date(), read_rules().days_to_report))
    return view.t(key, month=view.t.month(last), sent=sent, total=len(by_commune), count=late, due=due)


def build_lateness_table(view: View, months: Sequence[pd.Timestamp], today: date) -> pd.DataFrame:
    """Every commune, service and month as a row, in the reader's words."""
    t, labels = view.t, service_labels(view)
    states = read_states(view.figures, months, today)
    states = states[states["commune_code"].isin(view.codes)]
    return pd.DataFrame(
        {
            t("column.commune_code"): states["commune_code"],
            t("column.commune_name"): states["commune_code"].map(view.name),
            t("lateness.service"): states["sheet"].map(labels),
            t("column.reference_date"): states["reference_date"].dt.strftime("%Y-%m"),
            t("lateness.state"): states["state"].map(lambda state: t(f"lateness.state_{state}")),
            t("lateness.due"): states["due"].map(lambda day: f"{day:%Y-%m-%d}"),
            t("lateness.received_at"): states["received_at"].dt.strftime("%Y-%m-%d").fillna(""),
        }
    )


def write_reminder(view: View, commune: str, last: pd.Timestamp, language: str, today: date) -> Reminder | None:
    """What may be sent to a commune for the month that it owes; None where it owes none of the services of the month."""
    states = read_states(view.figures, [last], today)
    owed = states[(states["commune_code"] == commune) & states["state"].isin(UNSENT)]["sheet"]
    if owed.empty:
        return None
    own = View(view.figures, view.chosen, view.t.into(language))
    t, labels = own.t, service_labels(own)
    values = {
        "name": own.name(commune),
        "month": t.month(last),
        "number": f"{last:%m/%Y}",
        "due": t.date(due_day(last.date(), read_rules().days_to_report)),
        "services": t("sign.comma").join(labels[sheet] for sheet in owed),
        "place": t.place,
        "first": _name_first(own, commune),
    }
    parts = ("head", "send", "services", "by")
    sms = fit_message(
        [[t(f"lateness.sms_{wording}_{p}", **values) for p in parts] for wording in ("full", "brief")], language
    )
    first = [t("lateness.mail_first", **values)] if values["first"] else []
    lines = [
        t("lateness.mail_hello", **values),
        t("lateness.mail_owed", **values),
        *first,
        t("lateness.mail_help", **values),
    ]
    body = "\n\n".join([*lines, t("lateness.mail_end", **values)])
    return Reminder(t("lateness.mail_subject", **values), body, sms, message_length(sms))


def _name_first(view: View, commune: str) -> str:
    """The figures of a commune that would say most if they were sure, where the index is known; empty otherwise."""
    table = view.figures.worth(view.chosen.month)
    own = table[table["commune_code"] == commune].sort_values("narrowing", ascending=False, kind="stable").head(FIRST_ASKED)
    return view.t("sign.comma").join(name_figure(view, name) for name in own["variable"])


def _chosen(states: pd.DataFrame, view: View, service: str) -> pd.DataFrame:
    inside = states["commune_code"].isin(view.codes)
    return states[inside if service == ALL_SERVICES else inside & (states["sheet"] == service)]


def _write_cell(view: View, services: Sequence[tuple[str, str]]) -> dict[str, str]:
    """One commune and month, the label and state of each service: the state where all have the same, otherwise how many came and
    which are owed."""
    t, kinds = view.t, [kind for _, kind in services]
    worst = next(kind.value for kind in _WORST_FIRST if kind.value in kinds)
    if len(set(kinds)) == 1:
        return {"state": worst, "said": t(f"lateness.state_{worst}"), "owed": ""}
    came = sum(kind in (Receipt.RECEIVED.value, Receipt.AFTER.value) for kind in kinds)
    owed = t("sign.comma").join(label for label, kind in services if kind in UNSENT)
    said = t("lateness.some", came=came, total=len(kinds)) if came else t(f"lateness.state_{worst}")
    return {"state": worst, "said": said, "owed": owed}


_WORST_FIRST = (Receipt.LATE, Receipt.SIMULATED, Receipt.AWAITED, Receipt.AFTER, Receipt.RECEIVED)


def _latest(view: View, service: str) -> dict[str, tuple[str, str]]:
    """The last month that each commune sent figures of, and the day on which a file last came."""
    receipts = read_receipts(view.figures)
    receipts = receipts if service == ALL_SERVICES else receipts[receipts["sheet"] == service]
    t, by_commune = view.t, receipts.groupby("commune_code")
    return {code: (t.month(rows["reference_date"].max()), t.date(rows["last_at"].max().date())) for code, rows in by_commune}


def _write_changes(view: View, changes: pd.DataFrame, service: str) -> dict[str, list[str]]:
    """The sudden changes of each commune that has any."""
    t, variables, said = view.t, view.variables, dict[str, list[str]]()
    for row in changes.itertuples():
        if service in (ALL_SERVICES, variables[row.variable].sheet):
            change = t(
                "lateness.change",
                label=t.label(variables[row.variable].labels),
                before=t.number(row.before),
                value=t.number(row.value),
                month=t.short_month(row.reference_date),
            )
            said.setdefault(row.commune_code, []).append(change)
    return said
