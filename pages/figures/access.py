"""Access of every commune to a service in a month: what is known of the ground, handed to ``analytics.access_profile``."""

from __future__ import annotations

import pandas as pd

from analytics.access_profile import AccessRule, Places, describe_access
from analytics.model import Sector
from data.reference_files import read_douar_distances
from geo.boundaries import neighbour_matrix
from geo.distances import kilometres_between
from pages.figures.figures import Figures

# With the census figures of a store come the distances of its douars.
CENSUS_DISTANCE = "health_centre_km_mean"


def services_with_access(figures: Figures) -> tuple[Sector, ...]:
    """The services of which the definitions say how access is measured (``definitions/access.yaml``)."""
    return tuple(sector for sector in figures.services if sector in figures.definition_set.access)


def read_access(figures: Figures, sector: Sector, month: pd.Timestamp) -> pd.DataFrame:
    """Access of each commune to one service (columns of ``describe_access``), indexed by commune; kept with the figures.

    Raises:
        KeyError: the definitions do not say how access to this service is measured.
    """
    rule = figures.definition_set.access[sector]
    return figures.of_whole(f"access {sector}", month, lambda whole: _measure(whole, rule, month))


def _measure(figures: Figures, rule: AccessRule, month: pd.Timestamp) -> pd.DataFrame:
    people, supply = (figures.column(name, month).to_numpy() for name in (rule.people, rule.supply))
    return describe_access(rule, figures.of_month(rule.indicator, month), people, supply, _places(figures, month))


def _places(figures: Figures, month: pd.Timestamp) -> Places:
    """Douars, neighbours, and the newest state of each facility known by the month."""
    facilities = figures.facilities()
    known = facilities[pd.to_datetime(facilities["reference_date"]) <= month]
    newest = known.sort_values("reference_date").drop_duplicates("facility_id", keep="last").reset_index(drop=True)
    centres = figures.communes.loc[list(figures.territory)]
    kilometres = kilometres_between(
        centres["centroid_lat"], centres["centroid_lng"], newest["latitude"], newest["longitude"]
    )
    douars = read_douar_distances(figures.province)
    has_census = figures.column(CENSUS_DISTANCE, month).notna().any()
    return Places(
        douars if has_census else douars.iloc[:0],
        neighbour_matrix(figures.province.layer, figures.territory),
        newest,
        kilometres,
    )
