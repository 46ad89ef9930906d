"""What a table of the API is: its name, its parameters, its columns, and what builds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.exporting.columns import LeavingColumn, describe_columns
from pages.figures.figures import Figures
from pages.web.api.parameters import ALWAYS, PAGING, PLAIN_FORMS, Question

Decode = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Resource:
    """``GET /api/v1/{name}``: a table of a snapshot, in every form of exchange.

    ``rows`` is the name of its rows in JSON, ``asks`` its own parameters. ``build`` gives the table whose columns are ``columns``,
    in their order; ``decode`` turns a text of it into what JSON holds. ``head`` adds to what stands before the rows.
    The description is the text ``api.{name}``.
    """

    name: str
    rows: str
    columns: Sequence[str]
    build: Callable[[Question], pd.DataFrame]
    asks: tuple[str, ...] = ()
    forms: tuple[str, ...] = PLAIN_FORMS
    decode: Mapping[str, Decode] = field(default_factory=dict)
    head: Callable[[Figures], Mapping[str, Any]] = lambda _figures: {}

    @property
    def path(self) -> str:
        """Its address."""
        return f"/api/v1/{self.name}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters that it takes."""
        return (*self.asks, "format", "hxl", *PAGING, *ALWAYS)

    @property
    def described(self) -> tuple[LeavingColumn, ...]:
        """What its columns hold."""
        return describe_columns(self.columns, self.name, kept=False)


def of_what(figures: Figures) -> dict[str, Any]:
    """The lineage of an answer: territory, snapshot, method, digest of the definitions."""
    return {
        "province": figures.province.id,
        "snapshot": figures.snapshot_id,
        "method_version": figures.definitions.method_version,
        "definitions": figures.definition_set.digest,
    }
