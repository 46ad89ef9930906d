"""A store in which every free text that people can write, and the name of a file, is the same one."""

import shutil
from datetime import date
from pathlib import Path

from data.loaders.today import load_library
from data.queries import read_month_figures
from data.records.commune_notes import write_note
from data.records.decisions import Draft, note_decision
from data.records.scenarios import save_scenario
from data.records.sign_offs import return_month, submit_month
from data.records.table import KINDS
from data.store import Store
from tests.sent_figures import TIZI, send_month
from tests.territories import TAROUDANNT

MONTH = date(2025, 9, 1)
# What records that come as files hold of free text; others name their checks.
OF_FILES = {
    "support_actor": ("name_fr", "name_ar", "focal_function", "source"),
    "support_action": ("partner", "activity", "douar", "stop_reason", "funder", "verification", "source"),
    "movement": ("source",),
}
# Checks of fields that hold whatever is typed.
FREE = ("sentence", "several_lines")


def list_free_texts() -> list[tuple[str, str]]:
    """Table and column of whatever people write in their own words."""
    typed = [
        (kind.table, field.id)
        for kind in KINDS.values()
        for field in getattr(kind, "fields", ())
        if getattr(getattr(field, "check", None), "__qualname__", "").split(".")[0] in FREE
    ]
    return [*typed, *((table, field) for table, fields in OF_FILES.items() for field in fields)]


def store_of_typed(built: Path, root: Path, typed: str) -> Store:
    """A copy of a built store to which people wrote ``typed``, behind whatever would have read it."""
    shutil.copytree(built, root)
    store = Store(root)
    send_month(store, 1250)
    with store.open() as connection:
        seen = read_month_figures(connection.cursor(), (TIZI,), MONTH)[TIZI]
    submit_month(store, TIZI, MONTH, seen)
    return_month(store, TIZI, MONTH, seen, "Un motif.")
    write_note(store, TIZI, "president", "Une note.")
    note_decision(store, Draft(TIZI, "where", MONTH, "Une décision.", "Le guichet"), store.snapshot_id())
    # Its name is written below, as all words are: a name of eighty characters at most.
    save_scenario(store, "Le nôtre", load_library(TAROUDANNT)["hard_winter"], store.snapshot_id(), {})
    with store.write("note") as connection:
        for table, field in list_free_texts():
            connection.execute(f"UPDATE {table} SET {field} = $typed WHERE {field} <> ''", {"typed": typed})
        connection.execute("UPDATE upload SET file_name = $typed || '.xlsx' WHERE kind = 'import'", {"typed": typed})
    return store
