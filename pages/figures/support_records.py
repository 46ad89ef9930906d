"""Actors and actions of a snapshot put together: each action with its organisation, its level, and what makes it itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from data.records.action_rules import cercle_name, cercles
from data.records.actions import own_key
from geo.spelling import plain

PROVINCE, CERCLE, COMMUNE, DOUAR = "province", "cercle", "commune", "douar"


@dataclass(frozen=True, eq=False)
class SupportRecords:
    """``actors`` by ``organisation_id``; ``actions`` with ``organisation`` (the id of its actor, else its plain name),
    ``organisation_name`` (as it was written), ``level``, ``cercle_code``, ``need_id``, ``own_key, has_reference``, ``said_by`` (the
    source; where none was given the file's title, or the organisation itself).

    ``kept`` holds what is worked out from them, by name and month.
    """

    actors: pd.DataFrame
    actions: pd.DataFrame
    kept: dict[tuple[str, ...], pd.DataFrame] = field(default_factory=dict, repr=False)

    def name(self, organisation: str, language: str) -> str:
        """Name of an organisation in the reader's script; the other one where it has none."""
        names = self._names.get(organisation)
        return organisation if names is None else names[language == "ar"] or names[0]

    @cached_property
    def _names(self) -> dict[str, tuple[str, str]]:
        rows = zip(self.actors.index, self.actors["name_fr"], self.actors["name_ar"], strict=True)
        return {str(code): (str(french), str(arabic)) for code, french, arabic in rows}


def resolve(actors: pd.DataFrame, actions: pd.DataFrame, communes: pd.DataFrame) -> SupportRecords:
    """Put them together. Actions of another cercle than those of ``communes`` are left out."""
    known = _spellings(actors)
    raw = actions["organisation"]
    ids = {text: known.get(plain(text), text) for text in raw.unique()}
    found = actions.assign(
        organisation=raw.map(ids),
        organisation_name=raw,
        need_id=actions["need"],
        cercle_code=_cercle_codes(actions, communes),
        has_reference=actions["action_id"] != own_key(actions),
        said_by=actions["source"].where(actions["source"] != "", actions["title"].where(actions["title"] != "", raw)),
    )
    found = found.assign(own_key=own_key(found), level=_levels(found))
    own = (found["cercle"] == "") | (found["cercle_code"] != "")
    return SupportRecords(
        actors.drop_duplicates("organisation_id", keep="last").set_index("organisation_id", drop=False).sort_index(),
        found[own].reset_index(drop=True),
    )


def _spellings(actors: pd.DataFrame) -> Mapping[str, str]:
    """Id of each organisation by its id and its names as they are usually written."""
    rows = actors[["organisation_id", "name_fr", "name_ar"]].itertuples(index=False)
    return {plain(text): str(row[0]) for row in rows for text in row if text}


def _cercle_codes(actions: pd.DataFrame, communes: pd.DataFrame) -> pd.Series:
    known = cercles(communes)
    of_text = {text: known.get(cercle_name(text), "") if text else "" for text in actions["cercle"].unique()}
    of_commune = dict(zip(communes["commune_code"], communes["cercle_code"], strict=True))
    named = actions["commune_code"].map(lambda code: of_commune.get(code, ""))
    return actions["cercle"].map(of_text).where(actions["commune_code"] == "", named)


def _levels(actions: pd.DataFrame) -> list[str]:
    rows = zip(actions["commune_code"], actions["cercle"], actions["douar"], strict=True)
    return [(DOUAR if douar else COMMUNE) if commune else CERCLE if cercle else PROVINCE for commune, cercle, douar in rows]
