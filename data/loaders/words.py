"""A word that a column of records may hold, as the definitions write it."""

from typing import NotRequired, TypedDict


class Word(TypedDict):
    """Its labels, other usual writings, and the service that a kind of facility belongs to."""

    labels: dict[str, str]
    also: NotRequired[tuple[str, ...]]
    sector: NotRequired[str]
