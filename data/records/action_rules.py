"""Checks of an action beside those of its fields: personal data, what it does, where, how much, when, in which money."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.support_units import UnitRule
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.definition_set import DefinitionSet
from data.loaders.today import load_today
from data.records.layout import SheetField
from data.records.rows import Rows, RuleContext
from data.records.support_words import check_texts
from geo.spelling import plain

TEXTS = (
    "action_id", "organisation", "partner", "activity", "cercle", "douar", "stop_reason", "funder", "verification", "source",
)  # fmt: skip
MONEY = ("budget_mad", "committed_mad", "spent_mad")


def own_unit(need: str) -> str:
    """The unit of an action that names none; empty where it names no need."""
    units = load_today().support["units"]
    return next((unit for unit, rules in units.items() if need in rules and rules[need].is_own), "")


def units_of(kept: DefinitionSet) -> Mapping[str, Mapping[str, UnitRule]]:
    """The rules of units of a set; those of today where it was kept before there were any: an action that is typed into an older store
    counts as in a new one, and no other figure moves."""
    return kept.support["units"] or load_today().support["units"]


def check(rows: Rows, context: RuleContext) -> list[Finding]:
    """Errors that set a row aside, each at the cell that is wrong; a note for actions that count against no need."""
    findings = check_texts(rows, TEXTS)
    for rule in (_what, _where, _how_much, _when, _money, _stopped):
        findings += rule(rows, context)
    return findings + _uncounted(rows.without(findings), context)


def _said(cells: pd.DataFrame, key: str, severity: Severity = Severity.ERROR) -> list[Finding]:
    return group_findings(cells, ["sheet"], key, severity, lambda cell: {})


def _what(rows: Rows, _context: RuleContext) -> list[Finding]:
    values = rows.at("activity")
    return _said(values[(values["activity"] == "") & (values["need"] == "")], "support_nothing_done")


def _where(rows: Rows, context: RuleContext) -> list[Finding]:
    """A cercle that the province has not."""
    known = cercles(context.general.communes)
    values = rows.at("cercle")
    lost = values[(values["cercle"] != "") & ~values["cercle"].map(lambda text: cercle_name(text) in known)]
    communes = context.general.communes
    names = {lang: sorted(set(communes[f"cercle_{lang}"]) - {""}) if known else [] for lang in ("fr", "ar")}
    choices = {"fr": ", ".join(names["fr"]), "ar": ", ".join(names["ar"]), "en": ", ".join(names["fr"])}
    labels = context.layout["cercle"].labels
    return group_findings(
        lost,
        ["cercle"],
        "word_unknown",
        Severity.ERROR,
        lambda cell: {"field": labels, "text": cell["cercle"][:40], "choices": choices},
    )


def _how_much(rows: Rows, context: RuleContext) -> list[Finding]:
    """A unit that does not count the need: three months of a teacher are no classroom."""
    units, values = load_today().support["units"], rows.at("unit")
    needs = context.layout["need"]
    named = values["need"].where(values["need"] != "", name_needs(values["activity"], needs))
    values = values.assign(counted=named)
    wrong = values[
        [bool(n and u and u != "mad" and n not in units.get(u, {})) for n, u in zip(named, values["unit"], strict=True)]
    ]

    def described(cell: pd.Series) -> dict[str, object]:
        able = [unit for unit, rules in units.items() if cell["counted"] in rules]
        words = context.layout["unit"].words
        choices = {lang: ", ".join(words[u]["labels"][lang] for u in able) for lang in ("fr", "ar", "en")}
        return {"need": needs.words[cell["counted"]]["labels"], "unit": words[cell["unit"]]["labels"], "choices": choices}

    return group_findings(wrong, ["counted", "unit"], "support_unit", Severity.ERROR, described)


def _when(rows: Rows, _context: RuleContext) -> list[Finding]:
    values = rows.at("end_date")
    return _said(values[values["end_date"] < values["start_date"]], "support_days")


def _money(rows: Rows, context: RuleContext) -> list[Finding]:
    """Amounts in another currency are not converted; none is committed or spent beyond the budget."""
    known = {plain(word) for word in context.layout.rules["currencies"]}
    values = rows.at("currency")
    has_money = values[list(MONEY)].notna().any(axis=1)
    other = values[has_money & (values["currency"] != "") & ~values["currency"].map(lambda c: plain(c) in known)]
    findings = group_findings(
        other, ["currency"], "support_currency", Severity.ERROR, lambda cell: {"text": cell["currency"][:20]}
    )
    for name in MONEY[1:]:
        beyond = rows.at(name)
        findings += _said(beyond[beyond[name] > beyond["budget_mad"]], "support_beyond_budget", Severity.WARNING)
    return findings


def _stopped(rows: Rows, _context: RuleContext) -> list[Finding]:
    values = rows.at("stop_reason")
    return _said(values[(values["action_status"] == "stopped") & (values["stop_reason"] == "")], "support_no_reason")


def _uncounted(rows: Rows, context: RuleContext) -> list[Finding]:
    """A note: what names no need is kept and listed, and covers none."""
    values, needs = rows.values, context.layout["need"]
    named = name_needs(values["activity"], needs)
    return _said(values[(values["need"] == "") & (named == "")], "support_no_need", Severity.NOTE)


def name_needs(activities: pd.Series, needs: SheetField) -> pd.Series:
    """The need that each activity names by one of its words; empty where it names none."""
    known = {text: needs.find_word(text) or "" for text in activities.unique() if text}
    return activities.map(lambda text: known.get(text, ""))


def cercle_name(text: str) -> str:
    """The name of a cercle without the word for it."""
    said = plain(text)
    for word in ("cercle de", "cercle d", "cercle", plain("دائرة")):
        if said.startswith(f"{word} "):
            return said.removeprefix(f"{word} ")
    return said


def cercles(communes: pd.DataFrame) -> Mapping[str, str]:
    """Code of each cercle by its plain names and its code, of a table of communes."""
    if "cercle_code" not in communes:
        return {}
    rural = communes[communes["cercle_code"] != ""].drop_duplicates("cercle_code")
    return {
        cercle_name(str(text)): str(row.cercle_code)
        for row in rural.itertuples()
        for text in (row.cercle_code, row.cercle_fr, row.cercle_ar)
    }
