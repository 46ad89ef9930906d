"""What a command of ``python -m data`` answers, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DONE, REFUSED, WRONG_CALL = 0, 1, 2


class WrongCallError(Exception):
    """What was asked makes no sense; ``key`` names the text that says why and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: to a person, to a machine, and the exit code."""

    lines: list[str]
    data: dict[str, Any]
    errors: tuple[str, ...] = ()
    code: int = DONE
