"""Garbage collection: long-lived objects are frozen, so that no collection looks at them again."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Hashable
from functools import lru_cache

# At interpreter shutdown frozen objects must be collectable again, or libraries warn of leaked resources.
atexit.register(gc.unfreeze)


@lru_cache(maxsize=64)
def freeze_objects(_key: Hashable) -> None:
    """Collect garbage now and exclude everything that is left from later collections (``gc.freeze``); once per key.

    A full collection goes through all objects of the process, 30 ms of modules and figures alone. Streamlit's own one after every
    script run is switched off (``.streamlit/config.toml``): Python's come by themselves, in generations. What was frozen before is
    looked at again first, or what died meanwhile would stay.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
