"""What a file holds that its sender may not write: rows of other communes, figures and kinds of records of other roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from data.i18n import LANGUAGES, Translator
from data.importing.findings import Finding, Severity
from data.importing.report import ImportReport, no_observations
from data.people.permissions import writes
from data.people.roles import Right
from data.people.viewer import Person
from data.records.sheet_kind import SheetKind
from data.records.table import KINDS
from data.store_error import StoreError

_COMMUNE = "commune_code"


def refuse_what_is_not_own(report: ImportReport, person: Person, in_force: Mapping[str, pd.DataFrame]) -> ImportReport:
    """The report as it is, or refused whole with the cells that its sender may not write.

    Args:
        in_force: records of every commune in force by kind: the id of a facility belongs to the commune that has it.
    """
    finding = _find_figures(report, person) or _find_kind(report, person) or _find_foreign(report, person, in_force)
    if finding is None or report.refusal is not None:
        return report
    return ImportReport(report.file_name, report.sha256, no_observations(), (), 0, finding)


def communes_of(report: ImportReport, person: Person) -> tuple[str, ...] | None:
    """The communes that an import touches, as the store asks of one who writes for some only; None for everybody else.

    A movement is its sender's where one of its ends is; the other end is named, not written.

    Raises:
        StoreError: the file holds figures, or a kind of record, that the role does not write.
    """
    if _find_figures(report, person) or _find_kind(report, person):
        raise StoreError("store.role_may_not")
    own = person.viewer.communes
    if own is None:
        return None
    touched = set(report.observations[_COMMUNE])
    for name, rows in report.records.items():
        ends = _ends(name)
        found = rows[ends].isin(own).any(axis=1) if ends else pd.Series(False, index=rows.index)
        touched |= set(own) if found.any() else set()
        touched |= set() if found.all() else {""}
    return tuple(sorted(touched))


def _find_figures(report: ImportReport, person: Person) -> Finding | None:
    """Monthly figures in a file of a role that sends records alone; a token for files sends whatever its role may."""
    if report.observations.empty or person.viewer.may(Right.FIGURES):
        return None
    labels = {language: Translator(language)("check.monthly_figures") for language in LANGUAGES}
    return Finding("role_writes_not", Severity.ERROR, tuple(_cells(report.observations)), values={"kind": labels})


def _find_kind(report: ImportReport, person: Person) -> Finding | None:
    """The first kind of record in the file that the role does not write."""
    for name, rows in report.records.items():
        if len(rows) and not writes(person, KINDS[name]):
            labels = {language: KINDS[name].label(Translator(language)) for language in LANGUAGES}
            return Finding("role_writes_not", Severity.ERROR, tuple(_cells(rows)), values={"kind": labels})
    return None


def _find_foreign(report: ImportReport, person: Person, in_force: Mapping[str, pd.DataFrame]) -> Finding | None:
    own = person.viewer.communes
    if own is None:
        return None
    observed = report.observations
    cells = list(_cells(observed[~observed[_COMMUNE].isin(own)]))
    for name, rows in report.records.items():
        ends = _ends(name)
        foreign = ~rows[ends].isin(own).any(axis=1)
        cells += _cells(rows[foreign | _of_another(name, rows, own, in_force)])
    return Finding("commune_not_own", Severity.ERROR, tuple(cells)) if cells else None


def _ends(name: str) -> list[str]:
    """The columns that say whose a record is."""
    kind = KINDS[name]
    return list(kind.seen_from) if isinstance(kind, SheetKind) else [_COMMUNE]


def _of_another(name: str, rows: pd.DataFrame, own: tuple[str, ...], in_force: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Rows that give themselves the id of another commune's record."""
    kind, nothing = KINDS[name], pd.Series(False, index=rows.index)
    if not isinstance(kind, SheetKind) or set(kind.seen_from) <= set(kind.key) or name not in in_force:
        return nothing
    known, identity = in_force[name], [column for column in kind.key if column != "reference_date"]
    theirs = known[~known[list(kind.seen_from)].isin(own).any(axis=1)][identity]
    taken = set(theirs.itertuples(index=False, name=None))
    return pd.Series([key in taken for key in rows[identity].itertuples(index=False, name=None)], index=rows.index)


def _cells(rows: pd.DataFrame) -> Iterator[str]:
    """Where the rows stand in the file; an entry, which has no cell of its own, by the commune that it is of."""
    for row in rows.to_dict("records"):
        yield str(row.get("cell") or row.get(_COMMUNE) or "")
