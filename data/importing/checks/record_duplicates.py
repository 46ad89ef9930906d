"""The same record twice: once is enough when both agree; when they do not, neither is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from data.importing.findings import Finding, Severity


def check(rows: pd.DataFrame, sheet: Mapping[str, str], key: Sequence[str], said: Sequence[str]) -> list[Finding]:
    """Errors: every row of a contradiction; every row after the first of an agreement, as a repetition.

    Args:
        sheet: name of the kind of sheet in each language.
        key: columns that make two rows speak of the same thing.
        said: columns in which they must then agree.
    """
    repeated = rows[rows.duplicated(list(key), keep=False)]
    findings = []
    for _, group in repeated.groupby(list(key), sort=False):
        agrees = len(group[list(said)].drop_duplicates()) == 1
        aside = group.iloc[1:] if agrees else group
        name = "record_repeated" if agrees else "record_contradicted"
        findings.append(Finding(name, Severity.ERROR, tuple(aside["cell"]), tuple(aside.index), {"sheet": dict(sheet)}))
    return findings
