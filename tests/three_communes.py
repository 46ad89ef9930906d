"""Three communes that reported one month to a store without demonstration: what a deployment looks like in its first week."""

from data.importing.accept import accept_import, prepare_for_store
from data.loaders.today import load_variables
from data.store import Snapshot, Store
from tests.workbooks import write_workbook

COMMUNES = ("Tizi N'Test", "Aoulouz", "Tafingoult")
CODES = ("09.541.04.67", "09.541.01.02", "09.541.04.49")
MONTH = "2026-10"
FIGURES = {
    "pupils_primary": (420, 2600, 610), "pupils_college": (0, 1400, 150), "pupils_lycee": (0, 900, 0),
    "classrooms_functional_primary": (9, 70, 18), "classrooms_functional_college": (0, 36, 5),
    "classrooms_functional_lycee": (0, 24, 0),
    "teachers_primary": (12, 90, 22), "teachers_college": (0, 60, 9), "teachers_lycee": (0, 48, 0),
    "primary_care_facilities_functional": (1, 2, 1), "doctors": (0, 3, 1), "nurses": (2, 9, 2), "midwives": (0, 2, 1),
    "health_opening_days": (20, 22, 21), "outpatient_visits": (310, 2400, 420), "registry_agents_fte": (1, 4, 1),
    "registry_opening_days": (22, 22, 22), "registry_requests": (340, 1500, 280), "registry_backlog": (60, 20, 5),
    "displaced_persons": (900, 120, 400),
}  # fmt: skip


def report(store: Store) -> Snapshot:
    """Import their workbook."""
    labels = {v.id: v.labels["fr"] for v in load_variables().values()}
    rows = [["Commune", "Mois", *(labels[name] for name in FIGURES)]]
    rows += [[name, MONTH, *(values[at] for values in FIGURES.values())] for at, name in enumerate(COMMUNES)]
    content = write_workbook(rows)
    return accept_import(store, content, prepare_for_store(store, content, "trois-communes.xlsx"))
