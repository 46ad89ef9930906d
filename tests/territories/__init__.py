"""The territories that tests run on: the one that ships, and an invented one of a dozen communes.

A fork may delete the first: what is about it is left out then, and the rest of the suite runs on the invented province.
"""

import os
from pathlib import Path

from data.province import FOLDERS_VARIABLE, SHIPPED, load_province

FOLDERS = Path(__file__).parent
VALCLAIR = load_province(FOLDERS / "valclair")
HAS_TAROUDANNT = (SHIPPED / "taroudannt").exists()
# Modules that read it when they are imported read the other one instead; their tests are left out (``tests/conftest.py``).
TAROUDANNT = load_province(SHIPPED / "taroudannt") if HAS_TAROUDANNT else VALCLAIR
if not HAS_TAROUDANNT:
    os.environ.setdefault(FOLDERS_VARIABLE, str(FOLDERS))
