"""Documents that prove figures, in words: the list; for an auditor each indicator of a month with the files and documents behind."""

from __future__ import annotations

import pandas as pd

from analytics.demand import observed_variables
from data.records.figure_proofs import FigureProof
from pages.figures.collection import read_files
from pages.words.view import View

SHORT_HASH = 12


def list_proofs(view: View) -> list[dict[str, str]]:
    """One row a document of the chosen territory, the newest first."""
    t, codes = view.t, set(view.codes)
    return [
        {
            "commune": view.name(proof.draft.commune_code),
            "title": proof.draft.title,
            "date": t.date(proof.draft.document_date),
            "kept_at": proof.draft.kept_at,
            "file": proof.file_name or proof.draft.upload_id,
            "sha256": proof.draft.sha256,
            "noted": t("sign.between").join((t.date(proof.noted_at.date()), t(f"role.{proof.role}"))),
        }
        for proof in view.figures.records.proofs
        if proof.draft.commune_code in codes
    ]


def find_document(view: View, sha256: str) -> list[FigureProof]:
    """Where a document is recorded already."""
    return [proof for proof in view.figures.records.proofs if proof.draft.sha256 == sha256]


def uploads_of(view: View, commune: str) -> dict[str, str]:
    """The files that brought the figures of a commune in the chosen month: name by id."""
    rows = read_files(view.figures, view.chosen.month)
    own = rows[rows["commune_code"] == commune]
    return dict(zip(own["upload_id"], own["file_name"], strict=True))


def list_by_indicator(view: View, commune: str) -> list[dict[str, object]]:
    """For an auditor: each indicator of a commune in the chosen month, how many of its figures were sent, the files that they
    came in and the documents recorded beside these."""
    return [
        _indicator_row(view, commune, indicator_id, read_files(view.figures, view.chosen.month))
        for indicator_id in _asked(view)
    ]


def build_proof_table(view: View) -> pd.DataFrame:
    """Every commune, indicator and document of the chosen month as a row, an indicator without a document too."""
    t, files, rows = view.t, read_files(view.figures, view.chosen.month), []
    for commune in [code for code in view.codes if code in set(files["commune_code"])]:
        for indicator_id in _asked(view):
            row = _indicator_row(view, commune, indicator_id, files)
            for document in row["documents"] or [{}]:  # type: ignore[attr-defined]
                said = [document.get(name, "") for name in ("title", "date", "kept_at", "sha256")]
                rows.append((commune, view.name(commune), indicator_id, row["label"], row["files"], *said))
    names = ("column.commune_code", "column.commune_name", "column.indicator_id", "column.indicator_label", "proofs.file",
             "proofs.document", "proofs.date", "proofs.kept_at", "proofs.sha256")  # fmt: skip
    return pd.DataFrame(rows, columns=[t(name) for name in names])


def _asked(view: View) -> list[str]:
    return [i.id for i in view.figures.definitions.indicators.values() if i.sector in view.figures.services]


def _indicator_row(view: View, commune: str, indicator_id: str, files: pd.DataFrame) -> dict[str, object]:
    t, indicator = view.t, view.figures.definitions.indicators[indicator_id]
    behind = files[(files["commune_code"] == commune) & files["variable"].isin(observed_variables(indicator.variables))]
    uploads = set(behind["upload_id"])
    proofs = [p for p in view.figures.records.proofs if p.draft.commune_code == commune and p.draft.upload_id in uploads]
    return {
        "id": indicator_id,
        "label": t.label(indicator.labels),
        "figures": len(behind),
        "files": t("sign.comma").join(dict.fromkeys(behind["file_name"])),
        "documents": [
            {
                "title": proof.draft.title,
                "date": t.date(proof.draft.document_date),
                "kept_at": proof.draft.kept_at,
                "sha256": proof.draft.sha256,
            }
            for proof in proofs
        ],
    }
