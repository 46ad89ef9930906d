"""Files that come in, on a store of official figures: nothing here rests on the demonstration, and a tenth of the rows is read."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def built_store(official_store) -> Path:
    """Without demonstration figures."""
    return official_store
