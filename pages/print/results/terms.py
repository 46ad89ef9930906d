"""Terms of reference from one row of the gap table: why, what, by when, for how much, who answers for it, how it is checked."""

from __future__ import annotations

import pandas as pd

from data.i18n import NO_VALUE
from pages.print.plan.blocks import Block, Bullets, Heading, Paragraph
from pages.print.results.papers import Paper
from pages.words.gaps import commune_row
from pages.words.view import View


def build_terms(view: View, gap: pd.Series) -> Paper:
    """A draft to complete.

    Args:
        gap: a main row of the gap table (``analytics.resource_gap``) with something missing.
    """
    t = view.t
    row = commune_row(view, view.figures.definition_set.means, gap, [])
    blocks: list[Block] = []
    for key, lines in _sections(view, gap, row).items():
        blocks += [Heading(t(f"papers.terms_{key}_heading")), Bullets(lines)]
    subject = t("papers.terms_of", need=row["need"], name=row["commune"])
    return Paper(t("papers.terms"), subject, (*blocks, Paragraph(t("papers.draft"), "small")))


def _sections(view: View, gap: pd.Series, row: dict[str, object]) -> dict[str, tuple[str, ...]]:
    t, name, answer = view.t, row["commune"], row["answer"]
    counted = {key: row[key] for key in ("need", "needed", "available", "missing")}
    financing = t("sign.comma").join(t(f"financing.{source}") for source in str(gap["financing"]).split())
    return {
        "context": (
            t("papers.terms_context", name=name, month=t.month(view.chosen.month), **counted),
            t("papers.terms_above", above=row["above"], reliability=row["reliability"]),
        ),
        "objective": (t("papers.terms_objective", answer=answer, name=name),),
        "deliverables": (
            t("papers.terms_delivered", answer=answer),
            t("papers.terms_in_service"),
            t("papers.terms_reported"),
        ),
        "delay": (t("means.delay", count=int(gap["delay_days"])),),
        "budget": (t("papers.terms_budget", cost=row["cost"], range=row["range"] or NO_VALUE), financing),
        "responsible": (str(row["terms"]), t("papers.terms_accountable", who=t(f"actor.{gap['accountable']}"))),
        "verification": (t("papers.terms_verified"),),
    }
