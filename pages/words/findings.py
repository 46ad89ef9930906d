"""What the checks of an import say, as rows of a table."""

from __future__ import annotations

from data.i18n import Translator
from data.importing.findings import Finding


def finding_row(finding: Finding, t: Translator) -> dict[str, str]:
    """A finding as a row of the table."""
    kind = "question" if finding.is_question else finding.severity.value
    return {
        "severity": "warning" if finding.is_question else finding.severity.value,
        "kind": t(f"check.severity.{kind}"),
        "where": finding.first_cells,
        "more": finding.more_cells(t),
        "what": finding.message(t),
        "remedy": finding.remedy(t),
    }
