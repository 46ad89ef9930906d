"""The one way of what a file holds: an invented kind says its fields and its stages, the line does the rest."""

import pandas as pd

from data.importing.checks import CELL_CHECKS, CheckContext, fields
from data.importing.checks.saying import Says, that_say
from data.importing.fields import Field
from data.importing.figures import figures_line
from data.importing.findings import Finding, Severity
from data.importing.line import Line, Stage, check_rows, join_parts, of_cells
from data.importing.records import records_line
from data.records.rows import CELL_COLUMNS, Rows
from data.records.table import sheet_kinds
from tests.territories import TAROUDANNT

CONTEXT = CheckContext(pd.DataFrame(), pd.DataFrame(), None, TAROUDANNT)
LABELS = {"fr": "Puits", "ar": "آبار", "en": "Wells"}


def a_cell(row, address, says, **read):
    return {"row": row, "cell": address, "sheet": "S", "variable": "wells", "says": says, "is_own": True, **read}


def rows_of(*cells):
    table = pd.DataFrame(cells).set_index("row").reindex(columns=CELL_COLUMNS)
    values = pd.DataFrame({"commune_code": "09.541.03.01", "wells": table["value"]})
    return Rows(values, table)


def line_of(*stages, complete=None):
    return Line(
        id="wells",
        fields={"wells": Field(LABELS, maximum=40.0, is_counted=True)},
        listed=lambda contents: [],
        corrected=lambda listed, corrections: listed,
        read=lambda listed, index: rows_of(),
        stages=(*(Stage(stage) for stage in stages), Stage(complete=complete)),
        columns=("commune_code", "wells"),
        commune="commune_code",
    )


def number(row, address, value, problem=""):
    return a_cell(row, address, "number", raw=value, value=value, problem=problem, note="")


def test_a_kind_that_says_its_limits_is_checked_by_the_checks_of_every_other():
    rows = rows_of(number(0, "A1", 12.0), number(1, "A2", 41.0), number(2, "A3", 2.5), number(3, "A4", -1.0))
    done = check_rows(line_of(tuple(map(of_cells, CELL_CHECKS[2:]))), rows, CONTEXT)
    assert {f.key: f.cells for f in done.findings} == {
        "value_too_large": ("A2",),
        "value_not_whole": ("A3",),
        "value_negative": ("A4",),
    }
    assert list(done.kept["wells"]["wells"]) == [12.0]
    assert [(one.cell, one.commune_code, one.labels) for one in done.aside] == [
        (cell, "09.541.03.01", LABELS) for cell in ("A2", "A3", "A4")
    ]


def test_a_stage_sees_what_none_before_it_has_set_aside():
    seen = []

    def first(rows, _context):
        seen.append(list(rows.values.index))
        return [Finding("value_negative", Severity.ERROR, ("A2",), (1,)), Finding("jump", Severity.WARNING, ("A1",), (0,))]

    def second(rows, _context):
        seen.append(list(rows.cells.index))
        return []

    doubled = lambda values: values.assign(wells=values["wells"] * 2)  # noqa: E731
    rows = rows_of(*(number(at, f"A{at + 1}", 3.0) for at in range(3)))
    done = check_rows(line_of((first,), (second,), complete=doubled), rows, CONTEXT)
    assert seen == [[0, 1, 2], [0, 2]]
    assert list(done.kept["wells"]["wells"]) == [6.0, 6.0]
    assert [one.cell for one in done.aside] == ["A2"]


def test_parts_are_numbered_one_after_the_other():
    rows = rows_of(number(0, "A1", 1.0), number(1, "A2", 41.0))
    part = check_rows(line_of((of_cells(CELL_CHECKS[3]),)), rows, CONTEXT)
    joined = join_parts([part, part])
    assert [f.rows for f in joined.findings] == [(1,), (3,)]


def test_a_blank_that_must_be_filled_is_named_and_one_that_need_not_be_is_not():
    cells = rows_of(a_cell(0, "A1", "blank"), a_cell(1, "A2", ""), a_cell(2, "A3", "word", raw="puit", word=None)).cells
    context = CheckContext(pd.DataFrame(), pd.DataFrame(), None, TAROUDANNT, fields={"wells": Field(LABELS)})
    found = {f.key: (f.cells, f.values["field"]) for f in fields.check(cells, context)}
    assert found == {"field_absent": (("A1",), LABELS), "word_unknown": (("A3",), LABELS)}


def test_a_figure_speaks_of_its_commune_its_month_and_a_number_and_of_nothing_else():
    cells = rows_of(number(0, "A1", 1.0)).cells.assign(says="figure")
    assert [says for says in Says if len(that_say(cells, says))] == [Says.FIGURE, Says.COMMUNE, Says.MONTH, Says.NUMBER]


def test_every_kind_has_the_checks_of_cells_in_one_stage():
    nothing = pd.DataFrame(columns=["provenance"])
    lines = [figures_line(), *(records_line(kind, nothing) for kind in sheet_kinds())]
    for line in lines:
        assert len(line.stages) > 3
        assert set(line.fields), line.id
        assert max(len(stage.checks) for stage in line.stages) >= len(CELL_CHECKS), line.id
