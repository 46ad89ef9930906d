"""The scripts that draw the map on the page, sent as one file that the browser keeps until it changes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

_FILES = ("map_room.js", "map_beside.js", "map_lasso.js", "map_months.js")
SCRIPT_BODY = b"\n".join((Path(__file__).parent / name).read_bytes() for name in _FILES)
# The query holds a hash of the contents (cache busting).
SCRIPT = f"map.js?{sha256(SCRIPT_BODY).hexdigest()[:12]}"
