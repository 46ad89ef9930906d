"""Result rows by id, each table made when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from analytics.assessment import Assessment


class ResultFrames(Mapping[str, pd.DataFrame]):
    """Rows of ``Assessment.frame`` for one indicator, sector or the composite at a time; a screen looks at a few of them."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._frames: dict[str, pd.DataFrame] = {}
        self._communes: dict[pd.Timestamp, dict[str, pd.DataFrame]] = {}
        self._months: dict[tuple[str, pd.Timestamp], pd.DataFrame] = {}

    def __getitem__(self, result_id: str) -> pd.DataFrame:
        if result_id not in self._frames:
            self._frames[result_id] = self._assessment.frame([result_id])
        return self._frames[result_id]

    def __contains__(self, result_id: object) -> bool:
        # Of a mapping it asks for the item: the table would be made to tell whether it can be.
        return result_id in self._assessment.results

    def __iter__(self) -> Iterator[str]:
        return iter(self._assessment.results)

    def __len__(self) -> int:
        return len(self._assessment.results)

    def of_month(self, result_id: str, month: pd.Timestamp) -> pd.DataFrame:
        """Rows of one month, indexed by commune."""
        if (result_id, month) not in self._months:
            months = self._assessment.panel.months
            # Rows are sorted by commune, then month: one month is a slice with a step.
            rows = self[result_id].iloc[months.index(month) :: len(months)]
            self._months[result_id, month] = rows.set_index("commune_code", drop=False)
        return self._months[result_id, month]

    def of_commune(self, commune_code: str, month: pd.Timestamp) -> pd.DataFrame:
        """Rows of one commune in one month, indexed by result id."""
        if month not in self._communes:
            everything = pd.concat([self.of_month(result_id, month) for result_id in self], ignore_index=True)
            groups = everything.groupby("commune_code")
            self._communes[month] = {str(code): rows.set_index("indicator_id", drop=False) for code, rows in groups}
        return self._communes[month][commune_code]
