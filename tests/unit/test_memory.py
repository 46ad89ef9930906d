"""What is set apart is not looked at by later collections, and what has died of it meanwhile goes at the next setting apart."""

import gc
import weakref

from pages.memory import freeze_objects


class Held:
    """Something that holds itself: only a collection takes it away."""

    def __init__(self):
        self.own = self


def test_what_stays_is_passed_over_and_what_has_died_goes_next_time():
    held = Held()
    seen = weakref.ref(held)
    freeze_objects("first")
    assert not any(one is held for one in gc.get_objects())
    del held
    gc.collect()
    assert seen() is not None
    freeze_objects("first")
    assert seen() is not None
    freeze_objects("second")
    assert seen() is None
