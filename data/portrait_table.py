"""Everything that is measured of the communes of a territory, one row a commune: what a portrait is made from, with no monthly
figure in it; each column knows its source and date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd

from analytics.portrait import derive
from data.province import Province
from data.reference_files import list_reference_names, read_communes, read_reference_files, read_source

DAILY_LIFE = "daily_life"


@dataclass(frozen=True, eq=False)
class PortraitTable:
    """``values`` by commune: columns are variables with the year of their date (``population_2024``); ``sources`` says of each whose
    figure it is."""

    values: pd.DataFrame
    sources: dict[str, str]

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """The columns as arrays: a portrait reads two hundred of them."""
        return {str(name): column.to_numpy(dtype=float) for name, column in self.values.items()}

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row of each commune in these arrays."""
        return {str(code): row for row, code in enumerate(self.values.index)}

    def has(self, names: Iterable[str]) -> bool:
        """Whether there are columns of all these names."""
        return all(name in self.arrays for name in names)


@cache
def read_portrait_table(province: Province) -> PortraitTable:
    """The reference tables of a territory side by side; what has no table has no column."""
    codes = list(read_communes(province)["commune_code"])
    columns: dict[str, pd.Series] = {}
    sources: dict[str, str] = {}
    for file in read_reference_files(province):
        for (variable, day), rows in file.observations.groupby(["variable", "reference_date"]):
            name = f"{variable}_{pd.Timestamp(day).year}"
            columns[name] = rows.set_index("commune_code")["value"]
            sources[name] = str(file.source["attribution"])
    if DAILY_LIFE in list_reference_names(province):
        table = pd.read_csv(province.reference / f"{DAILY_LIFE}.csv", dtype={"commune_code": str}).set_index("commune_code")
        columns |= {str(name): table[name] for name in table.columns}
        sources |= dict.fromkeys(map(str, table.columns), str(read_source(province, DAILY_LIFE)["attribution"]))
    return PortraitTable(derive(pd.DataFrame(columns).reindex(codes)), sources)
