"""The script that draws the map on the page: a file that the browser keeps until it changes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

SCRIPT_FILE = Path(__file__).parent / "map_room.js"
# The query holds a hash of the contents (cache busting).
SCRIPT = f"map.js?{sha256(SCRIPT_FILE.read_bytes()).hexdigest()[:12]}"
