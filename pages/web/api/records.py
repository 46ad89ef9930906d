"""Tables of what was reported: observations, movements, facilities; small counts withheld for everybody, files named to some roles."""

from __future__ import annotations

import pandas as pd

from analytics.demand import FLOW_COLUMNS
from analytics.disclosure import protect_counts, protect_rows
from analytics.model import Status
from data import queries
from data.people.roles import Right
from pages.address.assumptions import LENS
from pages.figures.figures import Figures
from pages.web.api.parameters import DHIS2, PLAIN_FORMS, SDMX_CSV, Question
from pages.web.api.resource import Resource

_LINEAGE = ("provenance", "reliability", "source", "upload_id", "cell")
_OBSERVATIONS = ("commune_code", "reference_date", "variable", "value", "unit", "status", *_LINEAGE)
_MOVEMENTS = ("reference_date", "kind", "origin_code", "destination_code", "home_code", "persons", "status", *_LINEAGE)
_FACILITIES = (
    "facility_id", "commune_code", "reference_date", "sector", "kind", "name", "latitude", "longitude", "capacity",
    "capacity_unit", "functional_status", "status_reason", *_LINEAGE,
)  # fmt: skip
_OF_FILES = ("upload_id", "cell")


def _observations(question: Question) -> pd.DataFrame:
    """The figures in force of a month: what was sent, protected as everything that leaves."""
    figures = question.figures
    sent = figures.read(queries.read_observations_of_month, question.month)
    asked = sent["commune_code"].isin(question.communes) & sent["variable"].isin(question.variables)
    shown = protect_rows(sent[asked], figures.assessment.panel, figures.definition_set.disclosure)
    units = {name: variable.unit for name, variable in figures.definition_set.variables.items()}
    return _without_files(figures, _dated(shown).assign(unit=shown["variable"].map(units)))[list(_OBSERVATIONS)]


def _movements(question: Question) -> pd.DataFrame:
    """The movements in force that touch the communes asked for, each count protected like the flows that it adds up to."""
    figures = question.figures
    found = figures.read(queries.read_movements)
    touched = found["origin_code"].isin(question.communes) | found["destination_code"].isin(question.communes)
    found = found[touched]
    rule = figures.definition_set.disclosure[FLOW_COLUMNS[0]]
    persons, withheld = protect_counts(found["persons"].to_numpy(dtype=float), rule)
    shown = found.assign(persons=persons, status=found["status"].where(~withheld, Status.SUPPRESSED.value))
    return _without_files(figures, _dated(shown))[list(_MOVEMENTS)]


def _facilities(question: Question) -> pd.DataFrame:
    figures = question.figures
    found = figures.facilities()
    columns = found.reindex(columns=list(_FACILITIES))
    return _without_files(figures, _dated(columns[columns["commune_code"].isin(question.communes)]))


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(reference_date=pd.DatetimeIndex(table["reference_date"]).strftime("%Y-%m-%d"))


def _without_files(figures: Figures, table: pd.DataFrame) -> pd.DataFrame:
    """Files and cells are told to the roles that are told of files."""
    return table if figures.viewer.may(Right.CELLS) else table.assign(**dict.fromkeys(_OF_FILES, ""))


OBSERVATIONS = Resource(
    "observations",
    "observations",
    _OBSERVATIONS,
    _observations,
    ("date", "variable", "commune", LENS),
    (*PLAIN_FORMS, SDMX_CSV, DHIS2),
)
MOVEMENTS = Resource("movements", "movements", _MOVEMENTS, _movements, ("commune", LENS))
FACILITIES = Resource("facilities", "facilities", _FACILITIES, _facilities, ("commune", LENS))
