"""The SQL that analytics and screens see: each file beside this one, run with bound parameters only.

Every query takes the viewer's territory, so that what a person may see is a value and no page can forget it. Those that read figures
take the lens too: whether the simulated example is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from analytics.assumptions import FigureKinds
from analytics.model import Provenance
from analytics.observations import Observations
from data.frames import Territory, read_frame
from data.keeping import coded
from data.records.actions import ACTIONS
from data.records.actors import ACTORS
from data.records.displaced_sites import DISPLACED_SITES
from data.records.facilities import FACILITIES
from data.records.movements import MOVEMENTS
from data.records.sheet_store import list_uploads, read_in_force
from data.records.table import sheet_kinds

__all__ = ["Territory"]

FOLDER = Path(__file__).parent


@cache
def _sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _frame(cursor: duckdb.DuckDBPyConnection, name: str, territory: Territory, **values: object) -> pd.DataFrame:
    return read_frame(cursor, _sql(name), territory=list(territory), **values)


def _seen(kinds: FigureKinds) -> str:
    """The kind of figure that a lens leaves out, as a value to compare with; none is called that where it leaves out nothing."""
    return Provenance.DEMONSTRATION.value if kinds is FigureKinds.REAL else ""


def whole_territory(cursor: duckdb.DuckDBPyConnection) -> Territory:
    """Codes of every commune of the store: the territory of a viewer without restriction."""
    return tuple(row[0] for row in cursor.execute("SELECT commune_code FROM commune ORDER BY commune_code").fetchall())


def read_communes(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """The communes of a territory: code, names, area type, cercle, comparison group, programme flag, centroid."""
    return _frame(cursor, "communes", territory)


def read_observations(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, *, kinds: FigureKinds = FigureKinds.ALL
) -> pd.DataFrame:
    """The figures in force, long: ``commune_code, reference_date, variable, value, status, provenance, reliability, source,
    cell, upload_id``."""
    return _frame(cursor, "observations", territory, left_out=_seen(kinds))


def read_observations_of_month(
    cursor: duckdb.DuckDBPyConnection,
    territory: Territory,
    month: pd.Timestamp,
    *,
    kinds: FigureKinds = FigureKinds.ALL,
) -> pd.DataFrame:
    """The figures in force that describe one month, or a census of that month: the columns of ``read_observations``."""
    return _frame(cursor, "observations_of_month", territory, month=month.to_pydatetime(), left_out=_seen(kinds))


def read_coded(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, *, kinds: FigureKinds = FigureKinds.ALL
) -> Observations:
    """Every figure of a territory as ranks (``data.keeping.coded``)."""
    found = coded.read_coded(cursor, territory)
    return found.without(Provenance.DEMONSTRATION) if kinds is FigureKinds.REAL else found


def read_monthly(cursor: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Ids of the variables that are reported month by month, as the snapshot knows them."""
    return frozenset(row[0] for row in cursor.execute("SELECT variable FROM variable WHERE frequency = 'month'").fetchall())


