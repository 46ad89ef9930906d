"""What the index rests on, in the reader's words: limits, services, indicators, other choices, what moves the order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.index_alternatives import FIRST, least_robust
from analytics.index_audit import IndexAudit
from data.i18n import Translator
from pages.figures.index_audit import read_alternatives, read_audit, read_order, read_silence
from pages.words.view import View

# Communes that must have an index before anything is said of it.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class AuditTable:
    """A table: its title, a line above it, heads, and rows of words whose first cell is a name."""

    title: str
    lead: str
    heads: list[str]
    rows: list[list[str]]


def has_audit(view: View) -> bool:
    """Whether enough communes have an index in the month."""
    return int(view.figures.of_month(COMPOSITE_ID, view.chosen.month)["score"].notna().sum()) >= FEWEST


def write_findings(view: View) -> list[str]:
    """What to read first: whether the limits hold, on which choice the order hangs most, and how it agrees with what is known."""
    t, figures, month = view.t, view.figures, view.chosen.month
    audit = read_audit(figures, month)
    broken = audit.broken_limits()
    found = [t("audit.limits_broken", what=t("sign.between").join(broken)) if broken else t("audit.limits_hold")]
    found += write_hangs_on(view)
    aucs = audit.outside["auc"]
    if aucs.notna().all():
        found.append(t("audit.outside", index=t.number(aucs[COMPOSITE_ID], 2), best=t.number(aucs.max(), 2)))
    return found


def write_hangs_on(view: View) -> list[str]:
    """On which choice the order of the index hangs most, in a sentence; nothing where no other choice is defined."""
    t, compared = view.t, read_alternatives(view.figures, view.chosen.month)
    if compared.empty or compared["rank_correlation"].isna().all():
        return []
    worst = least_robust(compared)
    row, label = compared.loc[worst], view.figures.definition_set.index_alternatives[worst].labels
    kept = {"kept": t.number(row["first_kept"]), "first": t.number(FIRST)}
    return [t("audit.hangs_on", choice=t.label(label), correlation=t.number(row["rank_correlation"], 2), **kept)]


def list_tables(view: View) -> Iterator[AuditTable]:
    """The tables of the audit, the plainest first."""
    audit = read_audit(view.figures, view.chosen.month)
    yield _alternatives(view)
    yield _services(view, audit)
    yield _indicators(view, audit)
    yield _order(view)
    yield _outside(view, audit)


def _table(t: Translator, name: str, heads: list[str], rows: list[list[str]], lead: str = "") -> AuditTable:
    return AuditTable(t(f"audit.{name}"), lead or t(f"audit.{name}_lead"), [t(f"audit.{head}") for head in heads], rows)


def _alternatives(view: View) -> AuditTable:
    t, compared = view.t, read_alternatives(view.figures, view.chosen.month)
    chosen = view.figures.definition_set.index_alternatives
    rows = [
        [
            t.label(chosen[str(name)].labels), t(f"norm_status.{chosen[str(name)].status}"),
            t.number(row["class_changes"]), t.number(row["higher"]), t.number(row["rank_correlation"], 2),
            t.number(row["first_kept"]),
        ]
        for name, row in compared.iterrows()
    ]  # fmt: skip
    heads = ["choice", "status", "class_changes", "higher", "order_kept", "first_kept"]
    return _table(t, "alternatives", heads, rows)


def _services(view: View, audit: IndexAudit) -> AuditTable:
    t = view.t
    rows = [
        [
            view.result_label(str(name)), t.percent(row["weight"]), t.percent(row["part"]), t.number(row["alpha"], 2),
            t.percent(row["first_factor"]),
        ]
        for name, row in audit.services.iterrows()
    ]  # fmt: skip
    return _table(t, "services", ["service", "weight", "part", "alpha", "first_factor"], rows, _closest(view, audit))


def _closest(view: View, audit: IndexAudit) -> str:
    """The two indicators of one service that resemble each other most."""
    t, row = view.t, audit.pairs.loc[audit.pairs["correlation"].idxmax()]
    names = {"one": view.result_label(row["one"]), "other": view.result_label(row["other"])}
    return t("audit.services_lead", correlation=t.number(row["correlation"], 2), **names)


def _indicators(view: View, audit: IndexAudit) -> AuditTable:
    t, silence = view.t, read_silence(view.figures, view.chosen.month)
    rows = [
        [
            view.result_label(str(name)), t.percent(row["weight"], 1), t.percent(row["part"]), t.percent(row["at_floor"]),
            t.percent(row["at_ceiling"]), t.number(row["rank_correlation"], 2), t.number(row["rank_shift"], 1),
            t.number(silence.at[name, "communes"]),
        ]
        for name, row in audit.indicators.iterrows()
    ]  # fmt: skip
    heads = ["indicator", "weight_in_service", "part", "floor", "ceiling", "order_without", "shift_without", "class_without"]
    return _table(t, "indicators", heads, rows)


def _order(view: View) -> AuditTable:
    t, order = view.t, read_order(view.figures, view.chosen.month)
    rows = [
        [
            _choice(view, str(name)),
            t.number(row["low"], 2),
            t.number(row["high"], 2),
            _share(t, row["first_order"]),
            _share(t, row["total"]),
        ]
        for name, row in order.iterrows()
    ]
    shift = t.number(float(order["mean_shift"].iloc[0]), 0)
    return _table(t, "order", ["choice", "from", "to", "alone", "together"], rows, t("audit.order_lead", shift=shift))


def _share(t: Translator, share: float) -> str:
    """A share of variance; estimates a little below nothing are nothing."""
    return t.percent(max(0.0, share))


def _choice(view: View, name: str) -> str:
    kind, _, service = name.partition("_")
    return view.t(f"audit.move_{kind}", service=view.result_label(service) if service else "")


def _outside(view: View, audit: IndexAudit) -> AuditTable:
    t, known = view.t, set(view.figures.results) | {COMPOSITE_ID}
    rows = [[_figure(view, str(name), known), t.number(auc, 2)] for name, auc in audit.outside["auc"].items()]
    return _table(t, "validity", ["figure", "auc"], rows)


def _figure(view: View, name: str, known: set[str]) -> str:
    if name in known:
        return view.result_label(name)
    return view.t.label(view.figures.definition_set.variables[name].labels)


def as_text(table: AuditTable) -> list[str]:
    """A table as lines of a terminal, columns side by side."""
    frame = pd.DataFrame(table.rows, columns=table.heads)
    return ["", table.title, table.lead, *frame.to_string(index=False).splitlines()]
