"""Garbage collection: the objects of modules are frozen, so that no collection looks at them again."""

from __future__ import annotations

import atexit
import gc
from functools import cache

# At interpreter shutdown frozen objects must be collectable again, or libraries warn of leaked resources.
atexit.register(gc.unfreeze)


@cache
def freeze_objects(_when: str) -> None:
    """Collect garbage now and exclude everything that is left from later collections (``gc.freeze``); once for each occasion.

    A full collection goes through all objects of the process: 270,000 of modules, 0.14 s in which nobody is served, and 4,000 of
    the figures of a snapshot, 1 ms; those go by their reference count. Streamlit's own collection after every script run is switched
    off (``.streamlit/config.toml``): Python's come by themselves, in generations. What was frozen before is looked at again first, or
    what died meanwhile would stay.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
