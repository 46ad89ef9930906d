"""Arrays that are equal to the bit are held once: most figures of a panel have no range, so that both of its ends are the figure."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

Held = TypeVar("Held")
# So many numbers of an array, evenly spread, say which others it may be equal to.
_SAMPLE = 32
# Of a province to look for equal arrays takes a tenth of the time of assessing it, and spares ten megabytes.
FEWEST_ROWS = 20_000


class EqualArrays:
    """What was seen until now; an array that equals an earlier one is left to the garbage collection.

    Args:
        fewest: arrays of fewer rows stay as they are.
    """

    def __init__(self, fewest: int = FEWEST_ROWS) -> None:
        self.fewest = fewest
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
        is_looked_at = isinstance(held, np.ndarray) and held.dtype != object and len(held) >= self.fewest
        return self._first(held) if is_looked_at else held

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
