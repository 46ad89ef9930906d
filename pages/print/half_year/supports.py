"""The chapter on supports: against what is missing, who does what where, who has nobody; then the diaspora."""

from __future__ import annotations

from pages.print.half_year.context import Report
from pages.print.plan.blocks import Block, Bullets, Cell, Heading, Paragraph, TableColumn, make_table
from pages.print.results import diaspora
from pages.words import support
from pages.words.support_actions import list_actions

BALANCE = ("covered", "planned", "open", "surplus")


def build_supports(report: Report) -> list[Block]:
    """Need, covered, planned and open of each need in the second month; the actions; initiatives and offers of the diaspora."""
    t, view = report.t, report.view
    return [
        Heading(t("support.part_balance")),
        *_tabulate_balance(report),
        Heading(t("support.part_who")),
        *_tabulate_actions(report),
        Heading(t("results.initiatives")),
        *diaspora.build_initiatives(view, report.day),
        Heading(t("results.offers")),
        *diaspora.build_offers(view, report.day),
    ]


def _tabulate_balance(report: Report) -> list[Block]:
    t, view = report.t, report.view
    columns = (
        TableColumn(t("support.need"), 2.4),
        TableColumn(t("support.missing"), 1, "end"),
        *(TableColumn(t(f"support.{name}"), 1, "end") for name in BALANCE),
    )
    rows = [_balance_row(row) for row in support.list_balance(view)]
    twice = [f"{row['commune']} – {row['need']}{t('sign.colon')}{row['organisations']}" for row in support.list_twice(view)]
    lines = [line for line in (support.write_orphans(view), support.cite_support(view)) if line]
    if not rows:
        return [Paragraph(t("results.none", what=t("support.part_balance")), "small")]
    doubled: list[Block] = [Heading(t("support.twice")), Bullets(tuple(twice))] if twice else []
    return [
        make_table(t("support.part_balance"), columns, rows),
        Paragraph(f"{t('support.counted')} {t('support.done_twice')}", "small"),
        *(Paragraph(line) for line in lines),
        *doubled,
    ]


def _balance_row(row: dict[str, object]) -> list[Cell | str]:
    counted = [str(row[name]) for name in BALANCE]
    return [Cell(str(row["label"]), str(row["unit"])), Cell(str(row["need"]), str(row["left_out"])), *counted]


def _tabulate_actions(report: Report) -> list[Block]:
    t, view = report.t, report.view
    columns = (
        TableColumn(t("support.who_short"), 1.5),
        TableColumn(t("support.what"), 2.2),
        TableColumn(t("support.where"), 1.3),
        TableColumn(t("support.stage"), 1.6),
        TableColumn(t("support.source"), 1.8),
    )
    listed = list_actions(view, support.read_own_actions(view))
    rows = [_action_row(report, row) for row in listed]
    if not rows:
        return [Paragraph(t("support.nobody_here"), "small")]
    invented = any(row["is_demonstration"] for row in listed)
    said: list[Block] = [Paragraph(t("results.examples"), "warning")] if invented else []
    return [*said, make_table(t("support.who"), columns, rows)]


def _action_row(report: Report, row: dict[str, object]) -> list[Cell | str]:
    join = report.t("sign.between").join
    return [
        Cell(str(row["organisation"]), str(row["kind"])),
        Cell(str(row["activity"]), join(str(row[name]) for name in ("need", "public", "quantity") if row[name])),
        str(row["place"]),
        Cell(str(row["status"]), join(str(row[name]) for name in ("reason", "days", "money") if row[name])),
        Cell(str(row["shown"]), str(row["date"])),
    ]
