"""The audit of the index where people read it: the Methods screen in three languages, Compare, and the command."""

import pytest

from analytics.assumptions import DEFAULTS
from data.i18n import LANGUAGES, Translator
from pages.address.selection import Selection
from pages.html import fill
from pages.print.index_audit import main
from pages.words.index_audit import has_audit, list_tables, write_findings
from pages.words.view import View


def view(figures, language="fr"):
    return View(figures, Selection(language, "all", figures.months[-1], "ISP", "", DEFAULTS), Translator(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_and_tables_are_said_in_the_reader_s_language(figures, language):
    seen = view(figures, language)
    t = seen.t
    assert has_audit(seen)
    limits, hangs_on, outside = write_findings(seen)
    assert limits == t("audit.limits_hold")
    loads_alone = t.label(figures.definition_set.index_alternatives["load_alone"].labels)
    assert loads_alone in hangs_on
    assert t.number(0.77, 2) in outside
    tables = list(list_tables(seen))
    assert [table.title for table in tables] == [
        t(f"audit.{name}") for name in ("alternatives", "services", "indicators", "order", "validity")
    ]
    for table in tables:
        html = fill("audit_table", t, table=table)
        assert all(len(row) == len(table.heads) for row in table.rows)
        assert html.count("<tr>") == len(table.rows) + 1
    weighed = [i for i in figures.definitions.indicators.values() if i.weight > 0]
    assert [row[0] for row in tables[2].rows] == [seen.result_label(i.id) for i in weighed]


def test_the_command_prints_what_the_screen_says_and_tells_that_the_limits_hold(built, capsys):
    assert main(["--lang", "en"]) == 0
    printed = capsys.readouterr().out
    t = Translator("en")
    for text in (t("audit.limits_hold"), t("audit.order"), t("audit.move_power")):
        assert text in printed