def read_values(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """Of the figures in force only what new ones are compared with: ``commune_code, reference_date, variable, value, provenance``."""
    return _frame(cursor, "values", territory)


def read_values_near(
    cursor: duckdb.DuckDBPyConnection,
    territory: Territory,
    communes: Sequence[str],
    months: tuple[date, date],
    variables: Sequence[str],
    always: Sequence[str] = (),
) -> pd.DataFrame:
    """The figures in force of some communes, months and variables, and those of ``always`` of every commune and month:
    ``commune_code, reference_date, variable, value, provenance``."""
    named = {"communes": list(communes), "variables": list(variables), "always": list(always)}
    return _frame(cursor, "values_near", territory, first=months[0], last=months[1], **named)


def read_months(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, *, kinds: FigureKinds = FigureKinds.ALL
) -> list[pd.Timestamp]:
    """Months for which a commune reported anything, oldest first."""
    return list(pd.DatetimeIndex(_frame(cursor, "months", territory, left_out=_seen(kinds))["reference_date"]))


def read_trace(
    cursor: duckdb.DuckDBPyConnection,
    territory: Territory,
    commune_code: str,
    variables: Sequence[str],
    *,
    kinds: FigureKinds = FigureKinds.ALL,
) -> pd.DataFrame:
    """The observations of a commune behind a figure, with the file and the cell that each came from."""
    values = {"commune_code": commune_code, "variables": list(variables), "left_out": _seen(kinds)}
    return _frame(cursor, "observations_of_commune", territory, **values)


def read_month_figures(cursor: duckdb.DuckDBPyConnection, territory: Territory, month: date) -> dict[str, str]:
    """A digest of the figures of a month by commune, of those that have any of their own (no demonstration): two are the same
    where every figure and status is."""
    values = {"month": month, "monthly": "month", "demonstration": Provenance.DEMONSTRATION.value}
    frame = _frame(cursor, "month_figures", territory, **values)
    return dict(zip(frame["commune_code"], frame["figures"], strict=True))


def read_freshness(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """By sheet: figures, how many are demonstration, latest real date, communes with real figures
    (``analytics.observations.Observations.count_by_sheet``). Of ranks: to sort the texts of a country takes minutes."""
    catalogue = read_variables(cursor).set_index("variable")["sheet"]
    return coded.read_coded(cursor, territory).count_by_sheet(catalogue.to_dict())


def read_movements(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, *, kinds: FigureKinds = FigureKinds.ALL
) -> pd.DataFrame:
    """The movements in force whose origin or destination lies in the territory: ``reference_date, kind, origin_code,
    destination_code, home_code, persons, status, provenance, reliability, source, cell, upload_id``; a code is ``outside``
    for people from, or gone, outside the province. Empty for a snapshot made before movements existed."""
    found = read_in_force(cursor, MOVEMENTS, territory)
    return found[found["provenance"] != _seen(kinds)].reset_index(drop=True)


def read_facilities(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, *, kinds: FigureKinds = FigureKinds.ALL
) -> pd.DataFrame:
    """What is known of the facilities of a territory, one row a facility and date: ``facility_id, commune_code, sector, kind,
    name, latitude, longitude, capacity, capacity_unit, functional_status, status_reason, reference_date, provenance,
    reliability, source, cell, upload_id``. Empty for a snapshot made before facilities existed."""
    found = read_in_force(cursor, FACILITIES, territory)
    return found[found["provenance"] != _seen(kinds)].reset_index(drop=True)


def read_displaced_sites(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, *, kinds: FigureKinds = FigureKinds.ALL
) -> pd.DataFrame:
    """What is known of the sites of displaced people of a territory, one row a site and date: ``site_id, commune_code, site_name,
    latitude, longitude, households, persons, status, reference_date, provenance, reliability, source, cell, upload_id``. Empty for a
    snapshot made before sites existed."""
    found = read_in_force(cursor, DISPLACED_SITES, territory)
    return found[found["provenance"] != _seen(kinds)].reset_index(drop=True)


def read_support(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Actors and actions in force, those of a cercle or of the whole province too, the newest last: the columns of their kinds;
    ``reported_on`` is the day of the upload where none was given, ``title`` that of the upload. Empty in an older snapshot."""
    uploads = read_frame(cursor, "SELECT upload_id, upload_number, uploaded_at, title FROM upload").set_index("upload_id")
    actors, actions = (
        found.join(uploads, on="upload_id").sort_values("upload_number", kind="stable", ignore_index=True)
        for found in (read_in_force(cursor, kind, territory) for kind in (ACTORS, ACTIONS))
    )
    return tuple(
        found.assign(reported_on=found["reported_on"].fillna(found["uploaded_at"].dt.normalize()))
        for found in (actors, actions)
    )


def read_uploads(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """Uploads that touched the territory, newest first, with rows kept and set aside."""
    values = {"territory": list(territory)}
    touching = [row[0] for row in cursor.execute(_sql("uploads_of_observations"), values).fetchall()]
    for kind in sheet_kinds():
        touching += list_uploads(cursor, kind, territory)
    return read_frame(cursor, _sql("uploads"), uploads=touching)


def read_figures_basis(cursor: duckdb.DuckDBPyConnection, actions_without_figures: Iterable[str]) -> str:
    """Id of the latest snapshot, among this one and those before it, that may have changed a figure.

    Args:
        actions_without_figures: the actions that change none (``data.records.table``).
    """
    rows = cursor.execute(_sql("figures_basis"), {"actions": sorted(actions_without_figures)}).fetchall()
    assert rows, "every snapshot knows where it comes from"
    return str(rows[0][0])


def read_variables(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The variable catalogue as it stood when the snapshot was made."""
    return read_frame(cursor, _sql("variables"))


def read_norms(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The dated norms as they stood when the snapshot was made."""
    return read_frame(cursor, _sql("norms"))


def read_sources(
    cursor: duckdb.DuckDBPyConnection,
    territory: Territory,
    month: pd.Timestamp,
    *,
    kinds: FigureKinds = FigureKinds.ALL,
) -> pd.DataFrame:
    """Where the monthly figures of one month come from: ``commune_code, variable, provenance, source, file_name,
    reference_date``; no value."""
    values = {"month": month.to_pydatetime(), "monthly": "month", "left_out": _seen(kinds)}
    return _frame(cursor, "sources_of_month", territory, **values)


def read_sources_together(
    cursor: duckdb.DuckDBPyConnection,
    territory: Territory,
    months: Sequence[pd.Timestamp],
    *,
    kinds: FigureKinds = FigureKinds.ALL,
) -> pd.DataFrame:
    """The same of some months and of all communes together, each once and without a commune."""
    values = {"months": [month.date() for month in months], "monthly": "month", "left_out": _seen(kinds)}
    return _frame(cursor, "sources_of_months_together", territory, **values)


def read_sources_not_monthly(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, *, kinds: FigureKinds = FigureKinds.ALL
) -> pd.DataFrame:
    """Where the figures that are not monthly come from, which are the same in every month: the columns of ``read_sources``."""
    return _frame(cursor, "sources_not_monthly", territory, monthly="month", left_out=_seen(kinds))


def read_receipts(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """When figures of communes came, of files that were sent in: ``commune_code, reference_date, sheet, first_at, last_at`` (UTC). A
    file that is sent again counts from then."""
    values = {"monthly": "month", "demonstration": Provenance.DEMONSTRATION.value, "kind": "import"}
    return _frame(cursor, "receipts", territory, **values)


def read_other_sources(cursor: duckdb.DuckDBPyConnection, territory: Territory, month: date) -> pd.DataFrame:
    """Figures of a month that came with another provenance than the one in force: ``commune_code, variable, value``, the newest of
    each; none of demonstration."""
    values = {"month": month, "monthly": "month", "demonstration": Provenance.DEMONSTRATION.value}
    return _frame(cursor, "other_sources", territory, **values)


def read_figure_in_force(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, month: date, variable: str
) -> pd.DataFrame:
    """The figure in force of a variable and month, with all that an observation has; no row where there is none but demonstration."""
    values = {"month": month, "variable": variable, "demonstration": Provenance.DEMONSTRATION.value}
    return _frame(cursor, "figure_in_force", territory, **values)


def read_uploads_of_month(cursor: duckdb.DuckDBPyConnection, territory: Territory, month: date) -> pd.DataFrame:
    """The file behind each figure in force of a month: ``commune_code, variable, upload_id, file_name``; none of demonstration."""
    values = {"month": month, "monthly": "month", "demonstration": Provenance.DEMONSTRATION.value}
    return _frame(cursor, "uploads_of_month", territory, **values)
