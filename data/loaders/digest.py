"""Definitions as one text that the store keeps, and their digest: the same content has the same digest, however it is written."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

# What stands in the foot of a paper; long enough that two sets of one commune never share it.
SHORT = 8


def digest_of(contents: Mapping[str, Any]) -> str:
    """SHA-256 of the content of all files: comments, order of names, quotes and ways to write a number do not count."""
    canonical = json.dumps(_canonical(contents), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def short(digest: str) -> str:
    """A digest as people read it."""
    return digest[:SHORT]


def write_contents(contents: Mapping[str, Any]) -> str:
    """The content of all files as JSON, from which ``read_contents`` makes the same content again."""
    return json.dumps(_tagged(contents), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def read_contents(text: str) -> dict[str, Any]:
    """What ``write_contents`` wrote."""
    content: dict[str, Any] = json.loads(text, object_hook=_untagged)
    return content


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _canonical(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_canonical(part) for part in value]
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return {"number": repr(float(value))}
    return value.isoformat() if isinstance(value, date) else value


def _tagged(value: Any) -> Any:
    """JSON has no days, no infinity, and no names but texts."""
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {key: _tagged(part) for key, part in value.items()}
        return {"$pairs": [[key, _tagged(part)] for key, part in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_tagged(part) for part in value]
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    return {"$number": str(value)} if isinstance(value, float) and math.isinf(value) else value


def _untagged(found: dict[str, Any]) -> Any:
    match found:
        case {"$pairs": pairs}:
            return dict(pairs)
        case {"$day": day}:
            return date.fromisoformat(day)
        case {"$number": number}:
            return float(number)
    return found
