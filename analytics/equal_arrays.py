"""Arrays that are equal to the bit are held once: most figures of a panel have no range, so that both of its ends are the figure."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

Held = TypeVar("Held")
# So many numbers of an array, evenly spread, say which others it may be equal to.
_SAMPLE = 32


class EqualArrays:
    """What was seen until now; an array that equals an earlier one is left to the garbage collection."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], list[np.ndarray]] = {}

    def share(self, rows: Held) -> Held:
        """A column or result with the arrays of earlier ones in place of those that equal them.

        Args:
            rows: a frozen dataclass whose fields are arrays, or maps of arrays by name; other fields stay as they are.
        """
        return replace(rows, **{field.name: self._shared(getattr(rows, field.name)) for field in fields(rows)})  # type: ignore[type-var,arg-type]

    def _shared(self, held: Any) -> Any:
        if isinstance(held, dict):
            return {name: self._shared(one) for name, one in held.items()}
        return self._first(held) if isinstance(held, np.ndarray) and held.dtype != object else held

    def _first(self, array: np.ndarray) -> np.ndarray:
        # By bits: NaN is equal to NaN, and 0 is not -0.
        bits = np.ascontiguousarray(array).view(f"u{array.itemsize}")
        sample = bits[:: max(1, len(bits) // _SAMPLE)].tobytes()
        alike = self._known.setdefault((array.dtype, len(array), sample), [])
        for earlier in alike:
            if np.array_equal(earlier.view(bits.dtype), bits):
                return earlier
        # Whoever wrote into one would write into all.
        held = np.ascontiguousarray(array)
        held.flags.writeable = False
        alike.append(held)
        return held
