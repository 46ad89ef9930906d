"""The error that every write to the store may raise; apart from the store, so that kinds of records may raise it too."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot do what was asked; ``key`` names the text that says so and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
