"""The logical frame: each indicator with its baseline, target and what was reached; and what of it counts for a donor."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd

from analytics.progress import Track, reached_by, share_of_time, share_reached, track_result
from data.records.achievements import ACHIEVEMENTS
from data.records.donor_outputs import DONOR_OUTPUTS
from data.records.results import RESULTS
from pages.print.plan.blocks import Block, Cell, Paragraph
from pages.print.results.parts import first_cell, table_of
from pages.words.registers import Row, read_rows, write_by_sex, write_day, write_origin, write_word
from pages.words.view import View

_COLUMNS = (
    ("code", 0.7), ("indicator", 2.6), ("baseline", 0.8, "end"), ("target", 0.9, "end"), ("achieved", 1.3, "end"),
    ("share", 0.8, "end"), ("track", 1.0),
)  # fmt: skip
_DONOR_COLUMNS = (("donor_output", 2.6), ("achieved", 1, "end"), ("counted_from", 1.4), ("verified", 1))


def read_results(view: View, day: date) -> pd.DataFrame:
    """Results on a day with what was reached by then: ``achieved, women, men, achieved_on, reached, time, track`` beside the columns
    of the register."""
    rows = read_rows(view, RESULTS, day)
    known = reached_by(read_rows(view, ACHIEVEMENTS, day), day)
    said = {name: rows["code"].map(known[name].to_dict()).astype(float) for name in ("achieved", "women", "men")}
    achieved_on = pd.to_datetime(rows["code"].map(known["reference_date"].to_dict()))
    joined = rows.assign(**said, achieved_on=achieved_on)
    reached = [share_reached(*each) for each in joined[["baseline", "target", "achieved"]].itertuples(index=False)]
    time = [share_of_time(_day(row["baseline_date"]), _day(row["target_date"]), day) for row in joined.to_dict("records")]
    tracks = [track_result(*each).value for each in zip(reached, time, strict=True)]
    return joined.assign(reached=reached, time=time, track=tracks)


def build_logframe(view: View, day: date, before: date | None = None) -> list[Block]:
    """The table; with what had been reached on an earlier day, where one is given."""
    t, rows = view.t, read_results(view, day)
    earlier = {} if before is None else reached_by(read_rows(view, ACHIEVEMENTS, before), before)["achieved"].to_dict()
    named = _COLUMNS if before is None else (*_COLUMNS[:4], ("achieved_before", 1, "end"), *_COLUMNS[4:])
    cells = [_cells(view, row) for row in rows.to_dict("records")]
    if before is not None:
        said = [t.number(earlier.get(code)) for code in rows["code"]]
        cells = [[*row[:4], figure, *row[4:]] for row, figure in zip(cells, said, strict=True)]
    lead = [Paragraph(state_results(view, rows), "lead")] if len(rows) else []
    return [*lead, *table_of(t, t("results.logframe", day=t.date(day)), named, cells, rows)]


def state_results(view: View, rows: pd.DataFrame) -> str:
    """How many indicators are reached, on the way, late, and not to be told."""
    counts = Counter(rows["track"])
    return view.t(
        "results.logframe_finding",
        all=len(rows),
        done=counts[Track.DONE],
        on_track=counts[Track.ON_TRACK],
        late=counts[Track.LATE],
        unknown=counts[Track.UNKNOWN],
    )


def read_donor_outputs(view: View, day: date) -> pd.DataFrame:
    """Common output indicators of donors on a day: the columns of the register, ``counted`` (the codes that count),
    ``achieved, women, men``: sums over them, missing where one of them is not known."""
    rows = read_rows(view, DONOR_OUTPUTS, day)
    results = read_results(view, day).set_index("code")[["achieved", "women", "men"]]
    codes = rows["results"].str.split()
    sums = [results.reindex(listed).sum(min_count=len(listed)) for listed in codes]
    return pd.concat([rows, pd.DataFrame(sums, index=rows.index, columns=results.columns)], axis=1).assign(counted=codes)


def build_donor_outputs(view: View, day: date) -> list[Block]:
    """Common output indicators with the sum of the results that count for each; every one says whether somebody confirmed it."""
    t, rows = view.t, read_donor_outputs(view, day)
    cells = [_donor_cells(view, row) for row in rows.to_dict("records")]
    heading = t("results.donor_outputs")
    return [*table_of(t, heading, _DONOR_COLUMNS, cells, rows), Paragraph(t("results.donor_note"), "small")]


def _cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    beside = t("sign.between").join(part for part in (write_by_sex(view, row), _on(view, row)) if part)
    return [
        first_cell(row, row["code"], t),
        Cell(row["indicator"], t("results.of_unit", unit=row["unit"], result=row["result"])),
        t.number(row["baseline"]),
        Cell(t.number(row["target"]), write_day(row["target_date"], t) if row["target_date"] else ""),
        Cell(t.number(row["achieved"]), beside),
        t.percent(row["reached"]),
        t(f"results.track_{row['track']}"),
    ]


def _on(view: View, row: Row) -> str:
    return "" if pd.isna(row["achieved_on"]) else view.t.date(row["achieved_on"].date())


def _donor_cells(view: View, row: Row) -> list[Cell | str]:
    t = view.t
    named = t("sign.between").join(part for part in (row["donor"], write_origin(row, t)) if part)
    return [
        Cell(row["indicator"], named),
        Cell(t.number(row["achieved"]), write_by_sex(view, row)),
        t("sign.comma").join(row["counted"]),
        Cell(write_word(view, "verified", row["verified"]), row["source"]),
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
