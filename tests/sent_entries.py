"""What people wrote, as rows of the files that take it in: one good row a kind, sent and read back."""

import csv
import io

from data.importing.accept import accept_import, prepare_for_store
from data.initialise import initialise
from data.records.entry_store import read_entries
from data.records.table import KINDS, entry_kinds
from data.store import Store

TIZI, OTHER = "09.541.04.67", "09.541.01.13"


def tables(store):
    with store.open() as connection:
        return {kind.id: read_entries(connection, kind) for kind in entry_kinds()}


def fresh(tmp_path):
    again = Store(tmp_path / "again")
    initialise(again, reference=False)
    return again


def send(store, content, name="decisions.csv"):
    report = prepare_for_store(store, content, name)
    if report.is_acceptable:
        accept_import(store, content, report)
    return report


def as_csv(table, *rows):
    target = io.StringIO()
    lines = csv.DictWriter(target, KINDS[table].columns)
    lines.writeheader()
    lines.writerows(rows)
    return target.getvalue().encode()


TIZI = "09.541.04.67"

DECISION = {
    "decision_id": "0" * 32, "subject": TIZI, "question": "why", "reference_date": "2025-08-01", "text": "Louer deux salles",
    "responsible": "Conseil communal", "due_date": "", "base_snapshot_id": "s", "noted_at": "2025-09-01 10:00:00", "withdrawn_at": "",
}  # fmt: skip
NOTE = {
    "commune_code": TIZI,
    "author_role": "president",
    "note": "Une école a rouvert.",
    "written_at": "2025-09-01 10:00:00",
}
SCENARIO = {
    "name": "Le nôtre", "definition": '{"id": "own:x"}', "base_snapshot_id": "s", "base_figures": "{}",
    "saved_at": "2025-09-01 10:00:00.5",
}  # fmt: skip


TEXT = {
    "commune_code": TIZI,
    "language": "fr",
    "chapter": "context",
    "words": "Un.\n\nDeux.",
    "written_at": "2025-09-01 10:00:00",
}
VERSION = {
    "commune_code": TIZI, "version": "1", "scenario": '{"id": "trend"}', "assumptions": '{"census": "counted"}',
    "reference_date": "2025-08-01", "remark": "", "base_snapshot_id": "s", "base_figures": "{}", "saved_at": "2025-09-01 10:00:00",
}  # fmt: skip
FACT = {
    "fact_id": "", "place": "province", "indicator": "dwellings_completed", "reference_date": "2025-11-01", "value": "12000",
    "source": "https://example.org/1", "noted_at": "", "withdrawn_at": "",
}  # fmt: skip
GOOD = {"decisions": DECISION, "commune_notes": NOTE, "scenarios": SCENARIO, "plan_texts": TEXT, "plan_versions": VERSION,
        "reconstruction_facts": FACT}  # fmt: skip
