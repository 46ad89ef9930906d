"""The audit of the index on a terminal: ``python -m pages.print.index_audit``; exit 1 where a limit does not hold."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from analytics.assessment import COMPOSITE_ID
from analytics.assumptions import DEFAULTS
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.people.viewer import EVERYTHING
from data.province import find_province
from pages.address.selection import Selection
from pages.figures.index_audit import read_audit
from pages.figures.load import load_figures, published
from pages.words.index_audit import as_text, has_audit, list_tables, write_findings
from pages.words.view import View


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings and the tables of the last month with figures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pages.print.index_audit", description=__doc__)
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE)
    parser.add_argument("--territory")
    call = parser.parse_args(arguments)
    province = find_province(call.territory)
    t = Translator(call.lang, province)
    snapshot = published(province)
    if snapshot is None:
        print(t("store.empty"), file=sys.stderr)
        return 1
    figures = load_figures(snapshot, province=province, viewer=EVERYTHING)
    month = figures.default_month
    view = View(figures, Selection(call.lang, "all", month, COMPOSITE_ID, figures.communes.index[0], DEFAULTS), t)
    if not has_audit(view):
        print(t("audit.too_few"), file=sys.stderr)
        return 1
    print(t("sign.comma").join((t("audit.title"), t.month(month))), *write_findings(view), sep="\n- ")
    for table in list_tables(view):
        print(*as_text(table), sep="\n")
    return 1 if read_audit(figures, month).broken_limits() else 0


if __name__ == "__main__":
    sys.exit(main())
